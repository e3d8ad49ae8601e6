import { describe, expect, it } from 'vitest';
import { RULES } from './rules';

const broken = (password: string) => RULES.filter((rule) => !rule.holds(password)).map((rule) => rule.code);

describe('password rules', () => {
  it('are the five of the table', () => {
    expect(broken('')).toEqual(['length', 'upper-case', 'lower-case', 'digit', 'special']);
    expect(broken('Genets-Ajoncs-2027')).toEqual([]);
    expect(broken('genets-ajoncs-2027')).toEqual(['upper-case']);
    expect(broken('GENETS-AJONCS-2027')).toEqual(['lower-case']);
    expect(broken('Genets-Ajoncs-Houx')).toEqual(['digit']);
    // a letter with an accent is none of the special characters
    expect(broken('GenetsAjoncsé2027')).toEqual(['special']);
    expect(broken(`Aa1-${'x'.repeat(253)}`)).toEqual(['length']);
  });
});

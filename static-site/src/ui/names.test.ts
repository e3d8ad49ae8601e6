import { describe, expect, it } from 'vitest';
import cases from '../../../functions/src/test/resources/renfort/web/names-cases.json';
import { personFault, placeFault } from './names';

describe('names', () => {
  it('of people are those of the table that the functions use', () => {
    expect(cases.person.taken.filter((name) => personFault(name) !== undefined)).toEqual([]);
    expect(cases.person.refused.filter((name) => personFault(name) === undefined)).toEqual(['Anne\nMarie']);
  });

  it('of places too, and one that is left out is no fault of the name', () => {
    expect(cases.place.taken.filter((name) => placeFault(name) !== undefined)).toEqual([]);
    expect(cases.place.refused.filter((name) => placeFault(name) === undefined)).toEqual(['', 'CHU\nRennes']);
  });
});

import { describe, expect, it } from 'vitest';
import { emailFault, finessFault, identifierFault, phoneFault } from './identifiers';

describe('identifiers', () => {
  it('takes FINESS numbers with their key, Corsican ones too', () => {
    expect(finessFault('350000014')).toBeUndefined();
    expect(finessFault('35 000 001 4')).toBeUndefined();
    expect(finessFault('350000015')).toMatch(/vérifiez/);
    expect(finessFault('3500')).toMatch(/saisi 4/);
    expect([...'0123456789'].filter((key) => !finessFault(`2A000001${key}`))).toHaveLength(1);
  });

  it('takes RPPS numbers with their key, ADELI numbers without', () => {
    expect([...'0123456789'].filter((key) => !identifierFault('RPPS', `1000246813${key}`))).toHaveLength(1);
    expect(identifierFault('RPPS', '1000246813')).toMatch(/saisi 10/);
    expect(identifierFault('RPPS', '1000246813A')).toMatch(/chiffres/);
    expect(identifierFault('ADELI', '9A1234567')).toBeUndefined();
    expect(identifierFault('ADELI', '9A123')).toMatch(/saisi 5/);
    expect(identifierFault('NONE', '')).toBeUndefined();
  });

  it('takes phone numbers as people write them', () => {
    for (const number of [
      '06 12 34 56 78',
      '+33612345678',
      '0033 6 12 34 56 78',
      '+262 692 12 34 56',
      '0590.12.34.56',
    ]) {
      expect(phoneFault(number)).toBeUndefined();
    }
    for (const number of ['12', '+49 30 1234567', '06 12']) {
      expect(phoneFault(number)).toBeDefined();
    }
  });

  it('takes addresses', () => {
    expect(emailFault('camille@exemple.fr')).toBeUndefined();
    expect(emailFault('camille@exemple')).toBeDefined();
  });
});

import { describe, expect, it } from 'vitest';
import type { Schemas } from '../api/client';
import { NEW_PROFESSIONAL, sheetInput, sheetValues } from './professional';

describe('a sheet', () => {
  it('leaves out what is left empty', () => {
    const input = sheetInput({
      ...NEW_PROFESSIONAL,
      identifierType: 'NONE',
      identifier: '123',
      national: true,
      availabilities: [{ start: '2026-12-01', end: '', weekdays: true, weekend: false }],
    });
    expect(input).not.toHaveProperty('identifier');
    expect(input).not.toHaveProperty('employer');
    expect(input.availabilities).toEqual([{ start: '2026-12-01', weekdays: true, weekend: false }]);
    expect(input.mobility).toEqual(['NATIONAL']);
  });

  it('comes back from the API as it went', () => {
    const values = {
      ...NEW_PROFESSIONAL,
      lastName: 'Kerbrat',
      phone: '02 61 91 12 34',
      region: '53',
      identifierType: 'RPPS',
      identifier: '10002468134',
      local: true,
      consent: true,
      availabilities: [{ start: '2026-12-01', end: '2026-12-31', weekdays: true, weekend: true }],
    };
    const stored = {
      ...sheetInput(values),
      phone: '+33261911234',
      email: '',
      version: 1,
      available: true,
      emailConfirmed: true,
      reference: 'RF-000000',
      documents: [],
    };
    // an answer has no null where a form may
    expect(sheetValues(stored as Schemas['ProfessionalSheet'])).toEqual(values);
  });
});

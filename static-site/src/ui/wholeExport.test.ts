import { describe, expect, it } from 'vitest';
import { rowsOf, wholeExport } from './wholeExport';

interface Export {
  exportedAt: string;
  journal: number[];
  mails: string[];
  next?: string;
}

const FIRST: Export = { exportedAt: 'first', journal: [1, 2], mails: [], next: 'two' };
const REST: Record<string, Export> = {
  two: { exportedAt: 'second', journal: [3], mails: ['a'], next: 'three' },
  three: { exportedAt: 'third', journal: [], mails: ['b'] },
};
const at = (cursor: string | undefined) => REST[cursor ?? ''] ?? FIRST;

describe('the whole export', () => {
  it('holds every answer, each row once and in order', async () => {
    const told: number[] = [];
    const whole = await wholeExport<Export>(
      async (cursor) => at(cursor),
      undefined,
      (soFar) => told.push(rowsOf(soFar)),
    );
    expect(whole).toEqual({ exportedAt: 'first', journal: [1, 2, 3], mails: ['a', 'b'] });
    expect(told).toEqual([2, 4, 5]);
  });

  it('goes on after a fault where it stopped', async () => {
    let fails = true;
    const asked: string[] = [];
    const read = async (cursor: string | undefined) => {
      asked.push(cursor ?? '');
      if (cursor === 'two' && fails) {
        fails = false;
        throw new Error('cut');
      }
      return at(cursor);
    };
    let soFar: Export | undefined;
    const keep = (part: Export) => {
      soFar = part;
    };
    await expect(wholeExport(read, soFar, keep)).rejects.toThrow('cut');
    const whole = await wholeExport(read, soFar, keep);
    expect(whole.journal).toEqual([1, 2, 3]);
    expect(asked).toEqual(['', 'two', 'two', 'three']);
  });
});

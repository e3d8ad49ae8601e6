import { describe, expect, it } from 'vitest';
import {
  count,
  frenchDate,
  frenchPeriod,
  frenchPhone,
  inYears,
  lifetime,
  size,
  timeLeft,
  today,
} from './format';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('format', () => {
  it('writes dates as jj/mm/aaaa', () => {
    expect(frenchDate('2026-12-01')).toBe('01/12/2026');
    expect(frenchPeriod('2026-12-01')).toBe('à partir du 01/12/2026');
    expect(frenchPeriod('2026-12-01', '2026-12-01')).toBe('le 01/12/2026');
    expect(frenchPeriod('2026-12-01', '2026-12-14')).toBe('du 01/12/2026 au 14/12/2026');
  });

  it('counts years on, from 29 February too', () => {
    expect(inYears(2, '2026-11-27')).toBe('2028-11-27');
    expect(inYears(2, '2028-02-29')).toBe('2030-02-28');
    expect(inYears(4, '2028-02-29')).toBe('2032-02-29');
  });

  it('takes today from the reader’s zone, not from UTC', () => {
    expect(today(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
  });

  it('says how long a hold still binds', () => {
    const now = Date.parse('2026-12-01T10:00:00Z');
    expect(plain(timeLeft('2026-12-01T15:30:00Z', now))).toBe('encore 5 h');
    expect(plain(timeLeft('2026-12-01T10:40:00Z', now))).toBe('encore 40 min');
    expect(timeLeft('2026-12-01T09:59:00Z', now)).toBe('terminé');
  });

  it('says days as people do', () => {
    expect(plain(lifetime(1))).toBe('1 jour');
    expect(plain(lifetime(30))).toBe('30 jours');
    expect(plain(lifetime(180))).toBe('6 mois');
    expect(plain(lifetime(365))).toBe('1 an');
    expect(plain(lifetime(730))).toBe('2 ans');
    expect(plain(lifetime(731))).toBe('731 jours');
  });

  it('counts in French, where zero is singular', () => {
    expect(plain(count(0, 'personne'))).toBe('0 personne');
    expect(plain(count(2, 'personne'))).toBe('2 personnes');
    expect(plain(count(2, 'journal', 'journaux'))).toBe('2 journaux');
  });

  it('writes sizes and phone numbers as they are read', () => {
    expect(plain(size(850 * 1024))).toBe('850 ko');
    expect(plain(size(3.4 * 1024 * 1024))).toBe('3,4 Mo');
    expect(plain(size(5 * 1024 * 1024))).toBe('5 Mo');
    expect(plain(frenchPhone('+33612345678'))).toBe('06 12 34 56 78');
    expect(plain(frenchPhone('+262692123456'))).toBe('06 92 12 34 56');
  });
});

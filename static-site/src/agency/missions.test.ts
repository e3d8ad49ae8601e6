import { expect, test } from 'vitest';
import { filtered, listed, sorted, type Column, type Filters, type Mission } from './missions';
import type { Sort } from '../ui/SortedTable';

const NO_FILTER: Filters = { text: '', profession: '', priority: '' };

function mission(id: string, changes: Partial<Mission> = {}): Mission {
  return {
    id,
    start: '2027-01-11',
    end: '2027-01-31',
    profession: '60',
    count: 2,
    vehicle: false,
    weekend: false,
    nursingHome: false,
    intensiveCare: false,
    filled: 0,
    held: 0,
    pushed: 0,
    status: 'OPEN',
    priority: 3,
    finess: '350000014',
    establishment: 'EHPAD des Genêts',
    city: 'Rennes',
    createdAt: '2026-11-22T15:30:00Z',
    ...changes,
  };
}

const reference = {
  professions: [
    { code: '60', label: 'Infirmier', specialities: [] },
    { code: '313', label: 'Aide-soignant', specialities: [] },
  ],
  regions: [],
  activityTypes: [],
};

const all = listed(
  [
    mission('a', { priority: 1, start: '2027-02-01', filled: 1 }),
    mission('b', { priority: 2, profession: '313', establishment: 'Clinique d’Étel', city: 'Étel' }),
    mission('c', { count: 5, establishment: 'Centre des Ajoncs', start: '2027-01-01' }),
  ],
  reference,
);

const ids = (filters: Partial<Filters>, sort: Sort<Column> = { column: 'priority', descending: false }) =>
  sorted(filtered(all, { ...NO_FILTER, ...filters }), sort).map((one) => one.mission.id);

test('the order of the API is the order of priority', () => {
  expect(ids({})).toEqual(['a', 'b', 'c']);
  expect(ids({}, { column: 'priority', descending: true })).toEqual(['c', 'b', 'a']);
});

test('looks words up whatever their accents, capitals and apostrophes, all of them', () => {
  expect(ids({ text: 'etel AIDE' })).toEqual(['b']);
  expect(ids({ text: "d'etel" })).toEqual(['b']);
  expect(ids({ text: 'rennes aide' })).toEqual([]);
});

test('filters by profession and by priority', () => {
  expect(ids({ profession: '60' })).toEqual(['a', 'c']);
  expect(ids({ priority: '2' })).toEqual(['b']);
});

test('sorts by each column; alike ones stay by priority', () => {
  expect(ids({}, { column: 'profession', descending: false })).toEqual(['b', 'a', 'c']);
  expect(ids({}, { column: 'profession', descending: true })).toEqual(['a', 'c', 'b']);
  expect(ids({}, { column: 'establishment', descending: false })).toEqual(['c', 'b', 'a']);
  expect(ids({}, { column: 'start', descending: false })).toEqual(['c', 'b', 'a']);
  expect(ids({}, { column: 'places', descending: true })).toEqual(['c', 'b', 'a']);
});

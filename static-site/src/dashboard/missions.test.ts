import { describe, expect, it } from 'vitest';
import { filtered, isToDo, listed, NO_FILTER, sorted, type Filters, type Mission } from './missions';

const mission = (id: string, changes: Partial<Mission> = {}): Mission => ({
  id,
  start: '2026-12-01',
  end: '2026-12-31',
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
  createdAt: '2026-11-22T10:00:00Z',
  ...changes,
});
const reference = {
  professions: [
    { code: '60', label: 'Infirmier diplômé d’État', specialities: [] },
    { code: '313', label: 'Aide-soignant', specialities: [] },
  ],
  regions: [],
  activityTypes: [],
};
const all = (missions: Mission[]) => listed(missions, reference);
const left = (missions: Mission[], filters: Partial<Filters>) =>
  filtered(all(missions), { ...NO_FILTER, ...filters }).map((one) => one.mission.id);

describe('the missions of an establishment', () => {
  it('are found by each column', () => {
    const missions = [
      mission('a', { vehicle: true, filled: 2 }),
      mission('b', { profession: '313', start: '2026-12-10', nursingHome: true }),
      mission('c', { status: 'DRAFT', end: '2027-02-01', weekend: true }),
    ];
    expect(left(missions, { text: 'infirmiér DIPLOME' })).toEqual(['a', 'c']);
    expect(left(missions, { places: 'filled' })).toEqual(['a']);
    expect(left(missions, { places: 'free' })).toEqual(['b', 'c']);
    expect(left(missions, { vehicle: 'yes' })).toEqual(['a']);
    expect(left(missions, { vehicle: 'no', weekend: 'yes' })).toEqual(['c']);
    expect(left(missions, { nursingHome: 'yes' })).toEqual(['b']);
    expect(left(missions, { from: '2026-12-05' })).toEqual(['b']);
    expect(left(missions, { until: '2026-12-31' })).toEqual(['a', 'b']);
    expect(left(missions, { status: 'DRAFT' })).toEqual(['c']);
  });

  it('are to do when something waits for the establishment, the contact that ends first at the top', () => {
    expect(isToDo(mission('a'))).toBe(false);
    expect(isToDo(mission('a', { status: 'DRAFT' }))).toBe(true);
    expect(isToDo(mission('a', { pushed: 1 }))).toBe(true);
    expect(isToDo(mission('a', { pushed: 1, status: 'FILLED' }))).toBe(false);
    const missions = all([
      mission('pushed', { pushed: 1, start: '2026-11-25' }),
      mission('late', { held: 1, heldUntil: '2026-11-25T10:00:00Z' }),
      mission('soon', { held: 1, heldUntil: '2026-11-24T10:00:00Z' }),
    ]);
    expect(sorted(missions, undefined, true).map((one) => one.mission.id)).toEqual([
      'soon',
      'late',
      'pushed',
    ]);
  });

  it('are ordered by a column and back', () => {
    const missions = all([
      mission('a', { count: 5 }),
      mission('b', { filled: 1 }),
      mission('c', { profession: '313' }),
    ]);
    const order = (column: 'places' | 'profession', descending: boolean) =>
      sorted(missions, { column, descending }, false).map((one) => one.mission.id);
    expect(order('places', false)).toEqual(['b', 'c', 'a']);
    expect(order('places', true)).toEqual(['a', 'c', 'b']);
    expect(order('profession', false)).toEqual(['c', 'a', 'b']);
  });

  it('are a thousand, found and ordered within 100 ms', () => {
    const missions = all(
      Array.from({ length: 1000 }, (_, at) =>
        mission(String(at), { profession: at % 2 ? '60' : '313', count: (at % 7) + 1 }),
      ),
    );
    const begun = performance.now();
    sorted(
      filtered(missions, { ...NO_FILTER, text: 'aide' }),
      { column: 'profession', descending: true },
      false,
    );
    expect(performance.now() - begun).toBeLessThan(100);
  });
});

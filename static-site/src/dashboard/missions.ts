import type { Schemas } from '../api/client';
import { professionLabel, type Reference } from '../api/reference';
import { plain } from '../ui/format';
import type { Sort } from '../ui/SortedTable';

export type Mission = Schemas['Mission'];
export type Column =
  'places' | 'profession' | 'start' | 'end' | 'nursingHome' | 'intensiveCare' | 'vehicle' | 'weekend';

/** What a criterion's filter lets through: all, those that ask for it, those that don't. */
export type Asked = '' | 'yes' | 'no';

export interface Filters {
  text: string;
  places: '' | 'free' | 'filled';
  status: '' | Mission['status'];
  from: string;
  until: string;
  nursingHome: Asked;
  intensiveCare: Asked;
  vehicle: Asked;
  weekend: Asked;
  /** what waits for the establishment: drafts, contacts, pushed people */
  toDo: boolean;
}

export const NO_FILTER: Filters = {
  text: '',
  places: '',
  status: '',
  from: '',
  until: '',
  nursingHome: '',
  intensiveCare: '',
  vehicle: '',
  weekend: '',
  toDo: false,
};

/** A mission with the words that it is looked up and shown by. */
export interface Listed {
  mission: Mission;
  label: string;
  words: string;
}

export function listed(missions: Mission[], reference: Reference | undefined): Listed[] {
  return missions.map((mission) => {
    const label = professionLabel(reference, mission.profession, mission.speciality);
    return { mission, label, words: plain(label) };
  });
}

/** Whether the establishment has something to do: confirm a draft, end a contact, look at who was pushed. */
export function isToDo({ status, held, pushed, filled, count }: Mission): boolean {
  return status === 'DRAFT' || (status === 'OPEN' && (held > 0 || (pushed > 0 && filled < count)));
}

/** What the filters leave. */
export function filtered(all: Listed[], filters: Filters): Listed[] {
  const words = plain(filters.text).split(/\s+/).filter(Boolean);
  const asks = (wanted: Asked, asked: boolean) => wanted === '' || (wanted === 'yes') === asked;
  return all.filter(
    ({ mission, words: own }) =>
      words.every((word) => own.includes(word)) &&
      (filters.places === '' || (filters.places === 'filled') === mission.filled >= mission.count) &&
      (filters.status === '' || filters.status === mission.status) &&
      (!filters.from || mission.start >= filters.from) &&
      (!filters.until || mission.end <= filters.until) &&
      asks(filters.nursingHome, mission.nursingHome) &&
      asks(filters.intensiveCare, mission.intensiveCare) &&
      asks(filters.vehicle, mission.vehicle) &&
      asks(filters.weekend, mission.weekend) &&
      (!filters.toDo || isToDo(mission)),
  );
}

const french = new Intl.Collator('fr');

/** In a column's order; alike ones by their start. What is to do is ordered by the contact that ends first. */
export function sorted(some: Listed[], sort: Sort<Column> | undefined, toDo: boolean): Listed[] {
  return some.toSorted((one, other) => {
    if (sort) {
      const order = compare(one, other, sort.column);
      return (sort.descending ? -order : order) || byStart(one, other);
    }
    return (toDo ? byHold(one, other) : 0) || byStart(one, other);
  });
}

function byStart({ mission: one }: Listed, { mission: other }: Listed): number {
  return one.start.localeCompare(other.start) || one.id.localeCompare(other.id);
}

/** Without a contact: after those with one. */
function byHold({ mission: one }: Listed, { mission: other }: Listed): number {
  return (one.heldUntil ?? '9').localeCompare(other.heldUntil ?? '9');
}

function compare(
  { mission: one, label }: Listed,
  { mission: other, label: otherLabel }: Listed,
  by: Column,
): number {
  switch (by) {
    case 'places':
      return one.count - one.filled - (other.count - other.filled);
    case 'profession':
      return french.compare(label, otherLabel);
    case 'start':
    case 'end':
      return one[by].localeCompare(other[by]);
    case 'nursingHome':
    case 'intensiveCare':
    case 'vehicle':
    case 'weekend':
      return Number(other[by]) - Number(one[by]);
  }
}

import type { Schemas } from '../api/client';
import { professionLabel, type Reference } from '../api/reference';
import { plain } from '../ui/format';
import type { Sort } from '../ui/SortedTable';

export type Mission = Schemas['RegionMission'];
export type Column = 'priority' | 'profession' | 'establishment' | 'start' | 'places';

export interface Filters {
  text: string;
  profession: string;
  priority: string;
}

/** A mission as it is listed: where the API put it, and what it is looked up by. */
export interface Listed {
  mission: Mission;
  place: number;
  label: string;
  words: string;
}

const french = new Intl.Collator('fr');

/** Missions in the API's order, by priority then start, ready to be looked up. */
export function listed(missions: Mission[], reference: Reference | undefined): Listed[] {
  return missions.map((mission, place) => {
    const label = professionLabel(reference, mission.profession, mission.speciality);
    const { requester } = mission;
    return {
      mission,
      place,
      label,
      words: plain(
        [
          label,
          mission.establishment,
          mission.city,
          mission.finess,
          requester && `${requester.firstName} ${requester.lastName} ${requester.email}`,
        ].join(' '),
      ),
    };
  });
}

/** What the filters leave; every word of the text must be found. */
export function filtered(all: Listed[], { text, profession, priority }: Filters): Listed[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  return all.filter(
    (one) =>
      (!profession || one.mission.profession === profession) &&
      (!priority || String(one.mission.priority) === priority) &&
      words.every((word) => one.words.includes(word)),
  );
}

/** In an order; alike ones stay in the API's. A priority that was just changed moves nothing under one's hand. */
export function sorted(some: Listed[], { column, descending }: Sort<Column>): Listed[] {
  const way = descending ? -1 : 1;
  return some.toSorted((one, other) => way * compare(one, other, column) || one.place - other.place);
}

function compare(one: Listed, other: Listed, column: Column): number {
  switch (column) {
    case 'priority':
      return one.place - other.place;
    case 'profession':
      return french.compare(one.label, other.label);
    case 'establishment':
      return french.compare(one.mission.establishment, other.mission.establishment);
    case 'start':
      return one.mission.start.localeCompare(other.mission.start);
    case 'places':
      return left(one.mission) - left(other.mission);
  }
}

function left({ count, filled }: Mission): number {
  return count - filled;
}

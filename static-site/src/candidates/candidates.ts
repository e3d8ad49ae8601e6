import { useState } from 'react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from '../api/client';
import { useNextPages } from '../api/hooks';

export type Candidate = Schemas['Candidate'];
export type Outcome = Schemas['Outcome'];
type CandidatePage = Schemas['CandidatePage'];

/** Candidates shown at a time; the API may give them in shorter pages. */
const AT_A_TIME = 20;

/** What the API takes in one call that decides on several people. */
export const MOST_AT_ONCE = 50;

export const STATUS: Record<
  Candidate['status'],
  { label: string; color: 'neutral' | 'warning' | 'success' }
> = {
  TO_VERIFY: { label: 'À VÉRIFIER', color: 'neutral' },
  CONTACTED: { label: 'CONTACTÉ', color: 'warning' },
  AFFECTED: { label: 'AFFECTÉ', color: 'success' },
  REFUSED: { label: 'REFUSÉ', color: 'neutral' },
  DECLINED: { label: 'DÉCLINÉ', color: 'neutral' },
};

export const MOBILITY = { LOCAL: 'locale', DEPARTMENTAL: 'départementale', NATIONAL: 'nationale' };

export function candidatesKey(missionId: string) {
  return ['candidates', missionId];
}

export function name(person: Pick<Candidate, 'lastName' | 'firstName'> | undefined): string {
  return person ? `${person.lastName} ${person.firstName}` : 'Une personne';
}

/** A set with an element put in or taken out. */
export function toggled(before: ReadonlySet<string>, element: string, on: boolean): ReadonlySet<string> {
  const after = new Set(before);
  if (on) {
    after.add(element);
  } else {
    after.delete(element);
  }
  return after;
}

/** The candidates of a mission: short pages are followed by themselves until as many are there as wanted. */
export function useCandidates(missionId: string) {
  const query = useInfiniteQuery({
    queryKey: candidatesKey(missionId),
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/missions/{id}/candidates', {
          params: { path: { id: missionId }, query: pageParam ? { cursor: pageParam } : {} },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page: CandidatePage) => page.next,
  });
  const [wanted, setWanted] = useState(AT_A_TIME);
  const candidates = query.data?.pages.flatMap((page) => page.items) ?? [];
  const searching = query.hasNextPage && candidates.length < wanted;
  useNextPages(query, searching);
  return {
    query,
    candidates,
    /** more are looked for though nobody asked anew */
    searching,
    /** asks for more, when there may be more */
    more: query.hasNextPage && !searching ? () => setWanted(candidates.length + AT_A_TIME) : undefined,
    nearMisses: query.data?.pages.flatMap((page) => page.nearMisses ?? []) ?? [],
    /** how many match at least, for somebody who may not see them yet */
    matching: query.data?.pages.map((page) => page.matching?.atLeast).find((one) => one !== undefined),
  };
}

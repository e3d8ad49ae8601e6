import type { Sort } from '../ui/SortedTable';
import type { Candidate, Outcome } from './candidates';
import type { CandidateColumn } from './CandidateTable';

/** What an establishment decides on people whom it contacted or affected. */
export type Decision = 'affectations' | 'refusals' | 'releases';

const SHARED: Partial<Record<Outcome, string>> = {
  NOT_CONTACTED: 'contactez d’abord cette personne',
  EXPIRED: 'le délai de contact est dépassé, elle a été rendue disponible pour d’autres',
  HELD: 'elle vient d’être contactée par un autre établissement',
  NOT_MATCHING: 'elle n’est plus libre à ces dates',
  DECLINED: 'elle a décliné cette mission',
  UNKNOWN: 'elle n’est plus inscrite',
  RETRY: 'le service n’a pas pu traiter la demande, recommencez',
};

/** What became of one person, in words. */
export const OUTCOMES: Record<Decision, Partial<Record<Outcome, string>>> = {
  affectations: {
    ...SHARED,
    AFFECTED: 'candidature validée, un courriel de confirmation lui est envoyé',
    FULL: 'toutes les places sont déjà pourvues',
  },
  refusals: {
    ...SHARED,
    REFUSED: 'candidature refusée, la personne est de nouveau disponible pour d’autres',
  },
  releases: {
    ...SHARED,
    RELEASED: 'affectation libérée, un courriel le lui dit',
    NOT_AFFECTED: 'elle n’était plus affectée',
  },
};

const french = new Intl.Collator('fr');
const RANK: Record<Candidate['status'], number> = {
  AFFECTED: 0,
  CONTACTED: 1,
  TO_VERIFY: 2,
  REFUSED: 3,
  DECLINED: 4,
};

/** The order of two candidates by a column. */
export function compared(
  one: Candidate,
  other: Candidate,
  { column, descending }: Sort<CandidateColumn>,
): number {
  return (descending ? -1 : 1) * ascending(one, other, column);
}

function ascending(one: Candidate, other: Candidate, column: CandidateColumn): number {
  switch (column) {
    case 'name':
      return french.compare(`${one.lastName} ${one.firstName}`, `${other.lastName} ${other.firstName}`);
    case 'distance':
      return one.distanceKm - other.distanceKm;
    case 'start':
      return one.start.localeCompare(other.start);
    case 'status':
      return RANK[one.status] - RANK[other.status];
  }
}

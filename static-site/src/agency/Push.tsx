import { useEffect, useRef, useState, type RefObject } from 'react';
import { Button, Heading } from '@digdir/designsystemet-react';
import { useMutation } from '@tanstack/react-query';
import { answer, api, idempotencyKey, queries } from '../api/client';
import {
  candidatesKey,
  MOST_AT_ONCE,
  name,
  toggled,
  useCandidates,
  type Candidate,
  type Outcome,
} from '../candidates/candidates';
import { CandidateTable, Nobody } from '../candidates/CandidateTable';
import { SheetDialog } from '../candidates/SheetDialog';
import { count, frenchPeriod } from '../ui/format';
import { FaultNotice, Loading } from '../ui/Notice';
import { ClosureDialog } from './ClosureDialog';
import type { Listed } from './missions';

/** What became of one person who was to be pushed. */
const OUTCOME: Partial<Record<Outcome, string>> = {
  PUSHED: 'candidature poussée',
  WITHDRAWN: 'candidature retirée ; la personne en est informée par courriel',
  NOT_PUSHED: 'inchangée : la candidature n’est pas poussée, ou la personne est déjà contactée',
  OTHER_REGION:
    'non poussée : la personne relève d’une autre région, seul le niveau national peut la pousser',
  NO_REQUESTER: 'non poussée : aucun demandeur approuvé de l’établissement ne peut la recevoir',
  HELD: 'non poussée : la personne vient d’être contactée par un établissement',
  NOT_MATCHING: 'non poussée : la personne n’est plus libre, ou ne correspond plus à la mission',
  DECLINED: 'non poussée : la personne a décliné cette mission',
  FULL: 'non poussée : la mission est pourvue',
  UNKNOWN: 'non poussée : la personne n’est plus inscrite, ou n’est pas de votre région',
  RETRY: 'non poussée : le service n’a pas pu traiter la demande, recommencez',
};

/** Whether a push could do something: nobody holds the person, and they have not had their say. */
function isPushable({ status, pushed, pushable, heldUntil }: Candidate): boolean {
  return pushable !== false && !heldUntil && ((status === 'TO_VERIFY' && !pushed) || status === 'REFUSED');
}

/** Whether a push can be taken back: nobody has contacted the person. */
function isWithdrawable({ status, pushed }: Candidate): boolean {
  return pushed && status === 'TO_VERIFY';
}

/** The candidates of a mission, for its region's agency: several are ticked, then pushed. */
export function Push({
  id,
  listed: { mission, label },
  onPushed,
}: {
  id: string;
  listed: Listed;
  onPushed: (people: number) => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const queryKey = candidatesKey(mission.id);
  const { query, candidates, searching, more, nearMisses } = useCandidates(mission.id);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [seen, setSeen] = useState<Candidate>();
  const [closing, setClosing] = useState(false);
  const [told, setTold] = useState<Told[]>([]);
  const box = useRef<HTMLDivElement>(null);
  // rows that are read again may grow, and push what became of them out of sight
  const readAgain = async () => {
    await queries.invalidateQueries({ queryKey });
    requestAnimationFrame(() => {
      if (document.activeElement === box.current) {
        box.current?.scrollIntoView({ block: 'nearest' });
      }
    });
  };
  const open = mission.status === 'OPEN' && !mission.orphan;
  const withdrawal = useMutation({
    mutationFn: async (person: Candidate) => {
      const { results } = await answer(
        api.POST('/api/missions/{id}/push-withdrawals', {
          params: { path: { id: mission.id }, header: { 'Idempotency-Key': idempotencyKey() } },
          body: { professionalIds: [person.professionalId] },
        }),
      );
      return results.map(({ outcome }) => ({ outcome, name: name(person) }));
    },
    onMutate: () => setTold([]),
    onSuccess: (results) => {
      setTold(results);
      onPushed(-results.filter((one) => one.outcome === 'WITHDRAWN').length);
      void readAgain();
    },
  });
  const chosen = candidates.filter((one) => ticked.has(one.professionalId) && isPushable(one));
  const push = useMutation({
    // the key stays with the people: a second try after a cut network mails nobody twice
    mutationFn: async ({ people, key }: { people: Candidate[]; key: string }) => {
      const { results } = await answer(
        api.POST('/api/missions/{id}/pushes', {
          params: { path: { id: mission.id }, header: { 'Idempotency-Key': key } },
          body: { professionalIds: people.map((one) => one.professionalId) },
        }),
      );
      return results.map(({ professionalId, outcome }) => ({
        outcome,
        name: name(people.find((one) => one.professionalId === professionalId)),
      }));
    },
    onMutate: () => setTold([]),
    onSuccess: (results) => {
      setTold(results);
      setTicked(new Set());
      onPushed(results.filter((one) => one.outcome === 'PUSHED').length);
      void readAgain();
      if (results.some((one) => one.outcome === 'FULL')) {
        void queries.invalidateQueries({ queryKey: ['region-missions'] });
      }
    },
    // filled, cancelled or ended meanwhile
    onError: () => void queries.invalidateQueries({ queryKey: ['region-missions'] }),
  });
  const send = () => {
    const again = push.isError && sameIds(push.variables.people, chosen);
    push.mutate({ people: chosen, key: again ? push.variables.key : idempotencyKey() });
  };
  return (
    <section id={id} className="candidates" aria-labelledby={`${id}-titre`}>
      <Heading level={2} data-size="2xs" id={`${id}-titre`} ref={heading} tabIndex={-1}>
        Candidats pour {label}, {mission.establishment}
      </Heading>
      <p className="small muted num">
        {count(mission.count, 'place')}, {frenchPeriod(mission.start, mission.end)}
      </p>
      {query.isPending && <Loading what="Recherche des candidats" />}
      {query.isError && (
        <FaultNotice
          fault={query.error}
          onRetry={() => void (query.data ? query.fetchNextPage() : query.refetch())}
        />
      )}
      {query.isSuccess && candidates.length === 0 && !query.hasNextPage && (
        <Nobody nearMisses={nearMisses} open={open} />
      )}
      {candidates.length > 0 && (
        <CandidateTable
          labelledBy={`${id}-titre`}
          tickTitle="Pousser"
          candidates={candidates}
          isTickable={(one) => open && isPushable(one)}
          ticked={ticked}
          onTick={(person, on) => setTicked((before) => toggled(before, person, on))}
          renderActions={(one, describedBy) => (
            <>
              <Button
                className="sm"
                variant="secondary"
                aria-describedby={describedBy}
                onClick={() => setSeen(one)}
              >
                Voir la fiche
              </Button>
              {mission.status === 'OPEN' && isWithdrawable(one) && (
                <Button
                  className="sm"
                  variant="tertiary"
                  aria-describedby={describedBy}
                  aria-busy={
                    withdrawal.isPending && withdrawal.variables.professionalId === one.professionalId
                  }
                  onClick={() => !withdrawal.isPending && withdrawal.mutate(one)}
                >
                  Ne plus pousser
                </Button>
              )}
              {one.pushable === false && (
                <span className="sub">
                  Autre région : seul le niveau national peut pousser cette personne.
                </span>
              )}
            </>
          )}
        />
      )}
      <p className={searching ? 'small muted' : 'ds-sr-only'} role="status">
        {searching && candidates.length > 0 && 'Recherche d’autres candidats…'}
      </p>
      {more && (
        <Button variant="tertiary" className="sm fit" onClick={more}>
          Afficher d’autres candidats
        </Button>
      )}
      <Results results={told} box={box} />
      {withdrawal.isError && <FaultNotice fault={withdrawal.error} />}
      {push.isError && <FaultNotice fault={push.error} />}
      {mission.orphan && (
        <p className="note">
          Aucun demandeur approuvé ne peut recevoir de proposition pour cette mission : approuvez un demandeur
          de l’établissement, ou clôturez la mission.
        </p>
      )}
      {candidates.length > 0 && !open && !mission.orphan && (
        <p className="note">
          Cette mission n’est plus ouverte : ses candidatures restent visibles, aucune ne peut être poussée.
        </p>
      )}
      {candidates.length > 0 && open && (
        <div className="push">
          <Button
            aria-disabled={chosen.length === 0 || chosen.length > MOST_AT_ONCE}
            aria-busy={push.isPending}
            aria-describedby={`${id}-effet`}
            onClick={() => chosen.length > 0 && chosen.length <= MOST_AT_ONCE && !push.isPending && send()}
          >
            Pousser
          </Button>
          <p className="small" id={`${id}-effet`}>
            <span className="strong">{effect(chosen.length)}</span> Un courriel part à l’établissement
            {mission.requester && (
              <>
                {' '}
                (<span className="wrapping">{mission.requester.email}</span>)
              </>
            )}
            , avec votre adresse, et un à chaque personne poussée.
          </p>
        </div>
      )}
      {(mission.status === 'OPEN' || mission.status === 'FILLED') && (
        <Button variant="tertiary" data-color="danger" className="sm fit" onClick={() => setClosing(true)}>
          Clôturer la mission
        </Button>
      )}
      {closing && <ClosureDialog mission={mission} onClose={() => setClosing(false)} />}
      {seen && (
        <SheetDialog missionId={mission.id} candidate={seen} byAgency onClose={() => setSeen(undefined)} />
      )}
    </section>
  );
}

function effect(chosen: number): string {
  if (chosen === 0) {
    return 'Cochez les candidats à pousser.';
  }
  return chosen > MOST_AT_ONCE
    ? `Pas plus de ${MOST_AT_ONCE} candidats à la fois.`
    : `${count(chosen, 'candidat coché', 'candidats cochés')}.`;
}

function sameIds(some: Candidate[], others: Candidate[]): boolean {
  return (
    some.length === others.length &&
    some.every((one, at) => one.professionalId === others[at]?.professionalId)
  );
}

interface Told {
  name: string;
  outcome: Outcome;
}

/** What became of each; it takes the focus, for the button may be far from it, or gone. */
function Results({ results, box }: { results: Told[]; box: RefObject<HTMLDivElement | null> }) {
  useEffect(() => {
    if (results.length > 0) {
      box.current?.focus();
    }
  }, [results, box]);
  return (
    <div ref={box} role="status" tabIndex={-1} className={results.length > 0 ? 'done outcome' : 'ds-sr-only'}>
      {results.length > 0 && (
        <ul className="plain">
          {results.map((one) => (
            <li key={one.name + one.outcome}>
              <span className="strong">{one.name}</span>, {OUTCOME[one.outcome] ?? 'non poussée'}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

import { useEffect, useRef, useState } from 'react';
import { Alert, Button, Heading } from '@digdir/designsystemet-react';
import { useMutation } from '@tanstack/react-query';
import { answer, api, idempotencyKey, queries, type Schemas } from '../api/client';
import { Fault } from '../api/fault';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { count, frenchInstant, frenchPeriod } from '../ui/format';
import { FaultNotice, Loading } from '../ui/Notice';
import { sortedBy, type Sort } from '../ui/SortedTable';
import {
  candidatesKey,
  MOST_AT_ONCE,
  name,
  toggled,
  useCandidates,
  type Candidate,
  type Outcome,
} from './candidates';
import { CandidateTable, Nobody, type CandidateColumn } from './CandidateTable';
import { compared, OUTCOMES, type Decision } from './decisions';
import { SheetDialog } from './SheetDialog';

type Mission = Schemas['Mission'];

/** What a contact that was refused means, in the words of who wanted it. */
function lostRace(fault: Fault, candidate: Candidate): string {
  switch (fault.kind) {
    case 'held':
      return `Ce professionnel vient d'être contacté par un autre établissement : ${name(candidate)} redeviendra disponible si ce contact n’aboutit pas.`;
    case 'wait':
      return `Votre établissement a contacté ${name(candidate)} il y a peu : laissez passer 24 h avant un nouveau contact.`;
    default:
      return fault.message;
  }
}

/**
 * The candidates of an establishment's mission: contacted one by one, then validated or refused, several at once. What
 * became of each is told, and the list stays open, also when the mission is full.
 */
export function Candidates({
  id,
  mission,
  label,
  onChange,
}: {
  id: string;
  mission: Mission;
  label: string;
  /** the mission's own figures have changed */
  onChange: () => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { query, candidates, searching, more, nearMisses, matching } = useCandidates(mission.id);
  const [sort, setSort] = useState<Sort<CandidateColumn>>();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [seen, setSeen] = useState<Candidate>();
  const [releasing, setReleasing] = useState<Candidate>();
  const [told, setTold] = useState<{ words: string; good: boolean }[]>([]);

  const refresh = () => {
    void queries.invalidateQueries({ queryKey: candidatesKey(mission.id) });
    onChange();
  };
  const contact = useMutation({
    mutationFn: (candidate: Candidate) =>
      answer(
        api.POST('/api/missions/{id}/candidates/{professionalId}/contact', {
          params: { path: { id: mission.id, professionalId: candidate.professionalId } },
        }),
      ),
    onMutate: () => setTold([]),
    onSuccess: ({ heldUntil }, candidate) => {
      setTold([
        {
          good: true,
          words: `${name(candidate)} vous est réservé jusqu’au ${frenchInstant(heldUntil)}. Appelez-le, puis validez ou refusez sa candidature.`,
        },
      ]);
      refresh();
    },
    onError: (thrown, candidate) => {
      if (thrown instanceof Fault && thrown.status === 409) {
        setTold([{ good: false, words: lostRace(thrown, candidate) }]);
        refresh();
      }
    },
  });
  const decide = useMutation({
    mutationFn: async ({
      decision,
      people,
      key,
    }: {
      decision: Decision;
      people: Candidate[];
      key: string;
    }) => {
      const { results } = await answer(
        api.POST(`/api/missions/{id}/${decision}`, {
          params: { path: { id: mission.id }, header: { 'Idempotency-Key': key } },
          body: { professionalIds: people.map((one) => one.professionalId) },
        }),
      );
      return results.map(({ professionalId, outcome }) => ({
        outcome,
        person: people.find((one) => one.professionalId === professionalId),
      }));
    },
    onMutate: () => setTold([]),
    onSuccess: (results, { decision }) => {
      setTicked(new Set());
      setTold(
        results.map(({ person, outcome }) => ({
          good: isDone(outcome),
          words: `${name(person)} : ${OUTCOMES[decision][outcome] ?? 'rien n’a été changé'}`,
        })),
      );
      refresh();
    },
  });

  const chosen = candidates.filter((one) => ticked.has(one.professionalId) && isDecidable(one));
  const order = sort ? candidates.toSorted((one, other) => compared(one, other, sort)) : candidates;
  const open = mission.status === 'OPEN';
  const act = (decision: Decision) => {
    if (chosen.length === 0 || chosen.length > MOST_AT_ONCE || decide.isPending) {
      return;
    }
    const again =
      decide.isError &&
      decide.variables.decision === decision &&
      decide.variables.people.map(({ professionalId }) => professionalId).join() ===
        chosen.map(({ professionalId }) => professionalId).join();
    decide.mutate({ decision, people: chosen, key: again ? decide.variables.key : idempotencyKey() });
  };

  return (
    <section id={id} className="candidates" aria-labelledby={`${id}-titre`}>
      <Heading level={2} data-size="2xs" id={`${id}-titre`} ref={heading} tabIndex={-1}>
        Proposition de renfort : {label}
      </Heading>
      <p className="small muted num">
        {mission.filled} sur {count(mission.count, 'place')}, {frenchPeriod(mission.start, mission.end)}
        {mission.status === 'FILLED' &&
          '. Mission pourvue : seules ses propres candidatures restent affichées.'}
      </p>
      <div role="status" className="stack g-s">
        {told.map(({ words, good }) => (
          <Alert key={words} data-color={good ? 'success' : 'warning'}>
            {words}
          </Alert>
        ))}
      </div>
      {query.isPending && <Loading what="Recherche des candidats" />}
      {query.isError && (
        <FaultNotice
          fault={query.error}
          onRetry={() => void (query.data ? query.fetchNextPage() : query.refetch())}
        />
      )}
      {matching !== undefined && <NotApproved atLeast={matching} />}
      {query.isSuccess && matching === undefined && candidates.length === 0 && !query.hasNextPage && (
        <Nobody nearMisses={nearMisses} open={open} />
      )}
      {candidates.length > 0 && (
        <>
          <CandidateTable
            labelledBy={`${id}-titre`}
            tickTitle="Choix"
            candidates={order}
            isTickable={isDecidable}
            ticked={ticked}
            onTick={(person, on) => setTicked((before) => toggled(before, person, on))}
            sort={{
              column: sort?.column,
              descending: sort?.descending ?? false,
              onSort: (column) => setSort((before) => sortedBy(before, column)),
            }}
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
                {open && isContactable(one) && (
                  <Button
                    className="sm"
                    aria-describedby={describedBy}
                    aria-busy={contact.isPending && contact.variables === one}
                    onClick={() => !contact.isPending && contact.mutate(one)}
                  >
                    Contacter
                  </Button>
                )}
                {one.status === 'AFFECTED' && (
                  <Button
                    className="sm"
                    variant="tertiary"
                    data-color="danger"
                    aria-describedby={describedBy}
                    onClick={() => setReleasing(one)}
                  >
                    Libérer
                  </Button>
                )}
              </>
            )}
          />
          {query.hasNextPage && sort && (
            <p className="small muted">Le tri porte sur les {candidates.length} candidats chargés.</p>
          )}
        </>
      )}
      <p className={searching ? 'small muted' : 'ds-sr-only'} role="status">
        {searching && candidates.length > 0 && 'Recherche d’autres candidats…'}
      </p>
      {more && (
        <Button variant="tertiary" className="sm fit" onClick={more}>
          Afficher d’autres candidats
        </Button>
      )}
      {contact.isError && contact.error instanceof Fault && contact.error.status !== 409 && (
        <FaultNotice fault={contact.error} />
      )}
      {decide.isError && <FaultNotice fault={decide.error} />}
      {candidates.length > 0 && (
        <div className="push">
          <div className="row">
            <Button
              aria-disabled={chosen.length === 0}
              aria-busy={decide.isPending && decide.variables.decision === 'affectations'}
              aria-describedby={`${id}-effet`}
              onClick={() => act('affectations')}
            >
              Valider les candidatures
            </Button>
            <Button
              variant="secondary"
              aria-disabled={chosen.length === 0}
              aria-busy={decide.isPending && decide.variables.decision === 'refusals'}
              aria-describedby={`${id}-effet`}
              onClick={() => act('refusals')}
            >
              Refuser les candidatures
            </Button>
          </div>
          <p className="small" id={`${id}-effet`}>
            {chosen.length === 0
              ? 'Cochez des candidats contactés : seul un candidat contacté peut être validé ou refusé.'
              : `${count(chosen.length, 'candidat coché', 'candidats cochés')}. Valider envoie un courriel de confirmation à chacun ; refuser les libère pour d’autres, sans courriel.`}
          </p>
        </div>
      )}
      {seen && <SheetDialog missionId={mission.id} candidate={seen} onClose={() => setSeen(undefined)} />}
      {releasing && (
        <ConfirmDialog
          title={`Libérer ${name(releasing)} ?`}
          action="Libérer cette affectation"
          danger
          onConfirm={async () => {
            await decide.mutateAsync({ decision: 'releases', people: [releasing], key: idempotencyKey() });
          }}
          onClose={() => setReleasing(undefined)}
        >
          <p>
            Son affectation est annulée : la place et ses dates redeviennent libres, et un courriel le lui
            dit.
          </p>
        </ConfirmDialog>
      )}
    </section>
  );
}

function isDone(outcome: Outcome): boolean {
  return outcome === 'AFFECTED' || outcome === 'REFUSED' || outcome === 'RELEASED';
}

/** Only who was contacted by this mission can be validated or refused. */
function isDecidable({ status, heldByOther }: Candidate): boolean {
  return status === 'CONTACTED' && !heldByOther;
}

function isContactable({ status, heldUntil }: Candidate): boolean {
  return !heldUntil && (status === 'TO_VERIFY' || status === 'REFUSED');
}

/** No personal data before the approval: only whether waiting for it is worth it. */
function NotApproved({ atLeast }: { atLeast: number }) {
  return (
    <Alert data-color="info">
      <p className="strong">
        {atLeast === 0
          ? 'Aucun candidat ne répond pour l’instant à cette mission.'
          : `Au moins ${count(atLeast, 'candidat répond', 'candidats répondent')} à cette mission.`}
      </p>
      <p>
        Vous verrez les candidats quand votre ARS aura validé votre demande de compte pour cet établissement.
        Un courriel vous le dira.
      </p>
    </Alert>
  );
}

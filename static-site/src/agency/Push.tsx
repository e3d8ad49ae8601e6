import { useEffect, useRef, useState } from 'react';
import { Button, Checkbox, Dialog, Heading, Link, Table, Tag } from '@digdir/designsystemet-react';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { answer, api, idempotencyKey, queries, type Schemas } from '../api/client';
import { professionLabel, regionName, useReference } from '../api/reference';
import { count, frenchInstant, frenchPeriod, frenchPhone } from '../ui/format';
import { FaultNotice, Loading } from '../ui/Notice';
import type { Listed, Mission } from './missions';

type Candidate = Schemas['Candidate'];
type CandidatePage = Schemas['CandidatePage'];
type Outcome = Schemas['Outcome'];

/** Candidates shown at a time; the API may give them in shorter pages. */
const AT_A_TIME = 20;

const STATUS: Record<Candidate['status'], { label: string; color: 'neutral' | 'warning' | 'success' }> = {
  TO_VERIFY: { label: 'À VÉRIFIER', color: 'neutral' },
  CONTACTED: { label: 'CONTACTÉ', color: 'warning' },
  AFFECTED: { label: 'AFFECTÉ', color: 'success' },
  REFUSED: { label: 'REFUSÉ', color: 'neutral' },
  DECLINED: { label: 'DÉCLINÉ', color: 'neutral' },
};

const MOBILITY = { LOCAL: 'locale', DEPARTMENTAL: 'départementale', NATIONAL: 'nationale' };

/** What became of one person who was to be pushed. */
const OUTCOME: Partial<Record<Outcome, string>> = {
  PUSHED: 'candidature poussée',
  HELD: 'non poussée : la personne vient d’être contactée par un établissement',
  NOT_MATCHING: 'non poussée : la personne n’est plus libre, ou ne correspond plus à la mission',
  DECLINED: 'non poussée : la personne a décliné cette mission',
  FULL: 'non poussée : la mission est pourvue',
  UNKNOWN: 'non poussée : la personne n’est plus inscrite, ou n’est pas de votre région',
  RETRY: 'non poussée : trop de demandes à la fois, recommencez',
};

/** Whether a push could do something: nobody holds the person, and they have not had their say. */
function isPushable({ status, pushed, heldUntil }: Candidate): boolean {
  return !heldUntil && ((status === 'TO_VERIFY' && !pushed) || status === 'REFUSED');
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
  const queryKey = ['candidates', mission.id];
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/missions/{id}/candidates', {
          params: { path: { id: mission.id }, query: pageParam ? { cursor: pageParam } : {} },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page: CandidatePage) => page.next,
  });
  const { hasNextPage, isFetching, isError, fetchNextPage } = query;
  const [wanted, setWanted] = useState(AT_A_TIME);
  const candidates = query.data?.pages.flatMap((page) => page.items) ?? [];
  const searching = hasNextPage && candidates.length < wanted;
  useEffect(() => {
    if (searching && !isFetching && !isError) {
      void fetchNextPage();
    }
  }, [searching, isFetching, isError, fetchNextPage]);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [seen, setSeen] = useState<Candidate>();
  const open = mission.status === 'OPEN';
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
    onSuccess: (results) => {
      setTicked(new Set());
      onPushed(results.filter((one) => one.outcome === 'PUSHED').length);
      void queries.invalidateQueries({ queryKey });
      if (results.some((one) => one.outcome === 'FULL')) {
        void queries.invalidateQueries({ queryKey: ['region-missions'] });
      }
    },
    // filled, cancelled or ended meanwhile
    onError: () => void queries.invalidateQueries({ queryKey: ['region-missions'] }),
  });
  const nearMisses = query.data?.pages.flatMap((page) => page.nearMisses ?? []) ?? [];
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
      {push.isSuccess && <Results results={push.data} />}
      {query.isPending && <Loading what="Recherche des candidats" />}
      {isError && (
        <FaultNotice
          fault={query.error}
          onRetry={() => void (query.data ? fetchNextPage() : query.refetch())}
        />
      )}
      {query.isSuccess && candidates.length === 0 && !hasNextPage && (
        <Nobody nearMisses={nearMisses} mission={mission} />
      )}
      {candidates.length > 0 && (
        <div className="tbl-box">
          <Table className="tbl agency" role="table" aria-labelledby={`${id}-titre`}>
            <Table.Head role="rowgroup">
              <Table.Row role="row">
                <Table.HeaderCell role="columnheader">Pousser</Table.HeaderCell>
                <Table.HeaderCell role="columnheader">Candidat</Table.HeaderCell>
                <Table.HeaderCell role="columnheader">Lieu et distance</Table.HeaderCell>
                <Table.HeaderCell role="columnheader">Disponibilité</Table.HeaderCell>
                <Table.HeaderCell role="columnheader">Raisons</Table.HeaderCell>
                <Table.HeaderCell role="columnheader">Statut</Table.HeaderCell>
                <Table.HeaderCell role="columnheader" className="col-actions">
                  Actions
                </Table.HeaderCell>
              </Table.Row>
            </Table.Head>
            <Table.Body role="rowgroup">
              {candidates.map((one) => (
                <CandidateRow
                  key={one.professionalId}
                  candidate={one}
                  pushable={open && isPushable(one)}
                  ticked={ticked.has(one.professionalId)}
                  onTick={(on) =>
                    setTicked((before) => {
                      const after = new Set(before);
                      if (on) {
                        after.add(one.professionalId);
                      } else {
                        after.delete(one.professionalId);
                      }
                      return after;
                    })
                  }
                  onSee={() => setSeen(one)}
                />
              ))}
            </Table.Body>
          </Table>
        </div>
      )}
      <p className={searching ? 'small muted' : 'ds-sr-only'} role="status">
        {searching && candidates.length > 0 && 'Recherche d’autres candidats…'}
      </p>
      {hasNextPage && !searching && (
        <Button
          variant="tertiary"
          className="sm fit"
          onClick={() => setWanted(candidates.length + AT_A_TIME)}
        >
          Afficher d’autres candidats
        </Button>
      )}
      {push.isError && <FaultNotice fault={push.error} />}
      {candidates.length > 0 && !open && (
        <p className="note">
          Cette mission n’est plus ouverte : ses candidatures restent visibles, aucune ne peut être poussée.
        </p>
      )}
      {candidates.length > 0 && open && (
        <div className="push">
          <Button
            aria-disabled={chosen.length === 0 || chosen.length > 50}
            aria-busy={push.isPending}
            aria-describedby={`${id}-effet`}
            onClick={() => chosen.length > 0 && chosen.length <= 50 && !push.isPending && send()}
          >
            Pousser
          </Button>
          <p className="small" id={`${id}-effet`}>
            <span className="strong">{told(chosen.length)}</span> Un courriel part à l’établissement
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
      {seen && <SheetDialog mission={mission} candidate={seen} onClose={() => setSeen(undefined)} />}
    </section>
  );
}

function told(chosen: number): string {
  if (chosen === 0) {
    return 'Cochez les candidats à pousser.';
  }
  return chosen > 50
    ? 'Pas plus de 50 candidats à la fois.'
    : `${count(chosen, 'candidat coché', 'candidats cochés')}.`;
}

function sameIds(some: Candidate[], others: Candidate[]): boolean {
  return (
    some.length === others.length &&
    some.every((one, at) => one.professionalId === others[at]?.professionalId)
  );
}

function name(person: Candidate | undefined): string {
  return person ? `${person.lastName} ${person.firstName}` : 'Une personne';
}

function Results({ results }: { results: { name: string; outcome: Outcome }[] }) {
  return (
    <div role="status" className="done">
      <ul className="plain">
        {results.map((one) => (
          <li key={one.name + one.outcome}>
            <span className="strong">{one.name}</span>, {OUTCOME[one.outcome] ?? 'non poussée'}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Nobody({
  nearMisses,
  mission,
}: {
  nearMisses: { reason: string; count: number }[];
  mission: Mission;
}) {
  const listsOwnOnly = mission.status !== 'OPEN';
  return (
    <div className="stack g-s">
      <p>
        {listsOwnOnly
          ? 'Cette mission n’est plus ouverte, et personne n’y a été contacté, affecté ou poussé.'
          : 'Aucun candidat ne répond aux critères de la mission.'}
      </p>
      {nearMisses.length > 0 && (
        <>
          <p>Y répondraient presque :</p>
          <ul className="told">
            {nearMisses.map((one) => (
              <li key={one.reason}>
                {one.count} {one.reason}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function CandidateRow({
  candidate,
  pushable,
  ticked,
  onTick,
  onSee,
}: {
  candidate: Candidate;
  pushable: boolean;
  ticked: boolean;
  onTick: (on: boolean) => void;
  onSee: () => void;
}) {
  const id = `candidat-${candidate.professionalId}`;
  return (
    <Table.Row role="row" className="card candidate">
      <Table.Cell role="cell" className={pushable ? 'col-tick' : 'col-tick off'}>
        {pushable && (
          <Checkbox
            aria-label={name(candidate)}
            checked={ticked}
            onChange={(event) => onTick(event.target.checked)}
          />
        )}
      </Table.Cell>
      <Table.HeaderCell scope="row" role="rowheader" id={id}>
        {name(candidate)}
        <span className="sub num">
          {candidate.identifier ? `${candidate.identifierType} ${candidate.identifier}` : 'Sans identifiant'}
        </span>
      </Table.HeaderCell>
      <Table.Cell role="cell">
        <span className="num">
          {candidate.postalCode} {candidate.city},{' '}
          <span className="nowrap">{Math.round(candidate.distanceKm)} km</span>
        </span>
        <span className="sub">
          mobilité {candidate.mobility.map((one) => MOBILITY[one]).join(', ') || MOBILITY.LOCAL}
        </span>
      </Table.Cell>
      <Table.Cell role="cell" className="num">
        <span className="dates">{frenchPeriod(candidate.start, candidate.end)}</span>
        <span className="sub">
          couvre {count(candidate.coveredDays, 'jour')} sur {candidate.missionDays}
        </span>
      </Table.Cell>
      <Table.Cell role="cell">
        <ul className="chips">
          {candidate.reasons.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </Table.Cell>
      <Table.Cell role="cell">
        <ul className="marks">
          <li>
            <Tag data-color={STATUS[candidate.status].color}>{STATUS[candidate.status].label}</Tag>
            {candidate.heldUntil && (
              <span className="sub num">
                {candidate.heldByOther && 'par un autre établissement, '}jusqu’au{' '}
                {frenchInstant(candidate.heldUntil)}
              </span>
            )}
          </li>
          {candidate.pushed && (
            <li>
              <Tag data-color="warm">Poussé</Tag>
            </li>
          )}
          {!candidate.emailConfirmed && <li className="sub">courriel non confirmé</li>}
          {candidate.possibleDuplicate && <li className="sub">doublon possible</li>}
        </ul>
      </Table.Cell>
      <Table.Cell role="cell">
        <div className="acts">
          <Button className="sm" variant="secondary" aria-describedby={id} onClick={onSee}>
            Voir la fiche
          </Button>
        </div>
      </Table.Cell>
    </Table.Row>
  );
}

/** A candidate's sheet; each look is an entry of their journal. */
function SheetDialog({
  mission,
  candidate,
  onClose,
}: {
  mission: Mission;
  candidate: Candidate;
  onClose: () => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const reference = useReference().data;
  const query = useQuery({
    queryKey: ['candidate', mission.id, candidate.professionalId],
    queryFn: () =>
      answer(
        api.GET('/api/missions/{id}/candidates/{professionalId}', {
          params: { path: { id: mission.id, professionalId: candidate.professionalId } },
        }),
      ),
    // the documents' links live for five minutes
    gcTime: 0,
    staleTime: Infinity,
  });
  const sheet = query.data;
  return (
    <Dialog open closeButton="Fermer" onClose={onClose} aria-labelledby="fiche">
      <Heading level={2} data-size="xs" id="fiche" ref={heading} tabIndex={-1}>
        {name(candidate)}
      </Heading>
      {query.isPending && <Loading what="Chargement de la fiche" />}
      {query.isError && <FaultNotice fault={query.error} onRetry={() => void query.refetch()} />}
      {sheet && (
        <dl className="sheet">
          <dt>Référence</dt>
          <dd>{sheet.reference}</dd>
          <dt>Profession</dt>
          <dd>{professionLabel(reference, sheet.profession, sheet.speciality)}</dd>
          <dt>Région souhaitée</dt>
          <dd>{regionName(reference, sheet.region)}</dd>
          {sheet.heldByOther ? (
            <>
              <dt>Coordonnées</dt>
              <dd>Masquées : un autre établissement a contacté cette personne.</dd>
            </>
          ) : (
            <>
              <dt>Téléphone</dt>
              <dd className="num">{sheet.phone && frenchPhone(sheet.phone)}</dd>
              <dt>Courriel</dt>
              <dd className="wrapping">{sheet.email}</dd>
              {sheet.employer && (
                <>
                  <dt>Employeur</dt>
                  <dd>{sheet.employer}</dd>
                </>
              )}
            </>
          )}
          <dt>Disponibilités</dt>
          <dd>
            {sheet.availabilities.map((one) => (
              <span key={one.start + one.end} className="period num">
                {frenchPeriod(one.start, one.end)}
              </span>
            ))}
          </dd>
          {sheet.message && (
            <>
              <dt>Message</dt>
              <dd className="wrapping">{sheet.message}</dd>
            </>
          )}
          <dt>Documents</dt>
          <dd>
            {sheet.documents?.length
              ? sheet.documents.map((one) => (
                  <Link key={one.url} className="period" href={one.url} target="_blank" rel="noreferrer">
                    {one.kind === 'IDENTITY' ? 'Pièce d’identité' : 'Diplôme'}&nbsp;: {one.fileName}
                  </Link>
                ))
              : 'Aucun document'}
          </dd>
        </dl>
      )}
    </Dialog>
  );
}

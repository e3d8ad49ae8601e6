import { useState } from 'react';
import { Button, Heading, Tag } from '@digdir/designsystemet-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { answer, api, queries, type Schemas } from '../api/client';
import { asFault, type Fault } from '../api/fault';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { Empty, FaultNotice, Loading } from '../ui/Notice';
import { frenchInstant, frenchPeriod, timeLeft, today } from '../ui/format';
import { Page } from '../ui/Page';

type Candidacy = Schemas['OwnCandidacy'];

const KEY = ['candidacies'];

/** Where each candidature stands, in plain words (R21). */
export function Component() {
  const candidacies = useInfiniteQuery({
    queryKey: KEY,
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/professionals/me/candidacies', {
          params: { query: pageParam ? { cursor: pageParam } : {} },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const items = candidacies.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title="Mes candidatures"
      lead="Les établissements auxquels vous avez été proposé, et où cela en est."
    >
      {candidacies.isError ? (
        <FaultNotice fault={candidacies.error} onRetry={() => void candidacies.refetch()} />
      ) : candidacies.isPending ? (
        <Loading what="Chargement de vos candidatures" />
      ) : items.length === 0 && !candidacies.hasNextPage ? (
        <Empty title="Aucune candidature pour l’instant">
          <p>
            Votre fiche est proposée aux établissements dont la mission correspond à votre profession, vos
            dates et votre région. C’est l’établissement qui vous contacte ; vous le verrez ici.
          </p>
        </Empty>
      ) : (
        <ul className="stack plain">
          {items.map((candidacy) => (
            <li key={candidacy.missionId}>
              <One candidacy={candidacy} />
            </li>
          ))}
        </ul>
      )}
      {candidacies.hasNextPage && (
        <Button
          variant="secondary"
          className="fit"
          aria-busy={candidacies.isFetchingNextPage}
          onClick={() => void candidacies.fetchNextPage()}
        >
          Voir plus
        </Button>
      )}
    </Page>
  );
}

/** What a status means for the volunteer. */
export function inWords({
  status,
  pushed,
  establishment,
  heldUntil,
  start,
  end,
  endedReason,
}: Candidacy): string {
  switch (status) {
    case 'CONTACTED':
      return heldUntil
        ? `${establishment} vous a contacté ou va vous appeler. Vous lui êtes réservé jusqu’au ${frenchInstant(heldUntil)} (${timeLeft(heldUntil)}).`
        : `${establishment} vous a contacté.`;
    case 'AFFECTED':
      return `Votre venue est confirmée ${frenchPeriod(start, end)}.`;
    case 'REFUSED':
      return 'Votre candidature n’a pas été retenue pour cette mission. Vous restez proposé aux autres établissements.';
    case 'DECLINED':
      return 'Vous avez décliné cette mission.';
    case 'TO_VERIFY':
      return pushed
        ? 'Votre candidature a été poussée vers cet établissement, qui devrait vous contacter.'
        : (endedReason ?? 'Le délai de contact est passé. Vous restez proposé aux établissements.');
  }
}

const STATUS: Record<
  Candidacy['status'],
  { label: string; color: 'accent' | 'success' | 'neutral' | 'warm' }
> = {
  TO_VERIFY: { label: 'Poussée', color: 'warm' },
  CONTACTED: { label: 'Contacté', color: 'accent' },
  AFFECTED: { label: 'Affecté', color: 'success' },
  REFUSED: { label: 'Non retenue', color: 'neutral' },
  DECLINED: { label: 'Déclinée', color: 'neutral' },
};

function One({ candidacy }: { candidacy: Candidacy }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault>();
  const { missionId, establishment, city, start, end, status, pushed, endedReason } = candidacy;
  const canDecline =
    end >= today() && (status === 'CONTACTED' || status === 'AFFECTED' || (status === 'TO_VERIFY' && pushed));
  const decline = async () => {
    await answer(
      api.POST('/api/professionals/me/candidacies/{missionId}/decline', { params: { path: { missionId } } }),
    );
    await queries.invalidateQueries({ queryKey: KEY });
  };
  const declineAtOnce = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      await decline();
    } catch (thrown) {
      setFault(asFault(thrown));
    } finally {
      setBusy(false);
    }
  };
  const id = `candidature-${missionId}`;
  return (
    <article className="panel stack" aria-labelledby={id}>
      <div className="row between">
        <Heading level={2} data-size="2xs" id={id}>
          {establishment}, {city}
        </Heading>
        <Tag data-color={STATUS[status].color}>
          {status === 'TO_VERIFY' && !pushed
            ? endedReason
              ? 'N’est plus proposée'
              : 'Délai dépassé'
            : STATUS[status].label}
        </Tag>
      </div>
      <p className="num">Mission {frenchPeriod(start, end)}</p>
      <p>{inWords(candidacy)}</p>
      {fault && <FaultNotice fault={fault} />}
      {canDecline && (
        <Button
          variant="secondary"
          className="fit"
          aria-describedby={id}
          aria-busy={busy}
          onClick={() => (status === 'AFFECTED' ? setAsking(true) : void declineAtOnce())}
        >
          Décliner
        </Button>
      )}
      {asking && (
        <ConfirmDialog
          title="Décliner une affectation confirmée ?"
          action="Décliner l’affectation"
          danger
          onConfirm={decline}
          onClose={() => setAsking(false)}
        >
          <p>
            {establishment} compte sur vous {frenchPeriod(start, end)}. Il en sera prévenu par courriel, et
            vos dates redeviendront disponibles.
          </p>
        </ConfirmDialog>
      )}
    </article>
  );
}

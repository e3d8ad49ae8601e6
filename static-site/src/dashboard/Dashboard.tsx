import { useDeferredValue, useId, useMemo, useState } from 'react';
import { Alert, Button, Field, Label, Select, Table, Tag, Textfield } from '@digdir/designsystemet-react';
import { PlusIcon, TrashIcon } from '@navikt/aksel-icons';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Link } from 'react-router';
import { answer, api, queries, type Schemas } from '../api/client';
import { asFault, Fault } from '../api/fault';
import { useNextPages } from '../api/hooks';
import { useReference } from '../api/reference';
import { reloadAccount, useAccount } from '../api/session';
import { Candidates } from '../candidates/Candidates';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { count, frenchDate, timeLeft } from '../ui/format';
import { Kept } from '../ui/Kept';
import { Empty, FaultNotice, Loading } from '../ui/Notice';
import { Page } from '../ui/Page';
import { Pager } from '../ui/pages';
import { SortedTable, sortedBy, type Sort } from '../ui/SortedTable';
import { EditMission } from './EditMission';
import {
  filtered,
  isToDo,
  listed,
  NO_FILTER,
  sorted,
  type Asked,
  type Column,
  type Filters,
  type Listed,
  type Mission,
} from './missions';
import './dashboard.css';

export const MISSIONS = ['missions'];

const SIZE = 20;

const COLUMNS: [Column, string][] = [
  ['places', 'Nombre'],
  ['profession', 'Profession'],
  ['start', 'Date de début'],
  ['end', 'Date de fin'],
  ['nursingHome', 'EHPAD'],
  ['intensiveCare', 'Réanimation'],
  ['vehicle', 'Véhicule'],
  ['weekend', 'Week-end'],
];

const STATUS: Record<
  Mission['status'],
  { label: string; color: 'accent' | 'success' | 'neutral' | 'warning' }
> = {
  DRAFT: { label: 'À confirmer', color: 'warning' },
  OPEN: { label: 'Ouverte', color: 'accent' },
  FILLED: { label: 'Pourvue', color: 'success' },
  CANCELLED: { label: 'Annulée', color: 'neutral' },
  ENDED: { label: 'Terminée', color: 'neutral' },
};

const CRITERIA: [column: 'nursingHome' | 'intensiveCare' | 'vehicle' | 'weekend', label: string][] = [
  ['nursingHome', 'EHPAD'],
  ['intensiveCare', 'Réanimation'],
  ['vehicle', 'Véhicule'],
  ['weekend', 'Week-end'],
];

/** An establishment's missions, and the people for each. */
export function Component() {
  const account = useAccount();
  const [cancelled, setCancelled] = useState(false);
  const query = useInfiniteQuery({
    queryKey: [...MISSIONS, cancelled],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/missions', {
          params: {
            query: {
              limit: 100,
              ...(pageParam ? { cursor: pageParam } : {}),
              ...(cancelled ? { status: 'CANCELLED' as const } : {}),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page: Schemas['MissionPage']) => page.next,
  });
  useNextPages(query, true);
  const missions = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const drafts = missions.filter((mission) => mission.status === 'DRAFT');
  return (
    <Page
      title="Tableau de bord"
      lead={`Traitement des besoins en renfort : ${account.establishment?.name ?? 'mon établissement'}`}
    >
      <div className="stack">
        {account.establishment && !account.establishment.approved && <Waiting />}
        {drafts.length > 0 && (
          <Alert data-color="warning">
            <p className="strong">
              {count(
                drafts.length,
                'mission déposée sans connexion attend',
                'missions déposées sans connexion attendent',
              )}{' '}
              votre confirmation.
            </p>
            <p>
              Une mission qui n’est pas confirmée disparaît au bout de <Kept name="draftDays" />.
            </p>
          </Alert>
        )}
        <div className="row between">
          <Button asChild className="fit">
            <Link to="/structure/besoin">
              <PlusIcon aria-hidden />
              Nouveau besoin
            </Link>
          </Button>
          <Button
            variant="tertiary"
            aria-pressed={cancelled}
            onClick={() => setCancelled((before) => !before)}
          >
            {cancelled ? 'Revenir aux missions en cours' : 'Voir les missions annulées'}
          </Button>
        </div>
        {query.isPending && <Loading what="Chargement de vos missions" rows={6} />}
        {query.isError && <FaultNotice fault={query.error} onRetry={() => void query.refetch()} />}
        {query.isSuccess && missions.length === 0 && (
          <Empty title={cancelled ? 'Aucune mission annulée' : 'Aucune mission pour l’instant'}>
            {!cancelled && (
              <p>Déposez un besoin : vous choisirez ensuite parmi les candidats qui y répondent.</p>
            )}
          </Empty>
        )}
        {missions.length > 0 && <Missions missions={missions} loading={query.hasNextPage} />}
      </div>
    </Page>
  );
}

/** The approval may have come while the page is open. */
function Waiting() {
  return (
    <Alert data-color="info">
      <p className="strong">Votre compte attend la validation de votre ARS.</p>
      <p>
        Vous pouvez préparer vos missions ; les candidats s’affichent dès la validation, qu’un courriel vous
        annonce.
      </p>
      <Button
        variant="secondary"
        className="sm fit"
        onClick={() => void reloadAccount().catch(() => undefined)}
      >
        Vérifier maintenant
      </Button>
    </Alert>
  );
}

function Missions({ missions, loading }: { missions: Mission[]; loading: boolean }) {
  const reference = useReference().data;
  const [filters, setFilters] = useState<Filters>(NO_FILTER);
  const [sort, setSort] = useState<Sort<Column>>();
  const [asked, setAsked] = useState(0);
  const [chosen, setChosen] = useState('');
  const panel = useId();
  const all = useMemo(() => listed(missions, reference), [missions, reference]);
  // typing stays quick whatever the length of the list
  const looked = useDeferredValue(filters);
  const rows = useMemo(() => {
    const left = new Set(filtered(all, looked));
    // an affectation must not take the mission, and its open candidates, out of a filtered list
    const kept = all.filter((one) => left.has(one) || one.mission.id === chosen);
    return sorted(kept, sort, looked.toDo);
  }, [all, looked, sort, chosen]);
  const pages = Math.max(1, Math.ceil(rows.length / SIZE));
  const page = Math.min(asked, pages - 1);
  const shown = rows.slice(page * SIZE, (page + 1) * SIZE);
  const cut = shown.findIndex(({ mission }) => mission.id === chosen) + 1;
  const open = shown[cut - 1];
  const change = (some: Partial<Filters>) => {
    setAsked(0);
    setFilters((before) => ({ ...before, ...some }));
  };
  const refresh = () => void queries.invalidateQueries({ queryKey: MISSIONS });
  const part = (some: Listed[], label: string, first: boolean) => (
    <SortedTable
      label={label}
      className="missions dashboard"
      columns={COLUMNS}
      sort={sort}
      onSort={first ? (column) => setSort((before) => sortedBy(before, column)) : undefined}
    >
      {some.map((one) => (
        <MissionRow
          key={one.mission.id}
          listed={one}
          chosen={one.mission.id === chosen}
          panel={panel}
          onChoose={() => setChosen(one.mission.id === chosen ? '' : one.mission.id)}
          onChange={refresh}
        />
      ))}
    </SortedTable>
  );
  return (
    <>
      <FilterBar
        filters={filters}
        toDo={all.filter(({ mission }) => isToDo(mission)).length}
        onChange={change}
      />
      <p className="strong num" role="status">
        {count(rows.length, 'mission')}
        {rows.length < all.length && ` sur ${all.length}`}
        {loading && ', chargement en cours'}
      </p>
      {rows.length === 0 ? (
        <Empty title="Aucune mission ne correspond à ces filtres">
          <Button variant="secondary" onClick={() => setFilters(NO_FILTER)}>
            Effacer les filtres
          </Button>
        </Empty>
      ) : (
        <>
          {part(open ? shown.slice(0, cut) : shown, 'Récapitulatif des demandes', true)}
          {open && (
            <Candidates
              key={open.mission.id}
              id={panel}
              mission={open.mission}
              label={open.label}
              onChange={refresh}
            />
          )}
          {open && cut < shown.length && part(shown.slice(cut), 'Suite des demandes', false)}
        </>
      )}
      <Pager
        number={page + 1}
        of={pages}
        previous={page > 0 ? () => setAsked(page - 1) : undefined}
        next={page < pages - 1 ? () => setAsked(page + 1) : undefined}
        label="Pages des missions"
      />
    </>
  );
}

function FilterBar({
  filters,
  toDo,
  onChange,
}: {
  filters: Filters;
  toDo: number;
  onChange: (some: Partial<Filters>) => void;
}) {
  const [all, setAll] = useState(false);
  return (
    <div className="stack g-m" role="search" aria-label="Filtres des missions">
      <div className="row">
        <Button
          variant={filters.toDo ? 'primary' : 'secondary'}
          className="sm"
          aria-pressed={filters.toDo}
          onClick={() => onChange({ toDo: !filters.toDo })}
        >
          À traiter ({toDo})
        </Button>
        <Button
          variant="tertiary"
          className="sm"
          aria-expanded={all}
          onClick={() => setAll((before) => !before)}
        >
          {all ? 'Masquer les filtres' : 'Filtrer'}
        </Button>
      </div>
      {all && (
        <div className="filters">
          <Textfield
            type="search"
            label="Profession"
            value={filters.text}
            onChange={(event) => onChange({ text: event.target.value })}
          />
          <Choice
            label="Nombre"
            value={filters.places}
            options={[
              ['', 'Toutes les missions'],
              ['free', 'Places à pourvoir'],
              ['filled', 'Toutes les places pourvues'],
            ]}
            onChange={(places) => onChange({ places })}
          />
          <Choice
            label="Statut"
            value={filters.status}
            options={[
              ['', 'Tous'],
              ...(['DRAFT', 'OPEN', 'FILLED', 'ENDED'] as const).map(
                (one) => [one, STATUS[one].label] as const,
              ),
            ]}
            onChange={(status) => onChange({ status })}
          />
          <Textfield
            type="date"
            label="Début à partir du"
            value={filters.from}
            onChange={(event) => onChange({ from: event.target.value })}
          />
          <Textfield
            type="date"
            label="Fin au plus tard le"
            value={filters.until}
            onChange={(event) => onChange({ until: event.target.value })}
          />
          {CRITERIA.map(([column, label]) => (
            <Choice<Asked>
              key={column}
              label={label}
              value={filters[column]}
              options={[
                ['', 'Indifférent'],
                ['yes', 'Demandé'],
                ['no', 'Non demandé'],
              ]}
              onChange={(value) => onChange({ [column]: value })}
            />
          ))}
        </div>
      )}
    </div>
  );
}

function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: Value;
  options: (readonly [value: Value, label: string])[];
  onChange: (value: Value) => void;
}) {
  return (
    <Field>
      <Label>{label}</Label>
      <Select value={value} onChange={(event) => onChange(event.target.value as Value)}>
        {options.map(([code, text]) => (
          <Select.Option key={code} value={code}>
            {text}
          </Select.Option>
        ))}
      </Select>
    </Field>
  );
}

function MissionRow({
  listed: { mission, label },
  chosen,
  panel,
  onChoose,
  onChange,
}: {
  listed: Listed;
  chosen: boolean;
  panel: string;
  onChoose: () => void;
  onChange: () => void;
}) {
  const id = `mission-${mission.id}`;
  const [asking, setAsking] = useState<'delete' | 'edit' | 'copy'>();
  const path = { params: { path: { id: mission.id } } };
  const act = useMutation({
    mutationFn: (action: 'confirm' | 'fill' | 'reopen') =>
      action === 'confirm'
        ? answer(api.POST('/api/missions/{id}/confirmation', path))
        : answer(
            api.PUT('/api/missions/{id}/status', {
              ...path,
              body: { status: action === 'fill' ? 'FILLED' : 'OPEN' },
            }),
          ),
    // gone in another tab, filled by somebody else: the list says how it is now
    onSettled: onChange,
  });
  const { status } = mission;
  const over = status === 'CANCELLED' || status === 'ENDED';
  return (
    <Table.Row role="row" className={`card${chosen ? ' is-open' : ''}`}>
      <Table.Cell role="cell" className="col-places num">
        <b>
          {mission.filled}/{mission.count}
        </b>{' '}
        <Tag data-color={STATUS[status].color}>{STATUS[status].label}</Tag>
        {mission.held > 0 && (
          <span className="sub">
            {mission.held} en contact
            {mission.heldUntil && `, ${timeLeft(mission.heldUntil)}`}
          </span>
        )}
        {mission.pushed > 0 && (
          <span className="sub warn">{count(mission.pushed, 'poussé par l’ARS', 'poussés par l’ARS')}</span>
        )}
      </Table.Cell>
      <Table.HeaderCell scope="row" role="rowheader" id={id} className="col-profession">
        {label}
      </Table.HeaderCell>
      <Table.Cell role="cell" className="num">
        <span className="lbl">Du </span>
        {frenchDate(mission.start)}
      </Table.Cell>
      <Table.Cell role="cell" className="num">
        <span className="lbl">Au </span>
        {frenchDate(mission.end)}
      </Table.Cell>
      {CRITERIA.map(([column, title]) => (
        <Table.Cell key={column} role="cell" className={mission[column] ? 'c' : 'c off'}>
          <span className="lbl">{title} : </span>
          {mission[column] ? 'Oui' : <span className="no">Non</span>}
        </Table.Cell>
      ))}
      <Table.Cell role="cell" className="col-actions">
        <div className="acts">
          {status === 'DRAFT' ? (
            <Button
              className="sm"
              aria-describedby={id}
              aria-busy={act.isPending}
              onClick={() => !act.isPending && act.mutate('confirm')}
            >
              Confirmer
            </Button>
          ) : (
            <Button
              className="sm"
              variant={chosen ? 'primary' : 'secondary'}
              aria-expanded={chosen}
              {...(chosen ? { 'aria-controls': panel } : {})}
              aria-describedby={id}
              onClick={onChoose}
            >
              {chosen ? 'Annuler' : 'Choisir'}
            </Button>
          )}
          {(status === 'OPEN' || status === 'FILLED') && (
            <Button
              className="sm"
              variant={status === 'FILLED' ? 'primary' : 'tertiary'}
              data-color={status === 'FILLED' ? 'success' : 'accent'}
              aria-pressed={status === 'FILLED'}
              aria-describedby={id}
              aria-busy={act.isPending}
              onClick={() => !act.isPending && act.mutate(status === 'FILLED' ? 'reopen' : 'fill')}
            >
              POURVUE
            </Button>
          )}
          {!over && (
            <Button className="sm" variant="tertiary" aria-describedby={id} onClick={() => setAsking('edit')}>
              Modifier
            </Button>
          )}
          <Button className="sm" variant="tertiary" aria-describedby={id} onClick={() => setAsking('copy')}>
            Copier
          </Button>
          {!over && (
            <Button
              className="sm"
              variant="tertiary"
              data-color="danger"
              aria-describedby={id}
              onClick={() => setAsking('delete')}
            >
              <TrashIcon aria-hidden />
              Supprimer
            </Button>
          )}
        </div>
        {act.isError && <FaultNotice fault={act.error} />}
        {asking === 'delete' && (
          <Delete mission={mission} label={label} onDone={onChange} onClose={() => setAsking(undefined)} />
        )}
        {(asking === 'edit' || asking === 'copy') && (
          <EditMission
            mission={mission}
            copy={asking === 'copy'}
            onDone={onChange}
            onClose={() => setAsking(undefined)}
          />
        )}
      </Table.Cell>
    </Table.Row>
  );
}

/** A draft goes; another mission is cancelled, and people affected to it are told: the confirmation names how many. */
function Delete({
  mission,
  label,
  onDone,
  onClose,
}: {
  mission: Mission;
  label: string;
  onDone: () => void;
  onClose: () => void;
}) {
  const [affected, setAffected] = useState(mission.filled);
  return (
    <ConfirmDialog
      title="Supprimer cette mission ?"
      action={affected > 0 ? `Supprimer et prévenir ${count(affected, 'personne')}` : 'Supprimer la mission'}
      danger
      onConfirm={async () => {
        try {
          await answer(
            api.DELETE('/api/missions/{id}', {
              params: {
                path: { id: mission.id },
                query: affected > 0 ? { confirmAffected: affected } : {},
              },
            }),
          );
          onDone();
        } catch (thrown) {
          const fault = asFault(thrown);
          if (fault.people) {
            setAffected(fault.people.affected);
            throw new Fault(
              409,
              fault.kind,
              `Le nombre de personnes affectées a changé : ${fault.people.affected}.`,
              'Confirmez de nouveau si vous voulez toujours supprimer la mission.',
              [],
              undefined,
              undefined,
            );
          }
          throw fault;
        }
      }}
      onClose={onClose}
    >
      <p>
        {label}, du {frenchDate(mission.start)} au {frenchDate(mission.end)}.
      </p>
      <p>
        {affected > 0
          ? `${count(affected, 'personne affectée sera prévenue par courriel, et ses', 'personnes affectées seront prévenues par courriel, et leurs')} dates redeviendront libres. Les affectations dont les dates sont passées restent, sans courriel.`
          : 'Personne n’est affecté. Les candidats contactés seront libérés pour d’autres.'}
      </p>
    </ConfirmDialog>
  );
}

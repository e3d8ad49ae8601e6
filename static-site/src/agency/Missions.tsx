import { useDeferredValue, useId, useMemo, useState } from 'react';
import {
  Button,
  Field,
  Label,
  Link as DsLink,
  Select,
  Table,
  Tag,
  Textfield,
} from '@digdir/designsystemet-react';
import { keepPreviousData, useInfiniteQuery, useMutation, type InfiniteData } from '@tanstack/react-query';
import { Link } from 'react-router';
import { answer, api, queries, type Schemas } from '../api/client';
import { useNextPages } from '../api/hooks';
import { useReference } from '../api/reference';
import { count, frenchDate } from '../ui/format';
import { Empty, FaultNotice, Loading } from '../ui/Notice';
import { SortedTable, sortedBy, type Sort } from '../ui/SortedTable';
import { filtered, listed, sorted, type Column, type Filters, type Listed, type Mission } from './missions';
import { Pager } from '../ui/pages';
import { Push } from './Push';
import { MODES, useRegulation } from './regulation';
import { RegionPage, type RegionCode } from './region';

type Priority = Schemas['Priority'];
type Status = Schemas['MissionStatus'];
type MissionPage = Schemas['RegionMissionPage'];

const STATUS: Record<Status, { label: string; color: 'accent' | 'success' | 'neutral' }> = {
  DRAFT: { label: 'À confirmer', color: 'neutral' },
  OPEN: { label: 'Ouverte', color: 'accent' },
  FILLED: { label: 'Pourvue', color: 'success' },
  ENDED: { label: 'Terminée', color: 'neutral' },
  CANCELLED: { label: 'Annulée', color: 'neutral' },
};

const SHOWN: Status[] = ['OPEN', 'FILLED', 'ENDED', 'CANCELLED'];
const COLUMNS: [Column, string][] = [
  ['priority', 'Priorité'],
  ['profession', 'Mission'],
  ['establishment', 'Établissement'],
  ['start', 'Dates'],
  ['places', 'Places'],
];
/** Missions that nobody is approved to act for, whatever their status. */
const ORPHANS = 'ORPHANS';
type Shown = Status | typeof ORPHANS | '';
const NO_FILTER: Filters = { text: '', profession: '', priority: '' };

/** Rows on a page of the table. */
const SIZE = 20;

/** As many missions are loaded without being asked. */
const AT_ONCE = 1000;

/** The missions of a region: ordered by the agency, which pushes candidates to them. */
export function Component() {
  return (
    <RegionPage
      title="Missions"
      lead="Les besoins de la région, par priorité puis par date de début. Choisissez une mission pour voir ses candidats et les pousser."
    >
      {(region) => (
        <>
          <Mode region={region} />
          <RegionMissions region={region} />
        </>
      )}
    </RegionPage>
  );
}

/** Whether establishments wait for what is pushed to them. */
function Mode({ region }: { region: RegionCode }) {
  const { data } = useRegulation(region);
  return (
    data && (
      <p className="note">
        <span className="strong">{MODES[data.mode].label}.</span> {MODES[data.mode].meaning}{' '}
        <DsLink asChild>
          <Link to={`/ars/regulation?region=${region}`}>Voir la régulation</Link>
        </DsLink>
      </p>
    )
  );
}

function RegionMissions({ region }: { region: RegionCode }) {
  const [status, setStatus] = useState<Shown>('');
  const [filters, setFilters] = useState(NO_FILTER);
  const [page, setPage] = useState(0);
  const queryKey = ['region-missions', region, status];
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/regions/{code}/missions', {
          params: {
            path: { code: region },
            query: {
              ...(status === ORPHANS ? { orphan: true } : status ? { status } : {}),
              ...(pageParam ? { cursor: pageParam } : {}),
              limit: 100,
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (last: MissionPage) => last.next,
    placeholderData: keepPreviousData,
  });
  const missions = useMemo(() => query.data?.pages.flatMap((one) => one.items) ?? [], [query.data]);
  const more = query.hasNextPage && missions.length < AT_ONCE;
  useNextPages(query, more);
  const reference = useReference();
  const all = useMemo(() => listed(missions, reference.data), [missions, reference.data]);
  // typing stays quick whatever the length of the list
  const looked = useDeferredValue(filters);
  const left = useMemo(() => filtered(all, looked), [all, looked]);
  const change = (some: Partial<Filters>) => {
    setPage(0);
    setFilters((before) => ({ ...before, ...some }));
  };
  return (
    <>
      <div className="filters" role="search" aria-label="Filtres des missions">
        <Textfield
          type="search"
          label="Rechercher"
          placeholder="Métier, établissement, ville"
          value={filters.text}
          onChange={(event) => change({ text: event.target.value })}
        />
        <Choice
          label="Profession"
          value={filters.profession}
          all="Toutes les professions"
          options={(reference.data?.professions ?? []).map(({ code, label }) => [code, label])}
          onChange={(profession) => change({ profession })}
        />
        <Choice
          label="Priorité"
          value={filters.priority}
          all="Toutes les priorités"
          options={['1', '2', '3', '4', '5'].map((one) => [one, `Priorité ${one}`])}
          onChange={(priority) => change({ priority })}
        />
        <Choice
          label="Statut"
          value={status}
          all="Toutes, sauf annulées"
          options={[
            ...SHOWN.map((one): [string, string] => [one, `${STATUS[one].label}s`]),
            [ORPHANS, 'Sans demandeur approuvé'],
          ]}
          onChange={(one) => {
            setPage(0);
            setStatus(one as Shown);
          }}
        />
      </div>
      {query.isPending && <Loading what="Chargement des missions" rows={6} />}
      {query.isError && <FaultNotice fault={query.error} onRetry={() => void query.fetchNextPage()} />}
      {query.isSuccess && left.length === 0 && !more && (
        <Empty title="Aucune mission">
          <p>
            {missions.length > 0 || status
              ? 'Aucune mission ne correspond à ces filtres.'
              : 'Aucun établissement de la région n’a de besoin en cours.'}
          </p>
          {(missions.length > 0 || status) && (
            <Button
              variant="secondary"
              onClick={() => {
                setFilters(NO_FILTER);
                setStatus('');
              }}
            >
              Effacer les filtres
            </Button>
          )}
        </Empty>
      )}
      {left.length > 0 && (
        <MissionTable
          all={left}
          queryKey={queryKey}
          page={page}
          onPage={setPage}
          told={`${count(left.length, 'mission')}${left.length < all.length ? ` sur ${all.length}` : ''}${more ? ', chargement en cours' : ''}`}
        />
      )}
      {query.hasNextPage && !more && (
        <p className="row">
          <span className="muted">
            Recherche et tri portent sur les {all.length} premières missions chargées.
          </span>
          <Button
            variant="secondary"
            className="sm"
            aria-busy={query.isFetching}
            onClick={() => !query.isFetching && void query.fetchNextPage()}
          >
            Charger la suite
          </Button>
        </p>
      )}
    </>
  );
}

function Choice({
  label,
  value,
  all,
  options,
  onChange,
}: {
  label: string;
  value: string;
  all: string;
  options: [value: string, label: string][];
  onChange: (value: string) => void;
}) {
  return (
    <Field>
      <Label>{label}</Label>
      <Select value={value} onChange={(event) => onChange(event.target.value)}>
        <Select.Option value="">{all}</Select.Option>
        {options.map(([code, text]) => (
          <Select.Option key={code} value={code}>
            {text}
          </Select.Option>
        ))}
      </Select>
    </Field>
  );
}

function MissionTable({
  all,
  queryKey,
  page: asked,
  onPage,
  told,
}: {
  all: Listed[];
  queryKey: unknown[];
  page: number;
  onPage: (page: number) => void;
  told: string;
}) {
  const [sort, setSort] = useState<Sort<Column>>({ column: 'priority', descending: false });
  const [chosen, setChosen] = useState('');
  const panel = useId();
  const change = (id: string, changes: (mission: Mission) => Partial<Mission>) =>
    queries.setQueryData<InfiniteData<MissionPage>>(
      queryKey,
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((one) => ({
            ...one,
            items: one.items.map((mission) =>
              mission.id === id ? { ...mission, ...changes(mission) } : mission,
            ),
          })),
        },
    );
  const priority = useMutation({
    mutationFn: ({ id, value }: { id: string; value: Priority }) =>
      answer(api.PUT('/api/missions/{id}/priority', { params: { path: { id } }, body: { priority: value } })),
    onSuccess: ({ id, priority: set }) => change(id, () => ({ priority: set })),
  });
  const rows = useMemo(() => sorted(all, sort), [all, sort]);
  const pages = Math.ceil(rows.length / SIZE);
  const page = Math.min(asked, pages - 1);
  const shown = rows.slice(page * SIZE, (page + 1) * SIZE);
  const cut = shown.findIndex((one) => one.mission.id === chosen) + 1;
  const open = shown[cut - 1];
  const part = (some: Listed[], label: string, first: boolean) => (
    <SortedTable
      label={label}
      className="missions"
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
          saving={priority.isPending && priority.variables.id === one.mission.id}
          onPriority={(value) => priority.mutate({ id: one.mission.id, value })}
          onChoose={() => setChosen(one.mission.id === chosen ? '' : one.mission.id)}
        />
      ))}
    </SortedTable>
  );
  return (
    <div className="stack">
      <div className="row between">
        <p className="strong num" role="status">
          {told}
        </p>
        <p className="small muted" role="status">
          {priority.isSuccess && `Priorité ${priority.data.priority} enregistrée.`}
        </p>
      </div>
      {priority.isError && <FaultNotice fault={priority.error} />}
      {part(open ? shown.slice(0, cut) : shown, 'Missions', true)}
      {open && (
        <Push
          key={open.mission.id}
          id={panel}
          listed={open}
          onPushed={(people) => change(open.mission.id, ({ pushed }) => ({ pushed: pushed + people }))}
        />
      )}
      {open && cut < shown.length && part(shown.slice(cut), 'Suite des missions', false)}
      <Pager
        number={page + 1}
        of={pages}
        previous={page > 0 ? () => onPage(page - 1) : undefined}
        next={page < pages - 1 ? () => onPage(page + 1) : undefined}
        label="Pages des missions"
      />
    </div>
  );
}

function MissionRow({
  listed: { mission, label },
  chosen,
  panel,
  saving,
  onPriority,
  onChoose,
}: {
  listed: Listed;
  chosen: boolean;
  panel: string;
  saving: boolean;
  onPriority: (priority: Priority) => void;
  onChoose: () => void;
}) {
  const over = mission.status === 'ENDED' || mission.status === 'CANCELLED';
  const id = `mission-${mission.id}`;
  const criteria = [
    mission.nursingHome && 'EHPAD',
    mission.intensiveCare && 'réanimation',
    mission.vehicle && 'véhicule',
    mission.weekend && 'week-end',
  ].filter((one) => one !== false);
  return (
    <Table.Row role="row" className={`card${chosen ? ' is-open' : ''}`}>
      <Table.Cell role="cell" className="col-priority">
        {over ? (
          <span className="num">
            <span className="lbl">Priorité </span>
            {mission.priority}
          </span>
        ) : (
          <>
            <span className="lbl" aria-hidden="true">
              Priorité
            </span>
            <Select
              aria-label="Priorité"
              aria-describedby={id}
              aria-busy={saving}
              className={`prio prio-${mission.priority}`}
              value={String(mission.priority)}
              onChange={(event) => onPriority(Number(event.target.value))}
            >
              {[1, 2, 3, 4, 5].map((value) => (
                <Select.Option key={value} value={String(value)}>
                  {value}
                </Select.Option>
              ))}
            </Select>
          </>
        )}
      </Table.Cell>
      <Table.HeaderCell scope="row" role="rowheader" id={id} className="col-profession">
        {label}
        {criteria.length > 0 && <span className="sub">demande : {criteria.join(', ')}</span>}
      </Table.HeaderCell>
      <Table.Cell role="cell" className="col-establishment" id={`${id}-lieu`}>
        {mission.establishment}, {mission.city}
        <Submitter mission={mission} />
      </Table.Cell>
      <Table.Cell role="cell" className="col-start num">
        <span className="nowrap">du {frenchDate(mission.start)}</span>{' '}
        <span className="nowrap">au {frenchDate(mission.end)}</span>
      </Table.Cell>
      <Table.Cell role="cell" className="col-places num">
        <span className="row places">
          <b>
            {mission.filled}/{mission.count}
          </b>
          <Tag data-color={STATUS[mission.status].color}>{STATUS[mission.status].label}</Tag>
        </span>
        <span className="sub">
          {mission.held} en contact, {count(mission.pushed, 'poussé')}
        </span>
      </Table.Cell>
      <Table.Cell role="cell" className="col-actions">
        <div className="acts">
          <Button
            className="sm"
            variant={chosen ? 'primary' : 'secondary'}
            aria-expanded={chosen}
            {...(chosen ? { 'aria-controls': panel } : {})}
            aria-describedby={`${id} ${id}-lieu`}
            onClick={onChoose}
          >
            {chosen ? 'Annuler' : 'Choisir'}
          </Button>
        </div>
      </Table.Cell>
    </Table.Row>
  );
}

/** Who asked; until they are approved, the establishment's name is only what they typed. */
function Submitter({ mission: { requester, orphan } }: { mission: Mission }) {
  if (!requester) {
    return orphan ? <span className="sub warn">Sans demandeur</span> : null;
  }
  return (
    <span className={requester.approved ? 'sub' : 'sub warn'}>
      {requester.firstName} {requester.lastName}
      {!requester.approved && ', demandeur à approuver'}
      {requester.phone && (
        <>
          {', '}
          <a href={`tel:${requester.phone}`}>{requester.phone}</a>
        </>
      )}
    </span>
  );
}

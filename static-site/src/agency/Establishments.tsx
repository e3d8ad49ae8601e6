import { useEffect, useRef, useState } from 'react';
import { Button, Dialog, Field, Heading, Label, Select, Table, Tag } from '@digdir/designsystemet-react';
import { useMutation } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { answer, api, queries, type Schemas } from '../api/client';
import { useAccount } from '../api/session';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { TextField } from '../ui/fields';
import { Form, TYPING } from '../ui/Form';
import { count } from '../ui/format';
import { Empty, FaultNotice, Loading } from '../ui/Notice';
import { Pager, usePages } from '../ui/pages';
import { RegionPage, type RegionCode } from './region';

type Establishment = Schemas['Establishment'];
type Requester = Establishment['requesters'][number];
type Limits = Schemas['ContactLimits'];

const FILTERS = { PENDING: 'À approuver', APPROVED: 'Approuvés', ALL: 'Tous' } as const;
type Filter = keyof typeof FILTERS;

const STATUS = {
  PENDING: { label: 'En attente d’approbation', color: 'warm' },
  APPROVED: { label: 'Approuvé', color: 'success' },
  REFUSED: { label: 'Refusé', color: 'neutral' },
} as const;

const FINESS_MARK = {
  UNKNOWN: 'Début du numéro FINESS inconnu : à vérifier',
  OTHER_DEPARTEMENT: 'Numéro FINESS d’un autre département que l’adresse : à vérifier',
} as const;

const NONE: Record<Filter, string> = {
  PENDING: 'Aucun demandeur n’attend votre approbation',
  APPROVED: 'Aucun demandeur approuvé dans cette région',
  ALL: 'Aucun établissement dans cette région',
};

/** Establishments of a region, and who may act for them. */
export function Component() {
  return (
    <RegionPage
      title="Établissements"
      lead="Un demandeur ne voit les candidats qu’une fois approuvé ; un courriel le prévient alors. Jusque-là, l’établissement porte le nom que le demandeur a saisi."
    >
      {(region) => <List region={region} />}
    </RegionPage>
  );
}

function List({ region }: { region: RegionCode }) {
  const [filter, setFilter] = useState<Filter>('PENDING');
  const { query, queryKey, ...pages } = usePages<Establishment>(
    ['establishments', region, filter],
    1,
    (cursor) =>
      answer(
        api.GET('/api/regions/{code}/establishments', {
          params: {
            path: { code: region },
            query: {
              ...(filter === 'ALL' ? {} : { status: filter }),
              ...(cursor ? { cursor } : {}),
            },
          },
        }),
      ),
  );
  const [done, setDone] = useState<{ text: string; row: string }>();
  const [refusing, setRefusing] = useState<Row>();
  const [limiting, setLimiting] = useState<Row>();
  const decision = useMutation({
    mutationFn: ({ establishment, requester, approved }: Row & { approved: boolean }) =>
      answer(
        api.PUT('/api/establishments/{finess}/approval', {
          params: { path: { finess: establishment.finess } },
          body: { approved, emails: [requester.email] },
        }),
      ),
    onMutate: () => setDone(undefined),
    onSuccess: (after, { establishment, requester, approved }) => {
      // the row stays where it is, with its new status, so that a slip can be mended at once
      queries.setQueryData<{ items: Establishment[] }>(
        queryKey,
        (page) => page && { ...page, items: page.items.map((one) => withStatus(one, after)) },
      );
      void queries.invalidateQueries({ queryKey: ['establishments', region], refetchType: 'none' });
      setDone({
        text: approved
          ? `${name(requester)} est approuvé pour ${after.name}. Un courriel part à ${requester.email}.`
          : `${name(requester)} n’a plus accès aux candidats de ${after.name}.`,
        row: rowId(establishment, requester),
      });
    },
  });
  // the button that was pressed is gone: the status that it changed takes the focus
  useEffect(() => {
    if (done && !refusing && !limiting) {
      document.getElementById(`${done.row}-statut`)?.focus();
    }
  }, [done, refusing, limiting]);
  const rows = query.data ? byRequester(query.data.items) : [];
  return (
    <>
      <div className="filters">
        <Field>
          <Label>Demandeurs</Label>
          <Select
            value={filter}
            onChange={(event) => {
              setDone(undefined);
              decision.reset();
              setFilter(event.target.value as Filter);
            }}
          >
            {Object.entries(FILTERS).map(([value, label]) => (
              <Select.Option key={value} value={value}>
                {label}
              </Select.Option>
            ))}
          </Select>
        </Field>
      </div>
      <p role="status" className={done ? 'done' : 'ds-sr-only'}>
        {done?.text}
      </p>
      {decision.isError && !refusing && <FaultNotice fault={decision.error} />}
      {query.isPending && <Loading what="Chargement des établissements" />}
      {query.isError && <FaultNotice fault={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && rows.length === 0 && (
        <Empty title={NONE[filter]}>
          <p>
            {filter === 'PENDING'
              ? 'Les nouveaux demandeurs apparaissent ici dès qu’ils ont déposé un besoin.'
              : 'Un établissement apparaît ici dès que l’un de ses demandeurs a déposé un besoin.'}
          </p>
        </Empty>
      )}
      {rows.length > 0 && (
        <div className="tbl-box">
          <Table className="tbl agency" role="table" aria-label="Établissements">
            <Table.Head role="rowgroup">
              <Table.Row role="row">
                <Table.HeaderCell role="columnheader">Établissement</Table.HeaderCell>
                <Table.HeaderCell role="columnheader">Demandeur</Table.HeaderCell>
                <Table.HeaderCell role="columnheader">Statut</Table.HeaderCell>
                <Table.HeaderCell role="columnheader" className="col-actions">
                  Actions
                </Table.HeaderCell>
              </Table.Row>
            </Table.Head>
            <Table.Body role="rowgroup">
              {rows.map((row) => (
                <RequesterRow
                  key={rowId(row.establishment, row.requester)}
                  row={row}
                  busy={decision.isPending && decision.variables.requester.email === row.requester.email}
                  onApprove={() => !decision.isPending && decision.mutate({ ...row, approved: true })}
                  onRefuse={() => setRefusing(row)}
                  onLimit={() => setLimiting(row)}
                />
              ))}
            </Table.Body>
          </Table>
        </div>
      )}
      <Pager {...pages} label="Pages des établissements" />
      {limiting && (
        <LimitsDialog
          establishment={limiting.establishment}
          onSaved={(after) => {
            queries.setQueryData<{ items: Establishment[] }>(
              queryKey,
              (page) => page && { ...page, items: page.items.map((one) => withLimits(one, after)) },
            );
            setDone({
              text: `Les limites de ${after.name} sont enregistrées : ${contacting(after)}.`,
              row: rowId(limiting.establishment, limiting.requester),
            });
          }}
          onClose={() => setLimiting(undefined)}
        />
      )}
      {refusing && (
        <RefusalDialog
          row={refusing}
          onConfirm={async () => {
            await decision.mutateAsync({ ...refusing, approved: false });
          }}
          onClose={() => {
            decision.reset();
            setRefusing(undefined);
          }}
        />
      )}
    </>
  );
}

/** Other limits for an establishment (R16). */
function LimitsDialog({
  establishment,
  onSaved,
  onClose,
}: {
  establishment: Establishment;
  onSaved: (after: Establishment) => void;
  onClose: () => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const form = useForm<Record<keyof Limits, string>>({
    ...TYPING,
    defaultValues: {
      holds: String(establishment.limits?.holds ?? ''),
      contactsPerDay: String(establishment.limits?.contactsPerDay ?? ''),
    },
  });
  const { isSubmitting: busy } = form.formState;
  return (
    <Dialog open closeButton="Fermer" onClose={onClose} aria-labelledby="limites">
      <Heading level={2} data-size="xs" id="limites" ref={heading} tabIndex={-1}>
        Limites de {establishment.name}
      </Heading>
      <div className="stack g-m dialog__text">
        <p>{contacting(establishment)}</p>
        <p>
          Relevez ces limites quand l’établissement a besoin de beaucoup de monde à la fois. Elles valent pour
          toutes ses missions ensemble, dès maintenant.
        </p>
        <Form
          form={form}
          label="Limites de l’établissement"
          onSubmit={async ({ holds, contactsPerDay }) => {
            const after = await answer(
              api.PUT('/api/establishments/{finess}/limits', {
                params: { path: { finess: establishment.finess } },
                body: { holds: Number(holds), contactsPerDay: Number(contactsPerDay) },
              }),
            );
            onSaved(after);
            onClose();
          }}
        >
          <LimitField
            limit="holds"
            label="Personnes retenues à la fois"
            help="De 1 à 500. Une personne contactée est retenue jusqu’à sa validation, son refus ou la fin du délai."
            most={500}
          />
          <LimitField
            limit="contactsPerDay"
            label="Contacts par jour"
            help="De 1 à 2000, refus compris."
            most={2000}
          />
          <div className="actions">
            <Button type="submit" aria-busy={busy} aria-disabled={busy}>
              Enregistrer
            </Button>
            <Button variant="secondary" onClick={onClose}>
              Ne rien changer
            </Button>
          </div>
        </Form>
      </div>
    </Dialog>
  );
}

function LimitField({
  limit,
  label,
  help,
  most,
}: {
  limit: keyof Limits;
  label: string;
  help: string;
  most: number;
}) {
  const message = `Indiquez un nombre entier, de 1 à ${most}.`;
  return (
    <TextField
      name={limit}
      label={label}
      help={help}
      inputMode="numeric"
      className="num"
      required={message}
      rules={{
        validate: (value: string) =>
          (/^\d{1,4}$/.test(value.trim()) && Number(value) >= 1 && Number(value) <= most) || message,
      }}
    />
  );
}

/** « 12 personnes retenues sur 60 possibles · 31 contacts aujourd’hui sur 200 » */
function contacting({ holds = 0, contactsToday = 0, limits }: Establishment): string | undefined {
  return (
    limits &&
    `${count(holds, 'personne retenue', 'personnes retenues')} sur ${limits.holds} possibles · ${count(contactsToday, 'contact')} aujourd’hui sur ${limits.contactsPerDay}`
  );
}

interface Row {
  establishment: Establishment;
  /** other names that were given for the same FINESS number, before any approval */
  otherNames: string[];
  requester: Requester;
}

function RequesterRow({
  row: { establishment, otherNames, requester },
  busy,
  onApprove,
  onRefuse,
  onLimit,
}: {
  row: Row;
  busy: boolean;
  onApprove: () => void;
  onRefuse: () => void;
  onLimit: () => void;
}) {
  const id = rowId(establishment, requester);
  const { role } = useAccount();
  const mayApprove = role === 'NATIONAL' || !establishment.nationalDecides;
  const limited = requester.status === 'APPROVED' && establishment.limits !== undefined;
  const status = STATUS[requester.status];
  return (
    <Table.Row role="row" className="card">
      <Table.HeaderCell scope="row" role="rowheader" id={`${id}-etablissement`}>
        {establishment.name}
        <span className="sub num">
          FINESS {establishment.finess}, {establishment.address}, {establishment.postalCode}{' '}
          {establishment.city}
        </span>
        {limited && <span className="sub num">{contacting(establishment)}</span>}
        {establishment.finessMark && (
          <span className="sub warn">{FINESS_MARK[establishment.finessMark]}</span>
        )}
        {establishment.claimedElsewhere && (
          <span className="sub warn">
            Numéro FINESS aussi demandé dans une autre région
            {establishment.nationalDecides && ' : le niveau national décide'}
          </span>
        )}
        {otherNames.length > 0 && (
          <span className="sub warn">Aussi déclaré sous le nom {otherNames.join(', ')}</span>
        )}
      </Table.HeaderCell>
      <Table.Cell role="cell" id={`${id}-demandeur`}>
        <span className="lbl">Demandeur&nbsp;: </span>
        {name(requester)}
        <span className="sub wrapping">{requester.email}</span>
        {requester.phone && (
          <a className="sub num" href={`tel:${requester.phone}`}>
            {requester.phone}
          </a>
        )}
        {requester.emailConfirmed === false && <span className="sub">courriel non confirmé</span>}
      </Table.Cell>
      <Table.Cell role="cell" id={`${id}-statut`} tabIndex={-1}>
        <Tag data-color={status.color}>{status.label}</Tag>
      </Table.Cell>
      <Table.Cell role="cell">
        <div className="acts">
          {requester.status !== 'APPROVED' && mayApprove && (
            <Button
              className="sm"
              aria-describedby={`${id}-demandeur ${id}-etablissement`}
              aria-busy={busy}
              onClick={onApprove}
            >
              Approuver
            </Button>
          )}
          {requester.status !== 'REFUSED' && (
            <Button
              className="sm"
              variant="tertiary"
              data-color="danger"
              aria-describedby={`${id}-demandeur ${id}-etablissement`}
              onClick={onRefuse}
            >
              {requester.status === 'PENDING' ? 'Refuser' : 'Retirer l’accès'}
            </Button>
          )}
          {limited && (
            <Button
              className="sm"
              variant="tertiary"
              aria-describedby={`${id}-etablissement`}
              onClick={onLimit}
            >
              Modifier les limites
            </Button>
          )}
        </div>
      </Table.Cell>
    </Table.Row>
  );
}

function RefusalDialog({
  row: { establishment, requester },
  onConfirm,
  onClose,
}: {
  row: Row;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}) {
  const approved = requester.status === 'APPROVED';
  return (
    <ConfirmDialog
      title={approved ? `Retirer l’accès de ${name(requester)} ?` : `Refuser ${name(requester)} ?`}
      action={approved ? 'Retirer l’accès' : 'Refuser'}
      danger
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p>
        {establishment.name}, FINESS {establishment.finess}
        <br />
        <span className="wrapping">{requester.email}</span>
      </p>
      <p>
        {approved
          ? 'L’accès aux candidats est coupé à l’instant, aussi dans les pages déjà ouvertes. Ses missions restent.'
          : 'Cette personne ne verra pas les candidats. Ses missions restent.'}{' '}
        Aucun courriel ne part : prévenez-la vous-même. Vous pourrez l’approuver plus tard.
      </p>
    </ConfirmDialog>
  );
}

function rowId(establishment: Establishment, requester: Requester): string {
  return `${establishment.finess}-${requester.email}`;
}

function name({ firstName, lastName }: Requester): string {
  return `${firstName} ${lastName}`.trim();
}

/** What the page shows of an establishment, with the statuses that a decision has left. */
function withStatus(shown: Establishment, after: Establishment): Establishment {
  if (shown.finess !== after.finess) {
    return shown;
  }
  const status = new Map(after.requesters.map((one) => [one.email, one.status]));
  return {
    ...shown,
    requesters: shown.requesters.map((one) => ({ ...one, status: status.get(one.email) ?? one.status })),
  };
}

/** What the page shows of an establishment, with the limits that an agency has just set. */
function withLimits(shown: Establishment, after: Establishment): Establishment {
  const { holds, contactsToday, limits } = after;
  return shown.finess === after.finess ? { ...shown, holds, contactsToday, limits } : shown;
}

/** A row per requester. An establishment may be listed under several names until its first approval. */
function byRequester(establishments: Establishment[]): Row[] {
  const rows = new Map<string, Row>();
  for (const establishment of establishments) {
    const otherNames = establishments
      .filter((other) => other.finess === establishment.finess && other.name !== establishment.name)
      .map((other) => other.name);
    for (const requester of establishment.requesters) {
      const key = `${establishment.finess} ${requester.email}`;
      if (!rows.has(key)) {
        rows.set(key, { establishment, otherNames, requester });
      }
    }
  }
  return [...rows.values()];
}

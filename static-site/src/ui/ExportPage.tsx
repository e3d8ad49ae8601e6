import { useRef, useState, type ReactNode } from 'react';
import { Button } from '@digdir/designsystemet-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Schemas } from '../api/client';
import { Progress, Stopped } from './ExportNotices';
import { count, frenchInstant } from './format';
import { Loading } from './Notice';
import { Page, Section } from './Page';
import { saveExport, wholeExport } from './wholeExport';
import './export.css';

/** One's whole export in words, to be read or printed (R29); nothing of it is shown before all is there. */
export function ExportPage<Export extends { next?: string; exportedAt: string }>({
  read,
  back,
  children,
}: {
  /** One answer of the export. */
  read: (cursor: string | undefined) => Promise<Export>;
  /** The page of one's data. */
  back: string;
  children: (whole: Export) => ReactNode;
}) {
  const [soFar, setSoFar] = useState<Export>();
  const kept = useRef<Export>(undefined);
  const query = useQuery({
    queryKey: ['export'],
    queryFn: () =>
      wholeExport(read, kept.current, (part) => {
        kept.current = part;
        setSoFar(part);
      }),
    // each reading is in the journal: one a visit
    gcTime: 0,
    staleTime: Infinity,
  });
  const whole = query.data;
  return (
    <Page
      title="Toutes mes données"
      lead={
        whole &&
        `Ce que Renfort garde sur vous, arrêté au ${frenchInstant(whole.exportedAt)}. Les heures sont celles de votre appareil.`
      }
    >
      <div className="stack export">
        <div className="row no-print">
          <Link to={back}>Retour à « Mes données »</Link>
          {whole && (
            <>
              <Button className="sm" onClick={() => print()}>
                Imprimer
              </Button>
              <Button className="sm" variant="secondary" onClick={() => saveExport(whole)}>
                Enregistrer le fichier (JSON)
              </Button>
            </>
          )}
        </div>
        {whole ? (
          children(whole)
        ) : query.isError && !query.isFetching ? (
          <Stopped fault={query.error} soFar={soFar} onResume={() => void query.refetch()} />
        ) : (
          <>
            <Progress soFar={soFar} />
            <Loading what="Lecture de vos données" />
          </>
        )}
      </div>
    </Page>
  );
}

/** Names and values; what has no value is left out. */
export function Facts({ id, title, facts }: { id: string; title: string; facts: [string, ReactNode][] }) {
  return (
    <Section id={id} title={title}>
      <dl className="export__facts">
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </Section>
  );
}

/** A list in columns, under a title that says how long it is. */
export function Rows<Row>({
  id,
  title,
  lead,
  none,
  columns,
  rows,
  cells,
}: {
  id: string;
  title: string;
  lead?: string;
  /** Said when there are no rows. */
  none: string;
  columns: string[];
  rows: Row[];
  cells: (row: Row) => ReactNode[];
}) {
  // the rows never change, and two may say the same
  const told = rows.map((row, place) => ({ key: place, row: cells(row) }));
  return (
    <Section id={id} title={title} {...(lead ? { lead } : {})}>
      {rows.length === 0 ? (
        <p>{none}</p>
      ) : (
        <table className="export__rows" aria-labelledby={`${id}-titre`}>
          <caption>{count(rows.length, 'ligne')}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {told.map(({ key, row }) => (
              <tr key={key}>
                {row.map((cell, column) => (
                  <td key={columns[column]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

const OUTCOMES: Record<Schemas['KeptMail']['outcome'], string> = {
  WAITING: 'en attente d’envoi',
  SENT: 'envoyé',
  SKIPPED: 'non envoyé : il n’avait plus d’objet',
  SUPERSEDED: 'remplacé par un plus récent',
  GIVEN_UP: 'non parvenu après sept jours d’essais',
};

/** The mails that are kept still: never their text, which holds links. */
export function Mails({ mails }: { mails: Schemas['KeptMail'][] }) {
  return (
    <Rows
      id="courriels"
      title="Courriels qui vous ont été adressés"
      lead="Ceux dont la trace est encore gardée. Leur texte ne l’est pas."
      none="Aucun courriel dont la trace soit encore gardée."
      columns={['Date', 'Objet', 'Envoi']}
      rows={mails}
      cells={({ at, subject, outcome }) => [frenchInstant(at), subject, OUTCOMES[outcome]]}
    />
  );
}

/** Acts of somebody who had not proved yet who they are. */
const UNPROVED = new Set(['REGISTERED', 'SHEET_REPLACED', 'NEED_SUBMITTED']);

/** Journal entries, oldest first. */
export function Journal({
  id,
  title,
  lead,
  none,
  entries,
  mission,
}: {
  id: string;
  title: string;
  lead?: string;
  none: string;
  entries: Schemas['JournalEntry'][];
  /** What a mission is called, if it is known. */
  mission: (id: string) => string | undefined;
}) {
  return (
    <Rows
      id={id}
      title={title}
      {...(lead ? { lead } : {})}
      none={none}
      columns={['Date', 'Quoi', 'Par qui']}
      rows={entries.toSorted((one, other) => one.at.localeCompare(other.at))}
      cells={(entry) => {
        const { at, label, by, action } = entry;
        const of = entry.mission && mission(entry.mission);
        return [
          frenchInstant(at),
          of && of !== by ? `${label} : ${of}` : label,
          by ?? (UNPROVED.has(action) ? 'par le formulaire public' : 'par la plateforme'),
        ];
      }}
    />
  );
}

import type { ReactNode } from 'react';
import { Checkbox, Table, Tag } from '@digdir/designsystemet-react';
import { professionLabel, useReference } from '../api/reference';
import { count, frenchInstant, frenchPeriod } from '../ui/format';
import { MOBILITY, name, STATUS, type Candidate } from './candidates';
import './candidates.css';

/** The columns that can be sorted by. */
export type CandidateColumn = 'name' | 'distance' | 'start' | 'status';

const COLUMNS: [column: CandidateColumn | undefined, title: string][] = [
  ['name', 'Candidat'],
  ['distance', 'Lieu et distance'],
  ['start', 'Disponibilité'],
  [undefined, 'Raisons'],
  ['status', 'Statut'],
];

/** Reasons that are to be thought of before somebody is called or pushed. */
const WARNING = /^(Au-delà de sa mobilité|Poussé sur )/;

/** Candidates with the guide's columns, paired, and the reasons why they are proposed. */
export function CandidateTable({
  labelledBy,
  tickTitle,
  candidates,
  isTickable,
  ticked,
  onTick,
  renderActions,
  sort,
}: {
  labelledBy: string;
  tickTitle: string;
  candidates: Candidate[];
  isTickable: (candidate: Candidate) => boolean;
  ticked: ReadonlySet<string>;
  onTick: (professionalId: string, on: boolean) => void;
  /** the buttons of a row; `describedBy` is the id of its header, which tells two alike buttons apart */
  renderActions: (candidate: Candidate, describedBy: string) => ReactNode;
  sort?: {
    column: CandidateColumn | undefined;
    descending: boolean;
    onSort: (column: CandidateColumn) => void;
  };
}) {
  return (
    <div className="tbl-box">
      <Table className="tbl agency" role="table" aria-labelledby={labelledBy}>
        <Table.Head role="rowgroup">
          <Table.Row role="row">
            <Table.HeaderCell role="columnheader">{tickTitle}</Table.HeaderCell>
            {COLUMNS.map(([column, title]) => (
              <Table.HeaderCell
                key={title}
                role="columnheader"
                {...(sort && column
                  ? {
                      sort: sort.column === column ? (sort.descending ? 'descending' : 'ascending') : 'none',
                      onClick: () => sort.onSort(column),
                    }
                  : {})}
              >
                {title}
              </Table.HeaderCell>
            ))}
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
              tickable={isTickable(one)}
              ticked={ticked.has(one.professionalId)}
              onTick={(on) => onTick(one.professionalId, on)}
              renderActions={(describedBy) => renderActions(one, describedBy)}
            />
          ))}
        </Table.Body>
      </Table>
    </div>
  );
}

function CandidateRow({
  candidate,
  tickable,
  ticked,
  onTick,
  renderActions,
}: {
  candidate: Candidate;
  tickable: boolean;
  ticked: boolean;
  onTick: (on: boolean) => void;
  renderActions: (describedBy: string) => ReactNode;
}) {
  const reference = useReference().data;
  const id = `candidat-${candidate.professionalId}`;
  return (
    <Table.Row role="row" className="card candidate">
      <Table.Cell role="cell" className={tickable ? 'col-tick' : 'col-tick off'}>
        {tickable && (
          <Checkbox
            aria-label={name(candidate)}
            checked={ticked}
            onChange={(event) => onTick(event.target.checked)}
          />
        )}
      </Table.Cell>
      <Table.HeaderCell scope="row" role="rowheader" id={id}>
        {name(candidate)}
        {/* the profession is the mission's own; a speciality may tell one from another */}
        {candidate.speciality && (
          <span className="sub">
            {professionLabel(reference, candidate.profession, candidate.speciality)}
          </span>
        )}
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
          {/* a wish that is met is among the reasons already */}
          {[
            ...new Set([
              ...candidate.reasons,
              ...(candidate.vehicle ? ['Véhicule personnel'] : []),
              ...(candidate.nursingHome ? ['Expérience en EHPAD'] : []),
              ...(candidate.intensiveCare ? ['Expérience en réanimation'] : []),
            ]),
          ].map((one) => (
            <li key={one} className={WARNING.test(one) ? 'weak' : undefined}>
              {one}
            </li>
          ))}
        </ul>
      </Table.Cell>
      <Table.Cell role="cell">
        <ul className="marks">
          <li>
            <Tag data-color={STATUS[candidate.status].color}>{STATUS[candidate.status].label}</Tag>
            {candidate.heldUntil && (
              <span className="sub num">
                {candidate.heldByOther && 'contacté par un autre établissement, '}jusqu’au{' '}
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
          {candidate.emailUndeliverable && <li className="sub">courriels non remis : à appeler</li>}
          {candidate.possibleDuplicate && <li className="sub">doublon possible</li>}
        </ul>
      </Table.Cell>
      <Table.Cell role="cell">
        <div className="acts">{renderActions(id)}</div>
      </Table.Cell>
    </Table.Row>
  );
}

/** Nobody answers the criteria: the guide's message, and who would with something less. */
export function Nobody({
  nearMisses,
  open,
}: {
  nearMisses: { reason: string; count: number }[];
  /** whether the mission still looks for people */
  open: boolean;
}) {
  return (
    <div className="stack g-s">
      <p>
        {open
          ? 'Aucun candidat ne répond aux critères de la mission.'
          : 'Cette mission n’est plus ouverte, et personne n’y a été contacté, affecté ou poussé.'}
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

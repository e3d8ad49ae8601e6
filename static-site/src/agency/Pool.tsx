import { useState } from 'react';
import { Field, Label, Select, Table, Tag } from '@digdir/designsystemet-react';
import { answer, api, type Schemas } from '../api/client';
import { professionLabel, useReference, type Reference } from '../api/reference';
import { count, frenchInstant, frenchPeriod, today } from '../ui/format';
import { Empty, FaultNotice, Loading } from '../ui/Notice';
import { Pager, usePages } from '../ui/pages';
import { RegionPage, type RegionCode } from './region';

type Person = Schemas['RegionProfessional'];

const SIZE = 20;

const MOBILITY: Record<Person['mobility'][number], string> = {
  LOCAL: 'locale',
  DEPARTMENTAL: 'départementale',
  NATIONAL: 'nationale',
};

/** The volunteers of a region. */
export function Component() {
  return (
    <RegionPage
      title="Vivier"
      lead="Les professionnels qui souhaitent être mobilisés dans la région. Chaque page consultée est inscrite au journal des accès."
    >
      {(region) => <Pool region={region} />}
    </RegionPage>
  );
}

function Pool({ region }: { region: RegionCode }) {
  const reference = useReference();
  const [profession, setProfession] = useState('');
  const [available, setAvailable] = useState('');
  const { query, ...pages } = usePages<Person>(['pool', region, profession, available], SIZE, (cursor) =>
    answer(
      api.GET('/api/regions/{code}/professionals', {
        params: {
          path: { code: region },
          query: {
            ...(profession ? { profession } : {}),
            ...(available === 'engaged'
              ? { engaged: true }
              : available
                ? { available: available === 'true' }
                : {}),
            ...(cursor ? { cursor } : {}),
            limit: SIZE,
          },
        },
      }),
    ),
  );
  const people = query.data?.items ?? [];
  return (
    <>
      <div className="filters" role="search" aria-label="Filtres du vivier">
        <Field>
          <Label>Profession</Label>
          <Select value={profession} onChange={(event) => setProfession(event.target.value)}>
            <Select.Option value="">Toutes les professions</Select.Option>
            {reference.data?.professions.map(({ code, label }) => (
              <Select.Option key={code} value={code}>
                {label}
              </Select.Option>
            ))}
          </Select>
        </Field>
        <Field>
          <Label>Disponibilité</Label>
          <Select value={available} onChange={(event) => setAvailable(event.target.value)}>
            <Select.Option value="">Disponibles ou non</Select.Option>
            <Select.Option value="true">Disponibles</Select.Option>
            <Select.Option value="false">Indisponibles</Select.Option>
            <Select.Option value="engaged">Affectés</Select.Option>
          </Select>
        </Field>
      </div>
      <p role="status" className="small muted num">
        {query.isSuccess &&
          people.length > 0 &&
          `${count(people.length, 'professionnel')} sur cette page${query.isPlaceholderData ? ', mise à jour en cours' : ''}`}
      </p>
      {query.isPending && <Loading what="Chargement du vivier" />}
      {query.isError && <FaultNotice fault={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && people.length === 0 && (
        <Empty title="Aucun professionnel">
          <p>
            {profession || available
              ? 'Personne ne correspond à ces filtres dans la région.'
              : 'Personne ne s’est encore inscrit pour cette région.'}
          </p>
        </Empty>
      )}
      {people.length > 0 && (
        <div className="tbl-box">
          <Table className="tbl agency" role="table" aria-label="Vivier">
            <Table.Head role="rowgroup">
              <Table.Row role="row">
                <Table.HeaderCell role="columnheader">Professionnel</Table.HeaderCell>
                <Table.HeaderCell role="columnheader">Profession</Table.HeaderCell>
                <Table.HeaderCell role="columnheader">Résidence et mobilité</Table.HeaderCell>
                <Table.HeaderCell role="columnheader">Disponibilités</Table.HeaderCell>
                <Table.HeaderCell role="columnheader">Critères</Table.HeaderCell>
                <Table.HeaderCell role="columnheader">Situation</Table.HeaderCell>
              </Table.Row>
            </Table.Head>
            <Table.Body role="rowgroup">
              {people.map((person) => (
                <PersonRow key={person.professionalId} person={person} reference={reference.data} />
              ))}
            </Table.Body>
          </Table>
        </div>
      )}
      <Pager {...pages} label="Pages du vivier" />
    </>
  );
}

function PersonRow({ person, reference }: { person: Person; reference: Reference | undefined }) {
  const criteria = [
    person.nursingHome && 'EHPAD',
    person.intensiveCare && 'réanimation',
    person.vehicle && 'véhicule',
  ].filter((one) => one !== false);
  return (
    <Table.Row role="row" className="card">
      <Table.HeaderCell scope="row" role="rowheader">
        {person.lastName} {person.firstName}
      </Table.HeaderCell>
      <Table.Cell role="cell">{professionLabel(reference, person.profession, person.speciality)}</Table.Cell>
      <Table.Cell role="cell">
        <span className="num">{person.postalCode}</span> {person.city}
        <span className="sub">
          mobilité {person.mobility.map((one) => MOBILITY[one]).join(', ') || MOBILITY.LOCAL}
        </span>
      </Table.Cell>
      <Table.Cell role="cell" className="num">
        {person.availabilities.map((period) => (
          <span key={`${period.start}-${period.end}-${period.weekend}`} className="line">
            {frenchPeriod(period.start, period.end)}
            {period.weekdays !== period.weekend && (
              <span className="sub">{period.weekend ? 'week-ends seulement' : 'en semaine seulement'}</span>
            )}
          </span>
        ))}
      </Table.Cell>
      <Table.Cell role="cell" className={criteria.length === 0 ? 'off' : ''}>
        {criteria.length > 0 ? (
          <ul className="chips">
            {criteria.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        ) : (
          <span className="muted">aucun</span>
        )}
      </Table.Cell>
      <Table.Cell role="cell">
        <ul className="marks">
          {person.engagement && (
            <li>
              <Tag data-color="accent">Affecté</Tag>
              <span className="sub num">
                {frenchPeriod(person.engagement.start, person.engagement.end)}
                {person.engagement.establishment && `, ${person.engagement.establishment}`}
              </span>
            </li>
          )}
          {/* who works today is not to be called today */}
          {!(person.available && person.engagement && person.engagement.start <= today()) && (
            <li>
              <Tag data-color={person.available ? 'success' : 'neutral'}>
                {person.available ? 'Disponible' : 'Indisponible'}
              </Tag>
            </li>
          )}
          {person.heldUntil && (
            <li>
              <Tag data-color="warning">Contacté</Tag>
              <span className="sub num">
                par un établissement, jusqu’au {frenchInstant(person.heldUntil)}
              </span>
            </li>
          )}
          {!person.emailConfirmed && (
            <li>
              <Tag data-color="neutral">Courriel non confirmé</Tag>
            </li>
          )}
          {person.emailUndeliverable && (
            <li>
              <Tag data-color="warning">Courriels non remis</Tag>
            </li>
          )}
          {person.possibleDuplicate && (
            <li>
              <Tag data-color="warm">Doublon possible</Tag>
              <span className="sub">une autre fiche porte le même identifiant</span>
            </li>
          )}
        </ul>
      </Table.Cell>
    </Table.Row>
  );
}

import { Fragment, useEffect, useRef } from 'react';
import { Dialog, Heading, Link } from '@digdir/designsystemet-react';
import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client';
import { professionLabel, regionName, useReference } from '../api/reference';
import { frenchInstant, frenchPeriod, frenchPhone } from '../ui/format';
import { FaultNotice, Loading } from '../ui/Notice';
import { MOBILITY, name, type Candidate } from './candidates';

const DOCUMENTS = [
  ['IDENTITY', 'Pièce d’identité'],
  ['DIPLOMA', 'Diplôme'],
] as const;

/** A candidate's sheet; each look is an entry of their journal. */
export function SheetDialog({
  missionId,
  candidate,
  onClose,
}: {
  missionId: string;
  candidate: Candidate;
  onClose: () => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const reference = useReference().data;
  const query = useQuery({
    queryKey: ['candidate', missionId, candidate.professionalId],
    queryFn: () =>
      answer(
        api.GET('/api/missions/{id}/candidates/{professionalId}', {
          params: { path: { id: missionId, professionalId: candidate.professionalId } },
        }),
      ),
    // the documents' links live for five minutes
    gcTime: 0,
    staleTime: Infinity,
  });
  const sheet = query.data;
  return (
    <Dialog open placement="right" closeButton="Fermer" onClose={onClose} aria-labelledby="fiche">
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
          <dt>Identifiant</dt>
          <dd className="num">
            {sheet.identifier ? `${sheet.identifierType} ${sheet.identifier}` : 'Sans identifiant'}
            {sheet.possibleDuplicate && ', présent sur une autre fiche : à vérifier'}
          </dd>
          {sheet.identityCheck && (
            <>
              <dt>Identité</dt>
              <dd className="num">
                {sheet.identityCheck.result === 'VERIFIED' ? 'vérifiée' : 'rejetée'} le{' '}
                {frenchInstant(sheet.identityCheck.at)}
              </dd>
            </>
          )}
          <dt>Type d’activité</dt>
          <dd>{reference?.activityTypes.find(({ code }) => code === sheet.activityType)?.label}</dd>
          <dt>Domicile</dt>
          <dd className="num">
            {sheet.postalCode} {sheet.city}
          </dd>
          <dt>Mobilité</dt>
          <dd>{sheet.mobility.map((one) => MOBILITY[one]).join(', ') || MOBILITY.LOCAL}</dd>
          <dt>Expérience et moyens</dt>
          <dd>
            {[
              sheet.nursingHome && 'EHPAD',
              sheet.intensiveCare && 'réanimation',
              sheet.vehicle && 'véhicule personnel',
              sheet.vaccination && 'vaccination',
            ]
              .filter(Boolean)
              .join(', ') || 'non indiqué'}
          </dd>
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
              <dd className="wrapping">
                {sheet.email}
                {!sheet.emailConfirmed && ' (non confirmé)'}
                {sheet.emailUndeliverable && ' (nos courriels ne sont pas remis)'}
              </dd>
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
              <span key={one.start + one.end} className="line num">
                {frenchPeriod(one.start, one.end)}
                {one.weekdays && one.weekend
                  ? ', semaine et week-end'
                  : one.weekend
                    ? ', week-end'
                    : one.weekdays && ', semaine'}
              </span>
            ))}
          </dd>
          {sheet.message && (
            <>
              <dt>Message</dt>
              <dd className="wrapping">{sheet.message}</dd>
            </>
          )}
          {!sheet.heldByOther &&
            DOCUMENTS.map(([kind, title]) => {
              const file = sheet.documents?.find((one) => one.kind === kind);
              return (
                <Fragment key={kind}>
                  <dt>{title}</dt>
                  <dd className="wrapping">
                    {file ? (
                      <Link href={file.url} target="_blank" rel="noreferrer">
                        {file.fileName}
                      </Link>
                    ) : (
                      'Aucun document'
                    )}
                  </dd>
                </Fragment>
              );
            })}
        </dl>
      )}
    </Dialog>
  );
}

import { Fragment, useEffect, useRef, useState } from 'react';
import { Button, Dialog, Heading, Link } from '@digdir/designsystemet-react';
import { useQuery } from '@tanstack/react-query';
import { answer, api, idempotencyKey, type Schemas } from '../api/client';
import { professionLabel, regionName, useReference } from '../api/reference';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { frenchInstant, frenchPeriod, frenchPhone } from '../ui/format';
import { FaultNotice, Loading } from '../ui/Notice';
import { MOBILITY, name, type Candidate } from './candidates';

const DOCUMENTS = [
  ['IDENTITY', 'Pièce d’identité'],
  ['DIPLOMA', 'Diplôme'],
] as const;

type Sheet = Schemas['CandidateSheet'];
type Result = Schemas['IdentityResult'];

/** Why contact details are not shown (R14). */
function hiddenBecause({ shown, heldByOther }: Sheet): string {
  if (shown === 'NAME_AND_STATE') {
    return 'La fiche n’est plus affichée : cette personne n’est plus proposée pour la mission, ou la mission n’est plus ouverte.';
  }
  return heldByOther
    ? 'Masquées : un autre établissement a contacté cette personne.'
    : 'Masquées : cette personne relève d’une autre région.';
}

/** Whether the reader is the one to check the documents: who holds or affects the person, or their agency (R28). */
function isToCheck(sheet: Sheet, byAgency: boolean): boolean {
  return (
    sheet.shown === 'FULL' &&
    (sheet.documents ?? []).length > 0 &&
    (byAgency || sheet.status === 'CONTACTED' || sheet.status === 'AFFECTED')
  );
}

/** A candidate's sheet; each look is an entry of their journal. */
export function SheetDialog({
  missionId,
  candidate,
  byAgency = false,
  onClose,
}: {
  missionId: string;
  candidate: Candidate;
  /** whether an agency or the national level looks */
  byAgency?: boolean;
  onClose: () => void;
}) {
  const [checking, setChecking] = useState<Result>();
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
  if (sheet && checking) {
    return (
      <CheckDialog
        sheet={sheet}
        result={checking}
        onChecked={() => void query.refetch()}
        onClose={() => setChecking(undefined)}
      />
    );
  }
  return (
    <Dialog open placement="right" closeButton="Fermer" onClose={onClose} aria-labelledby="fiche">
      <Heading level={2} data-size="xs" id="fiche" ref={heading} tabIndex={-1}>
        {name(candidate)}
      </Heading>
      {query.isPending && <Loading what="Chargement de la fiche" />}
      {query.isError && <FaultNotice fault={query.error} onRetry={() => void query.refetch()} />}
      {sheet?.shown === 'NAME_AND_STATE' && (
        <dl className="sheet">
          <dt>État</dt>
          <dd>{sheet.reasons[0]}</dd>
          <dt>Coordonnées</dt>
          <dd>{hiddenBecause(sheet)}</dd>
        </dl>
      )}
      {sheet && sheet.shown !== 'NAME_AND_STATE' && (
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
                {sheet.identityCheck.result === 'VERIFIED' ? 'Identité vérifiée' : 'Pièce non conforme'} le{' '}
                {frenchInstant(sheet.identityCheck.at)} par {sheet.identityCheck.by}
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
          {sheet.shown !== 'FULL' ? (
            <>
              <dt>Coordonnées</dt>
              <dd>{hiddenBecause(sheet)}</dd>
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
            {sheet.availabilities?.map((one) => (
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
          {sheet.shown === 'FULL' &&
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
                    ) : sheet.documentsWithheld ? (
                      `Non affiché aujourd’hui${kind === 'DIPLOMA' ? ', s’il y en a un' : ''}`
                    ) : sheet.identityCheck ? (
                      'Supprimé après la vérification'
                    ) : (
                      'Aucun document'
                    )}
                  </dd>
                </Fragment>
              );
            })}
        </dl>
      )}
      {sheet?.documentsWithheld && (
        <p className="note identity">
          Vous avez ouvert aujourd’hui autant de documents que Renfort le permet en un jour : ceux de cette
          fiche seront affichés demain. Les coordonnées restent visibles.
        </p>
      )}
      {sheet && isToCheck(sheet, byAgency) && (
        <div className="stack g-s identity">
          <p className="small">
            Une fois la pièce d’identité vérifiée, dites-le ici : les documents sont alors supprimés, et
            personne n’a plus à les ouvrir.
          </p>
          <div className="row">
            <Button data-size="sm" onClick={() => setChecking('VERIFIED')}>
              Pièce conforme
            </Button>
            <Button data-size="sm" variant="secondary" onClick={() => setChecking('REJECTED')}>
              Pièce non conforme
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

/** Asks before a check is recorded: the documents go with it. */
function CheckDialog({
  sheet,
  result,
  onChecked,
  onClose,
}: {
  sheet: Sheet;
  result: Result;
  onChecked: () => void;
  onClose: () => void;
}) {
  const isVerified = result === 'VERIFIED';
  const [key] = useState(idempotencyKey);
  return (
    <ConfirmDialog
      title={`${isVerified ? 'Pièce conforme' : 'Pièce non conforme'} : ${name(sheet)}`}
      action={isVerified ? 'Confirmer la pièce conforme' : 'Confirmer la pièce non conforme'}
      danger={!isVerified}
      onConfirm={async () => {
        await answer(
          api.POST('/api/professionals/{id}/identity-check', {
            params: { path: { id: sheet.professionalId }, header: { 'Idempotency-Key': key } },
            body: { result },
          }),
        );
        onChecked();
      }}
      onClose={onClose}
    >
      <p>
        Les documents de cette fiche sont supprimés définitivement. Le résultat, sa date et le nom de votre
        structure restent sur la fiche.
      </p>
      {!isVerified && (
        <p>Un courriel demande à la personne d’envoyer une autre pièce d’identité ; sa candidature reste.</p>
      )}
    </ConfirmDialog>
  );
}

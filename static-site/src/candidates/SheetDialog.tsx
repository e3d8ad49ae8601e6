import { useEffect, useRef } from 'react';
import { Dialog, Heading, Link } from '@digdir/designsystemet-react';
import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../api/client';
import { professionLabel, regionName, useReference } from '../api/reference';
import { frenchPeriod, frenchPhone } from '../ui/format';
import { FaultNotice, Loading } from '../ui/Notice';
import { name, type Candidate } from './candidates';

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
              <span key={one.start + one.end} className="line num">
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
                  <Link key={one.url} className="line" href={one.url} target="_blank" rel="noreferrer">
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

import { professionLabel, regionName, useReference } from '../api/reference';
import type { Schemas } from '../api/client';
import { MOBILITY } from '../candidates/candidates';
import { ExportPage, Facts, Journal, Mails, Rows } from '../ui/ExportPage';
import { frenchDate, frenchInstant, frenchPeriod, frenchPhone } from '../ui/format';
import { inWords } from './OwnCandidacies';
import { readExport } from './OwnData';

type Export = Schemas['ProfessionalExport'];

const KINDS = { IDENTITY: 'Pièce d’identité', DIPLOMA: 'Diplôme' };

/** Looks at the sheet, its documents and its journal: who had it before their eyes. */
const LOOKS = new Set(['CANDIDATE_SEEN', 'DOCUMENT_SEEN']);

/** What was asked of the person. */
const SOLICITATIONS = new Set(['CONTACTED', 'PUSHED', 'AFFECTED']);

/** All that is held on a volunteer, in words. */
export function Component() {
  return (
    <ExportPage read={readExport} back="/professionnel/donnees">
      {(whole) => <Whole whole={whole} />}
    </ExportPage>
  );
}

function Whole({ whole }: { whole: Export }) {
  const { data: reference } = useReference();
  const { account, profile, consent, candidacies, lists, journal, mails } = whole;
  const places = new Map(
    candidacies.map(({ missionId, establishment, city }) => [missionId, `${establishment}, ${city}`]),
  );
  const mission = (id: string) => places.get(id);
  const yes = (value: boolean) => (value ? 'oui' : 'non');
  const registered = journal.find(({ action }) => action === 'REGISTERED');
  return (
    <>
      <Facts
        id="identite"
        title="Identité et coordonnées"
        facts={[
          ['Nom', profile.lastName],
          ['Prénom', profile.firstName],
          ['Courriel', `${profile.email} (${profile.emailConfirmed ? 'confirmé' : 'non confirmé'})`],
          ['Téléphone', frenchPhone(profile.phone)],
          ['Domicile', `${profile.postalCode} ${profile.city}`],
          ['Profession', professionLabel(reference, profile.profession, profile.speciality || undefined)],
          [
            'Identifiant',
            profile.identifier ? `${profile.identifierType} ${profile.identifier}` : 'sans identifiant',
          ],
          [
            'Type d’activité',
            reference?.activityTypes.find(({ code }) => code === profile.activityType)?.label,
          ],
          ['Employeur', profile.employer],
          ['Numéro interne du compte', account.accountId],
        ]}
      />
      <Facts
        id="inscription"
        title="Inscription"
        facts={[
          ['Référence de la fiche', profile.reference],
          ['Inscription', registered && frenchInstant(registered.at)],
          ['Consentement donné', frenchInstant(consent.at)],
          ['Disponible', yes(profile.available)],
          ['Région souhaitée', regionName(reference, profile.region)],
          ['Mobilité', profile.mobility.map((one) => MOBILITY[one]).join(', ') || MOBILITY.LOCAL],
          [
            'Disponibilités',
            profile.availabilities
              .map(({ start, end, weekdays, weekend }) =>
                [
                  frenchPeriod(start, end),
                  weekdays && !weekend ? 'en semaine' : weekend && !weekdays ? 'le week-end' : undefined,
                ]
                  .filter(Boolean)
                  .join(', '),
              )
              .join('\n'),
          ],
          ['Véhicule personnel', yes(profile.vehicle)],
          ['Expérience en EHPAD', yes(profile.nursingHome)],
          ['Expérience en réanimation', yes(profile.intensiveCare)],
          ['Aide pour la vaccination', yes(profile.vaccination)],
          ['Message', profile.message],
        ]}
      />
      <Rows
        id="documents"
        title="Documents"
        none="Aucun document."
        columns={['Type', 'Nom du fichier', 'État']}
        rows={profile.documents}
        cells={({ kind, fileName, checked }) => [
          KINDS[kind],
          fileName,
          checked ? 'vérifié, fichier supprimé' : 'gardé',
        ]}
      />
      <Rows
        id="candidatures"
        title="Candidatures"
        none="Aucune candidature."
        columns={['Mission', 'Établissement', 'Où cela en est']}
        rows={candidacies}
        cells={(candidacy) => [
          frenchPeriod(candidacy.start, candidacy.end),
          `${candidacy.establishment}, ${candidacy.city}`,
          inWords(candidacy),
        ]}
      />
      <Journal
        id="sollicitations"
        title="Sollicitations"
        lead="Les contacts, propositions et affectations dont vous avez été l’objet."
        none="Personne ne vous a sollicité."
        entries={journal.filter(({ action }) => SOLICITATIONS.has(action))}
        mission={mission}
      />
      <Journal
        id="consultations"
        title="Qui a consulté votre fiche ou vos documents"
        none="Personne n’a consulté votre fiche."
        entries={journal.filter(({ action }) => LOOKS.has(action))}
        mission={mission}
      />
      <Rows
        id="listes"
        title="Qui vous a vu dans une liste"
        lead="Une ligne par jour et par établissement ou agence."
        none="Vous n’avez figuré dans aucune liste consultée."
        columns={['Jour', 'Par qui']}
        rows={lists}
        cells={({ date, by }) => [frenchDate(date), by]}
      />
      <Journal
        id="historique"
        title="Historique du compte et de la fiche"
        none="Aucune modification."
        entries={journal.filter(({ action }) => !SOLICITATIONS.has(action) && !LOOKS.has(action))}
        mission={mission}
      />
      <Mails mails={mails} />
    </>
  );
}

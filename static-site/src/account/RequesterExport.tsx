import { professionLabel, regionName, useReference } from '../api/reference';
import type { Schemas } from '../api/client';
import { ExportPage, Facts, Journal, Mails, Rows } from '../ui/ExportPage';
import { frenchPeriod, frenchPhone } from '../ui/format';
import { readExport } from './RequesterData';

type Export = Schemas['RequesterExport'];

const STATUS: Record<Schemas['Mission']['status'], string> = {
  DRAFT: 'brouillon',
  OPEN: 'ouverte',
  FILLED: 'pourvue',
  CANCELLED: 'annulée',
  ENDED: 'terminée',
};

/** All that is held on a requester, in words. */
export function Component() {
  return (
    <ExportPage read={readExport} back="/structure/donnees">
      {(whole) => <Whole whole={whole} />}
    </ExportPage>
  );
}

function Whole({ whole: { account, missions, journal, mails } }: { whole: Export }) {
  const { data: reference } = useReference();
  const { establishment } = account;
  const yes = (value: boolean) => (value ? 'oui' : 'non');
  return (
    <>
      <Facts
        id="identite"
        title="Identité et coordonnées"
        facts={[
          ['Nom', account.lastName],
          ['Prénom', account.firstName],
          ['Courriel', account.email],
          ['Téléphone', account.phone && frenchPhone(account.phone)],
          ['Numéro interne du compte', account.accountId],
        ]}
      />
      {establishment && (
        <Facts
          id="etablissement"
          title="Établissement"
          facts={[
            ['Nom', establishment.name],
            ['Numéro FINESS', establishment.finess],
            ['Adresse', `${establishment.address}, ${establishment.postalCode} ${establishment.city}`],
            ['Région', regionName(reference, establishment.region)],
            ['Vous êtes validé par l’ARS', yes(establishment.approved)],
          ]}
        />
      )}
      <Rows
        id="missions"
        title="Missions que vous avez déposées"
        none="Aucune mission."
        columns={['Dates', 'Profession', 'Personnes', 'État']}
        rows={missions}
        cells={(mission) => [
          frenchPeriod(mission.start, mission.end),
          professionLabel(reference, mission.profession, mission.speciality || undefined),
          mission.count,
          STATUS[mission.status],
        ]}
      />
      <Journal
        id="historique"
        title="Historique du compte"
        none="Aucune modification."
        entries={journal}
        mission={() => undefined}
      />
      <Mails mails={mails} />
    </>
  );
}

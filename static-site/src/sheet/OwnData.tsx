import { answer, api } from '../api/client';
import { OwnDataPage } from '../ui/OwnDataPage';

/** One answer of the export of a professional. */
export const readExport = (cursor: string | undefined) =>
  answer(api.GET('/api/professionals/me/export', { params: { query: cursor ? { cursor } : {} } }));

export function Component() {
  return (
    <OwnDataPage
      read={readExport}
      page="/professionnel/donnees/lecture"
      erase={() => answer(api.DELETE('/api/professionals/me'))}
      consequences={
        <p>
          Votre fiche et vos documents sont effacés, vos affectations libérées et les établissements concernés
          prévenus.
        </p>
      }
    />
  );
}

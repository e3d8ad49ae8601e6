import { answer, api } from '../api/client';
import { OwnDataPage } from '../ui/OwnDataPage';

/** One answer of the export of a requester. */
export const readExport = (cursor: string | undefined) =>
  answer(api.GET('/api/me/export', { params: { query: cursor ? { cursor } : {} } }));

export function Component() {
  return (
    <OwnDataPage
      read={readExport}
      page="/structure/donnees/lecture"
      erase={() => answer(api.DELETE('/api/me'))}
      consequences={
        <p>
          Votre nom, votre courriel et votre téléphone sont effacés, vos brouillons aussi. Les missions
          ouvertes restent à votre établissement.
        </p>
      }
    />
  );
}

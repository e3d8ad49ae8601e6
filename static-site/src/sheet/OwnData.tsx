import { answer, api } from '../api/client';
import { OwnDataPage } from '../ui/OwnDataPage';

export function Component() {
  return (
    <OwnDataPage
      load={() => answer(api.GET('/api/professionals/me/export'))}
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

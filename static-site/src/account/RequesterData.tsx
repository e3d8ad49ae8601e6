import { answer, api } from '../api/client';
import { OwnDataPage } from '../ui/OwnDataPage';

export function Component() {
  return (
    <OwnDataPage
      load={() => answer(api.GET('/api/me/export'))}
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

import { Button } from '@digdir/designsystemet-react';
import { Link } from 'react-router';
import { Page } from './Page';

/** There is no such page. */
export function Missing() {
  return (
    <Page title="Page introuvable" lead="L’adresse est peut-être incomplète, ou la page n’existe plus.">
      <Button asChild variant="secondary" className="fit">
        <Link to="/">Revenir à l’accueil</Link>
      </Button>
    </Page>
  );
}

/** A page broke, or could not be loaded because the network is cut. */
export function Broken() {
  return (
    <Page
      title="La page ne s’est pas affichée"
      lead="Vérifiez votre connexion. Si le problème dure, revenez un peu plus tard."
    >
      <Button className="fit" onClick={() => location.reload()}>
        Recharger la page
      </Button>
    </Page>
  );
}

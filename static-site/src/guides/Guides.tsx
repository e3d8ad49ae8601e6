import { Button, Heading } from '@digdir/designsystemet-react';
import { Link } from 'react-router';
import { Page } from '../ui/Page';
import './guides.css';

export function Component() {
  return (
    <Page
      title="Guides d’utilisation"
      lead="Tout ce que fait la plateforme, écran par écran. Chaque guide s’imprime."
    >
      <div className="grid2">
        <section className="panel stack" aria-labelledby="guide-professionnels">
          <Heading level={2} data-size="2xs" id="guide-professionnels">
            Guide d’utilisation pour les professionnels
          </Heading>
          <p>Créer et activer son compte, tenir sa fiche à jour, suivre sa proposition de renfort.</p>
          <Button asChild variant="secondary" className="fit">
            <Link to="/guides/professionnels">Lire le guide des professionnels</Link>
          </Button>
        </section>
        <section className="panel stack" aria-labelledby="guide-etablissements">
          <Heading level={2} data-size="2xs" id="guide-etablissements">
            Mode opératoire des demandes de renforts
          </Heading>
          <p>Déposer un besoin, trouver et contacter des candidats, valider ou refuser leurs candidatures.</p>
          <Button asChild variant="secondary" className="fit">
            <Link to="/guides/etablissements">Lire le guide des établissements</Link>
          </Button>
        </section>
      </div>
    </Page>
  );
}

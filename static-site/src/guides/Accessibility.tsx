import { Page } from '../ui/Page';
import { Prose } from './Prose';
import './guides.css';
import { operator } from './operator';

export function Component() {
  return (
    <Page title="Déclaration d’accessibilité">
      <div className="panel">
        <Prose>
          <h2>État de conformité</h2>
          <p>
            Le référentiel applicable est le RGAA 4.1. Aucun audit complet par une personne habilitée n’a
            encore eu lieu : au sens du référentiel, le site est donc déclaré <strong>non conforme</strong>.
            Ce qui suit dit ce qui a été vérifié, et ce qui ne l’a pas été.
          </p>
          <h2>Ce qui est vérifié à chaque version</h2>
          <ul>
            <li>
              Les règles automatiques d’axe (WCAG 2.0 à 2.2, niveaux A et AA, et bonnes pratiques), dans le
              navigateur Chromium, dans les états que les tests font prendre aux pages : aucune erreur n’est
              admise.
            </li>
            <li>L’absence de défilement horizontal à 360 pixels de large, sur les pages essayées.</li>
            <li>
              La place du focus après une erreur, à l’ouverture et à la fermeture d’une fenêtre, et à
              l’arrivée sur une page.
            </li>
          </ul>
          <h2>Ce qui n’a pas été vérifié</h2>
          <ul>
            <li>Les lecteurs d’écran (NVDA, JAWS, VoiceOver, TalkBack) et les plages braille.</li>
            <li>Les navigateurs Firefox et Safari.</li>
            <li>
              Les documents que les professionnels déposent, dont le contenu n’est pas du ressort du site.
            </li>
          </ul>
          <h2>Établissement de cette déclaration</h2>
          <p>Cette déclaration a été établie le 22/11/2026, d’après les tests automatiques du site.</p>
          <h2>Retour et contact</h2>
          <p>
            Si vous n’arrivez pas à accéder à un contenu ou à un service, écrivez à{' '}
            <a href={`mailto:${operator.contact}`}>{operator.contact}</a> pour être orienté vers une autre
            manière de faire.
          </p>
          <h2>Voies de recours</h2>
          <p>
            Si un défaut d’accessibilité vous empêche d’accéder à un contenu ou à un service, que vous nous
            l’avez signalé et que vous n’avez pas obtenu de réponse satisfaisante, vous pouvez saisir le{' '}
            <a href="https://www.defenseurdesdroits.fr/">Défenseur des droits</a>.
          </p>
        </Prose>
      </div>
    </Page>
  );
}

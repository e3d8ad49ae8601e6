import { Page } from '../ui/Page';
import { Prose } from './Prose';
import './guides.css';
import { operator } from './operator';

export function Component() {
  return (
    <Page title="Mentions légales">
      <div className="panel">
        <Prose>
          <h2>Éditeur</h2>
          <p>
            <strong>{operator.name}</strong>
          </p>
          <p>{operator.status}</p>
          <p>
            Contact : <a href={`mailto:${operator.contact}`}>{operator.contact}</a>
          </p>
          <h2>Hébergement</h2>
          <p>{operator.host}</p>
          <h2>Objet</h2>
          <p>
            Renfort met en relation, pendant une crise sanitaire, des professionnels volontaires et des
            structures sanitaires, sociales et médico-sociales. Ce n’est pas une plateforme d’emploi.
          </p>
          <h2>Données et logiciels de tiers</h2>
          <ul>
            <li>
              Communes et codes postaux : découpage administratif d’Etalab, d’après l’INSEE, la DGCL et La
              Poste, sous Licence Ouverte 2.0. Positions : <a href="https://www.geonames.org/">GeoNames</a>,
              sous licence CC BY 4.0. Ces données ont été réduites et rapprochées par nom.
            </li>
            <li>Professions et spécialités : nomenclatures de l’Agence du Numérique en Santé.</li>
            <li>
              Caractère Figtree, sous licence SIL OFL. Composants Designsystemet et icônes Aksel, sous licence
              MIT.
            </li>
          </ul>
        </Prose>
      </div>
    </Page>
  );
}

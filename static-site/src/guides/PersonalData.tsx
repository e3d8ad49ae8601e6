import { Page } from '../ui/Page';
import { Prose } from './Prose';
import { Kept } from '../ui/Kept';
import './guides.css';
import { operator } from './operator';

export function Component() {
  return (
    <Page
      title="Données personnelles"
      lead="Ce qui est gardé, pourquoi, pour qui, combien de temps, et ce que vous pouvez faire."
    >
      <div className="panel">
        <Prose>
          <h2>Pourquoi</h2>
          <p>
            Pour proposer des volontaires aux structures qui ont besoin de renfort pendant une crise
            sanitaire, et pour rien d’autre. Les professionnels s’inscrivent avec leur accord, qu’ils retirent
            en effaçant leur compte.
          </p>
          <h2>Quelles données</h2>
          <ul>
            <li>
              <strong>Professionnels</strong> : identité, courriel, téléphone, région, profession, numéro RPPS
              ou ADELI, type d’activité, employeur, code postal et ville, expériences, disponibilités,
              mobilité, message, pièce d’identité et diplôme.
            </li>
            <li>
              <strong>Demandeurs</strong> : identité, courriel, téléphone, établissement, missions déposées.
            </li>
            <li>
              <strong>Tous</strong> : un journal des actions, sans texte ni coordonnées, que personne ne peut
              modifier.
            </li>
          </ul>
          <h2>Qui les voit</h2>
          <ul>
            <li>
              Les demandeurs validés par leur ARS voient les candidats qui correspondent à leurs missions.
              Ceux qui ne le sont pas ne voient personne.
            </li>
            <li>Les ARS voient le vivier de leur région, et le niveau national celui de toutes.</li>
            <li>
              Quand un établissement vous a contacté, les autres ne voient plus ni vos coordonnées, ni votre
              employeur, ni vos documents.
            </li>
            <li>
              Chaque consultation de votre fiche ou de vos documents est tracée, et chaque jour où vous
              figurez dans une liste ; « Mes données » dit quel établissement ou quelle agence a regardé.
            </li>
          </ul>
          <h2>Combien de temps</h2>
          <table>
            <thead>
              <tr>
                <th scope="col">Donnée</th>
                <th scope="col">Durée</th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">Fiche d’un professionnel</th>
                <td>
                  <Kept name="dormantDays" /> après le dernier contact (inscription, connexion, modification,
                  contact avec un établissement) ; un courriel l’annonce <Kept name="noticeDays" /> avant, et
                  une connexion suffit pour la garder
                </td>
              </tr>
              <tr>
                <th scope="row">Fiche dont l’adresse n’est pas confirmée</th>
                <td>
                  Rappel par courriel après <Kept name="unconfirmedReminderDays" />, hors du vivier après{' '}
                  <Kept name="unconfirmedHiddenDays" />, effacée après <Kept name="unconfirmedErasureDays" />
                </td>
              </tr>
              <tr>
                <th scope="row">Pièce d’identité et diplôme</th>
                <td>
                  Supprimés dès la vérification, dont seul le résultat est gardé ; sinon{' '}
                  <Kept name="documentDays" /> après leur dépôt, annoncé par courriel{' '}
                  <Kept name="noticeDays" /> avant
                </td>
              </tr>
              <tr>
                <th scope="row">Besoin déposé et jamais activé</th>
                <td>
                  <Kept name="draftDays" />
                </td>
              </tr>
              <tr>
                <th scope="row">Trace d’un courriel (date, objet, envoi ; jamais son texte)</th>
                <td>
                  <Kept name="mailDays" /> après l’envoi, et jamais plus longtemps que votre compte
                </td>
              </tr>
              <tr>
                <th scope="row">Lien d’activation ou de mot de passe</th>
                <td>72 h</td>
              </tr>
            </tbody>
          </table>
          <h2>Vos droits</h2>
          <p>
            Connecté, la page « Mes données » vous permet de lire, d’imprimer ou d’exporter tout ce qui est
            gardé sur vous (fiche ou compte, consentement, candidatures, consultations, courriels) et
            d’effacer votre compte, vous-même et à tout moment. Un courriel confirme l’effacement. Vous
            corrigez votre fiche à tout moment. Pour toute autre demande :{' '}
            <a href={`mailto:${operator.dataProtection}`}>{operator.dataProtection}</a>. Vous pouvez aussi
            adresser une réclamation à la <a href="https://www.cnil.fr/">CNIL</a>.
          </p>
          <h2>Cookies et stockage du navigateur</h2>
          <p>
            Deux cookies nécessaires sont déposés quand vous vous authentifiez. Celui de votre session dure 12
            h, ou 30 jours si vous gardez la session ouverte. L’autre, de 400 jours, fait reconnaître votre
            appareil par un nombre tiré au hasard, pour que les essais d’autrui ne bloquent pas votre
            connexion. Votre navigateur note aussi qu’une session a été ouverte et, si vous l’acceptez, garde
            le brouillon de votre inscription, sans les documents. Il n’y a ni mesure d’audience, ni
            publicité, ni contenu d’un tiers.
          </p>
        </Prose>
      </div>
    </Page>
  );
}

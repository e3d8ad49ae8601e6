import { Link } from 'react-router';
import { Kept } from '../ui/Kept';
import { Guide, type Chapter } from './Guide';

const CHAPTERS: Chapter[] = [
  {
    id: 'general',
    title: 'Fonctionnement général',
    body: (
      <>
        <p>
          Renfort permet une régulation et une priorisation des besoins de renforts en situation de crise.{' '}
          <strong>Ce n’est pas une plateforme d’emploi.</strong>
        </p>
        <ul>
          <li>
            L’inscription crée un compte personnel, avec lequel vous mettez à jour vos informations et vos
            dates de disponibilité. <strong>Un seul compte par email.</strong>
          </li>
          <li>Un bouton « Disponible » permet d’actualiser votre statut en un geste.</li>
          <li>
            Les établissements déposent leurs besoins et accèdent aux candidatures qui répondent à leurs
            critères, soit de manière directe, soit après priorisation des agences régionales de santé (ARS)
            en gestion de crise avancée.
          </li>
          <li>
            <strong>C’est à l’établissement de contacter le professionnel.</strong> Un seul établissement peut
            vous contacter à la fois.
          </li>
          <li>
            Le candidat retenu reçoit un email reprenant l’accord de la mission lors de la validation de
            l’accord par l’établissement.
          </li>
        </ul>
      </>
    ),
  },
  {
    id: 'creer',
    title: 'Je n’ai pas de compte : créer son compte',
    body: (
      <>
        <p>
          Sur la page d’accueil, choisissez « Je suis un professionnel disponible pour travailler en renfort
          », puis « Je n’ai pas de compte », ou ouvrez directement{' '}
          <Link to="/professionnel/inscription">le formulaire d’inscription</Link>. Renseignez au minimum tous
          les champs marqués d’une étoile.
        </p>
        <ul>
          <li>
            <strong>Courriel</strong> : vérifiez qu’il est correct. Vous y recevrez un accusé de réception et
            le lien d’activation. Si rien n’arrive, regardez dans vos indésirables, puis vérifiez votre
            saisie.
          </li>
          <li>
            <strong>Région</strong> : celle où vous souhaitez être mobilisé en priorité. Ce n’est pas
            forcément celle où vous habitez ou étudiez. C’est cette information qui orientera votre demande.
          </li>
          <li>
            <strong>Profession</strong> : celle que vous exercez ou que vous étudiez. Le statut étudiant se
            précise dans le type d’activité. Si vous ne trouvez pas votre profession dans la liste et que vous
            avez une autorisation exceptionnelle de vacciner, choisissez « Profession éligible pour vacciner
            ».
          </li>
          <li>
            <strong>Type d’identifiant</strong> : RPPS, ADELI ou Aucun. Le numéro est vérifié pendant la
            saisie.
          </li>
          <li>
            <strong>Employeur</strong> : n’hésitez pas à mentionner votre ancien employeur si vous êtes
            retraité ou sans emploi.
          </li>
          <li>
            <strong>Code postal et ville</strong> : ils servent à vous localiser. La ville est proposée
            d’après le code postal.
          </li>
          <li>
            <strong>
              Véhicule personnel, expériences en EHPAD et en réanimation, aide pour la vaccination
            </strong>{' '}
            : cochez ce que vous possédez.
          </li>
          <li>
            <strong>Vos disponibilités</strong> : la date de début est obligatoire. Sans date de fin définie,
            laissez-la vide. Vous pouvez ajouter plusieurs périodes. « Semaine » et « Week-end » se cochent
            séparément : cochez les deux si vous êtes disponible les deux.
          </li>
          <li>
            <strong>Message</strong> : 255 caractères pour préciser votre expérience, votre mobilité, votre
            temps de trajet maximum.
          </li>
          <li>
            <strong>Mobilité</strong> : localement (ville, département, région, à préciser dans le message),
            au niveau départemental, ou au niveau national pour aller là où la demande est la plus critique,
            au-delà de votre région.
          </li>
          <li>
            <strong>Pièce d’identité</strong> (obligatoire) et <strong>diplôme</strong> : formats pdf, doc,
            docx ou jpg, 5 Mo au maximum chacun. Une photo prise avec votre téléphone est réduite avant
            l’envoi.
          </li>
        </ul>
        <p>
          Le bouton « Valider » reste indisponible tant que tous les champs obligatoires ne sont pas
          renseignés. Après validation, une fenêtre de confirmation s’ouvre. Vous recevez alors deux emails :
          l’un confirme l’enregistrement de votre candidature, l’autre permet de créer votre mot de passe.
        </p>
        <p>
          Un champ ou un document refusé est signalé en haut du formulaire et à sa place. Rien de ce que vous
          avez saisi n’est perdu : corrigez, puis cliquez de nouveau sur « Valider ». « Annuler » efface tout,
          après confirmation.
        </p>
      </>
    ),
  },
  {
    id: 'activer',
    title: 'Activer le compte et choisir le mot de passe',
    body: (
      <>
        <ol>
          <li>Vous recevez un email avec un lien d’activation, valable 72 h. Il ne sert qu’une fois.</li>
          <li>
            Définissez votre mot de passe. Il comporte au moins 12 caractères, dont une majuscule, une
            minuscule, un chiffre et un caractère spécial. Chaque règle se coche pendant la saisie.
          </li>
          <li>
            Cliquez sur « Réinitialiser le mot de passe ». La page répond : « Votre mot de passe a été
            réinitialisé. Merci de vous connecter. »
          </li>
        </ol>
        <p>Votre compte est désormais créé et validé, et votre adresse confirmée.</p>
        <p>
          Sans activation, votre fiche est proposée après celles dont l’adresse est confirmée, quitte le
          vivier au bout de <Kept name="unconfirmedHiddenDays" /> et est effacée au bout de{' '}
          <Kept name="unconfirmedErasureDays" />.
        </p>
      </>
    ),
  },
  {
    id: 'lien',
    title: 'Lien d’activation non reçu ou délai dépassé, mot de passe oublié',
    body: (
      <ol>
        <li>
          Sur la page <Link to="/connexion">S&apos;authentifier</Link>, cliquez sur « Avez-vous oublié votre
          mot de passe ou perdu/non reçu le lien d’activation ? », ou ouvrez directement{' '}
          <Link to="/mot-de-passe">cette page</Link>.
        </li>
        <li>Saisissez l’email que vous avez saisi au moment de l’inscription.</li>
        <li>Cliquez sur « Réinitialiser le mot de passe ».</li>
        <li>
          Vous recevrez dans les minutes qui suivent un email avec un lien, valide 72 h, vous permettant de
          définir votre nouveau mot de passe. Il remplace les liens reçus auparavant.
        </li>
      </ol>
    ),
  },
  {
    id: 'connexion',
    title: 'J’ai déjà un compte : se connecter',
    body: (
      <>
        <ol>
          <li>En haut de chaque page, cliquez sur « Compte », puis sur « S'authentifier ».</li>
          <li>Renseignez l’adresse email utilisée pour la création du compte et votre mot de passe.</li>
          <li>
            Cliquez sur « Connexion ». « Garder la session ouverte » vous évite de recommencer pendant 30
            jours : ne le cochez pas sur un ordinateur partagé.
          </li>
        </ol>
        <p>
          Si la session se termine pendant que vous remplissez une page, le mot de passe vous est redemandé et
          votre saisie reste en place.
        </p>
      </>
    ),
  },
  {
    id: 'fiche',
    title: 'Modifier votre fiche',
    body: (
      <>
        <p>
          Après vous être connecté, votre fiche apparaît. Vous pouvez modifier l’ensemble des champs, à
          l’exception de votre adresse email, rappelée dans le champ « Compte ».
        </p>
        <ul>
          <li>
            N’oubliez pas de cliquer sur « Valider » pour enregistrer vos modifications. « Annuler » les
            abandonne.
          </li>
          <li>
            Le bouton « Disponible » agit aussitôt. Indisponible, vous n’êtes plus proposé à personne, et
            l’établissement qui vous avait contacté est prévenu. Une affectation déjà validée n’est pas
            touchée.
          </li>
          <li>
            <strong>N’hésitez pas à remettre régulièrement votre fiche à jour</strong>, notamment vos dates de
            disponibilité : les fiches les plus récentes sont proposées d’abord.
          </li>
        </ul>
      </>
    ),
  },
  {
    id: 'suivi',
    title: 'Suivi de votre proposition de renfort',
    body: (
      <>
        <p>La page « Mes candidatures » dit où en est chaque proposition :</p>
        <table>
          <thead>
            <tr>
              <th scope="col">Étape</th>
              <th scope="col">Ce que cela veut dire</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">Poussée</th>
              <td>
                Votre ARS, ou le niveau national, a proposé votre profil à un établissement, qui devrait vous
                contacter rapidement. Vous recevez l’email « Votre candidature a été soumise à un
                établissement ».
              </td>
            </tr>
            <tr>
              <th scope="row">Contactée</th>
              <td>
                Un établissement a choisi de vous appeler. Jusqu’à l’heure indiquée (36 h, sauf réglage de
                votre région), aucun autre ne peut vous contacter. Aucun email n’est envoyé à ce moment :
                c’est l’établissement qui appelle.
              </td>
            </tr>
            <tr>
              <th scope="row">Affectée</th>
              <td>
                Après votre accord, l’établissement a validé votre candidature. Vous recevez l’email «
                Affectation sur une mission de renfort », avec les dates et l’adresse de la personne à
                joindre.
              </td>
            </tr>
          </tbody>
        </table>
        <p>
          Vous pouvez « Décliner » une proposition à chacune de ces étapes : l’établissement est prévenu par
          email, et cette mission ne vous sera plus proposée.
        </p>
      </>
    ),
  },
  {
    id: 'donnees',
    title: 'Vos données',
    body: (
      <p>
        La page « Mes données » permet de lire, d’imprimer ou d’exporter tout ce que la plateforme garde sur
        vous, y compris la liste des consultations de votre fiche, et d’effacer votre compte. Voir{' '}
        <Link to="/donnees-personnelles">Données personnelles</Link>.
      </p>
    ),
  },
];

export function Component() {
  return (
    <Guide
      title="Guide d’utilisation pour les professionnels"
      lead="Proposer son aide, tenir sa fiche à jour et suivre sa proposition de renfort."
      chapters={CHAPTERS}
    />
  );
}

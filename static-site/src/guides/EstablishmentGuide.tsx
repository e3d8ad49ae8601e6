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
          Renfort permet une régulation et une priorisation des besoins de renforts en situation de crise.
        </p>
        <ul>
          <li>
            Les établissements déposent leurs besoins et peuvent accéder aux candidatures de professionnels
            qui ont accepté de se mobiliser pour la crise en cours et répondent aux critères de leurs besoins.
          </li>
          <li>
            Cet accès se fait soit de manière directe, soit après priorisation des agences régionales de santé
            (ARS) en gestion de crise avancée. Dans ce second cas, la personne ayant déposé la demande reçoit
            un email l’informant de la mise à disposition de candidats.
          </li>
          <li>
            <strong>C’est à l’établissement de contacter le professionnel.</strong> Il est important de mettre
            à jour la suite donnée (accord ou refus du candidat), pour que le vivier reste à la disposition
            des autres établissements.
          </li>
          <li>Le candidat retenu reçoit un email lors de la validation de l’accord par l’établissement.</li>
        </ul>
      </>
    ),
  },
  {
    id: 'sans-compte',
    title: 'Je n’ai pas de compte : déposer un besoin',
    body: (
      <>
        <p>
          Sur la page d’accueil, choisissez « Je suis une structure sanitaire, sociale ou médico-sociale et
          j’ai besoin de renfort », puis « Je n’ai pas de compte », ou ouvrez directement{' '}
          <Link to="/structure/besoin">le formulaire</Link>. Ce dépôt donne aussi les informations nécessaires
          à la création de votre compte.
        </p>
        <ul>
          <li>
            <strong>Information du demandeur</strong> : nom, prénom, courriel et téléphone.
          </li>
          <li>
            <strong>Établissement</strong> : le n° FINESS géographique est obligatoire, celui du site où aura
            lieu la mission. Un code postal CEDEX est accepté. L’ARS de rattachement est proposée d’après la
            ville.
          </li>
          <li>
            <strong>Mission(s)</strong> : dates de début et de fin, profession demandée, nombre, et les
            critères facultatifs véhicule personnel, disponible week-end, expérience en EHPAD, expérience en
            réanimation. « Ajouter une mission » permet d’ajouter un autre besoin (autre période, profession
            ou critère différent), « Supprimer » d’en retirer un avant la validation.
          </li>
        </ul>
        <p>
          « Valider » devient disponible quand tous les champs marqués d’une étoile sont renseignés. « Annuler
          » annule toute la saisie, après confirmation.
        </p>
        <p>
          Vous recevez alors un email d’activation, avec un lien valable 72 h. Vos missions restent en
          brouillon jusqu’à ce que vous ayez choisi votre mot de passe ; sans cela, elles sont effacées au
          bout de <Kept name="draftDays" />.
        </p>
      </>
    ),
  },
  {
    id: 'compte',
    title: 'J’ai déjà un compte',
    body: (
      <>
        <p>
          Cliquez sur « Compte », puis sur « S'authentifier ». Après la connexion, vous accédez au tableau de
          bord des missions demandées pour votre établissement. Un clic sur le nom Renfort y ramène toujours.
        </p>
        <p>
          Un mot de passe oublié, un lien perdu ou expiré ?{' '}
          <Link to="/mot-de-passe">Demandez un nouveau lien</Link>.
        </p>
        <p>
          Les candidats vous sont montrés une fois que votre ARS a validé votre accès, ou l’avait annoncé.
          Jusque-là, le tableau de bord indique seulement combien de professionnels, au moins, correspondent.
        </p>
      </>
    ),
  },
  {
    id: 'tableau',
    title: 'Le tableau de bord',
    body: (
      <>
        <ul>
          <li>
            <strong>Nombre</strong> : le nombre de postes qui ont déjà trouvé un candidat, sur le nombre de
            candidats demandés. Une fois le nombre atteint, la mission est pourvue et il n’y a plus de
            possibilité de choisir.
          </li>
          <li>
            Chaque colonne se trie et se filtre. Le filtre « à traiter » montre d’abord les contacts qui
            arrivent bientôt à échéance.
          </li>
          <li>
            <strong>Nouveau besoin</strong> : le même formulaire, où les champs pré-remplis de votre
            établissement ne sont pas modifiables. Les missions sont ouvertes aussitôt.
          </li>
          <li>Une mission déposée sans être connecté attend votre confirmation, en brouillon.</li>
          <li>
            Une mission se modifie tant que personne n’est affecté ni contacté ; elle peut toujours être
            copiée.
          </li>
          <li>
            <strong>POURVUE</strong> : déclare la mission pourvue, même en dessous du nombre demandé. Les
            personnes déjà affectées le restent, les contacts en cours sont libérés.
          </li>
          <li>
            <strong>Supprimer</strong> : annule la mission, après une confirmation qui dit combien de
            personnes affectées seront prévenues par email. Les affectations dont les dates sont passées
            restent.
          </li>
        </ul>
      </>
    ),
  },
  {
    id: 'trouver',
    title: 'Trouver un candidat pour une mission',
    body: (
      <>
        <p>
          Cliquez sur « Choisir » : la liste des candidats potentiels s’affiche en dessous ; « Annuler » la
          referme. Les critères de sélection sont :
        </p>
        <ul>
          <li>le respect de la profession, et de la spécialité si vous en avez demandé une ;</li>
          <li>le respect des critères EHPAD et véhicule personnel, s’ils sont demandés ;</li>
          <li>une date de disponibilité antérieure ou égale au début de la mission ;</li>
          <li>la région de la mission, ou une mobilité nationale.</li>
        </ul>
        <p>
          Le week-end et la réanimation classent les candidats, sans en écarter. Chaque ligne dit la distance,
          les jours couverts et les raisons de la proposition.
        </p>
        <p>
          Si aucun candidat ne répond à vos critères, la page le dit, et indique ce qui manque de peu : par
          exemple les personnes disponibles quelques jours plus tard. Si vous n’avez pas trouvé de candidats
          au début de votre mission, n’hésitez pas à refaire une demande en mettant à jour le début de
          celle-ci.
        </p>
      </>
    ),
  },
  {
    id: 'selectionner',
    title: 'Sélectionner un candidat',
    body: (
      <>
        <ol>
          <li>
            <strong>Voir la fiche</strong> : le détail de la candidature, avec la pièce d’identité, le diplôme
            et les informations de contact. Chaque consultation est tracée.
          </li>
          <li>
            <strong>Contacter</strong> : le statut passe en CONTACTÉ, et vous appelez le professionnel. Un
            seul établissement peut avoir le statut contacté à la fois, pendant 36 h (ou la durée fixée par
            votre région). Cette étape est nécessaire pour accepter ou refuser une candidature.
          </li>
          <li>
            <strong>Valider les candidatures</strong> : cochez les personnes contactées qui ont donné leur
            accord. Elles sont affectées à votre mission, ne sont plus proposées à d’autres pour ces dates, et
            reçoivent l’email « Affectation sur une mission de renfort ».
          </li>
          <li>
            <strong>Refuser les candidatures</strong> : libère les personnes pour d’autres structures. Aucun
            email ne leur est envoyé.
          </li>
        </ol>
        <p>
          <strong>NE BLOQUEZ PAS TOUS LES CANDIDATS !</strong> Une mission ne peut retenir qu’un nombre limité
          de personnes à la fois, et votre établissement aussi, toutes missions confondues ; il ne contacte
          qu’un nombre limité de personnes par jour. Votre ARS peut relever ces limites. Un contact sans suite
          se libère de lui-même à son échéance ; votre établissement attend alors 24 h avant de recontacter la
          même personne, comme après un refus, une libération, une mission pourvue ou annulée. Vous êtes
          prévenu par email 6 h avant l’échéance.
        </p>
        <p>
          Une affectation peut être libérée, après confirmation : la place et les dates sont rendues, et la
          personne est prévenue.
        </p>
      </>
    ),
  },
  {
    id: 'statuts',
    title: 'Les statuts',
    body: (
      <table>
        <thead>
          <tr>
            <th scope="col">Statut</th>
            <th scope="col">Ce que cela veut dire</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">À VÉRIFIER</th>
            <td>La personne correspond ; personne de votre établissement ne l’a contactée.</td>
          </tr>
          <tr>
            <th scope="row">CONTACTÉ</th>
            <td>Vous la retenez jusqu’à l’heure indiquée.</td>
          </tr>
          <tr>
            <th scope="row">AFFECTÉ</th>
            <td>Sa venue est confirmée.</td>
          </tr>
          <tr>
            <th scope="row">REFUSÉ</th>
            <td>Vous ne l’avez pas retenue ; elle est libre pour d’autres.</td>
          </tr>
          <tr>
            <th scope="row">DÉCLINÉ</th>
            <td>Elle a décliné la mission.</td>
          </tr>
        </tbody>
      </table>
    ),
  },
  {
    id: 'regulation',
    title: 'Quand l’ARS régule',
    body: (
      <>
        <p>
          En gestion de crise avancée, votre ARS ou le niveau national priorise les missions et pousse
          elle-même des candidats. Vous ne voyez alors que ceux-là, et ceux que vous aviez déjà contactés ou
          affectés. Vous recevez l’email « Nouvelles propositions de renfort pour votre mission ».
        </p>
        <p>Le traitement est identique pour le choix, l’affectation et le refus.</p>
      </>
    ),
  },
];

export function Component() {
  return (
    <Guide
      title="Mode opératoire des demandes de renforts"
      lead="Pour les structures sanitaires, sociales et médico-sociales : déposer un besoin, choisir et affecter des candidats."
      chapters={CHAPTERS}
    />
  );
}

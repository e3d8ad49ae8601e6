import type { ReactNode } from 'react';
import { Heading } from '@digdir/designsystemet-react';
import { Link } from 'react-router';
import { Page } from '../ui/Page';
import { Prose, spacedText } from './Prose';
import './guides.css';

export function Component() {
  return (
    <Page
      title="Questions fréquentes"
      lead={
        <p>
          Pour aller plus loin, <Link to="/guides">les guides</Link> décrivent chaque écran.
        </p>
      }
    >
      <section className="faq" aria-labelledby="professionnels">
        <Heading level={2} data-size="xs" id="professionnels">
          Professionnels
        </Heading>
        <Question title="Est-ce une plateforme d’emploi ?">
          <p>
            Non. Ce n’est pas une plateforme d’emploi : elle sert aux seuls besoins de renfort en situation de
            crise. Les conditions de votre venue se conviennent avec l’établissement qui vous contacte.
          </p>
        </Question>
        <Question title="Je n’ai pas reçu l’email d’activation. Que faire ?">
          <p>
            Vérifiez dans vos indésirables, puis <Link to="/mot-de-passe">demandez un nouveau lien</Link> avec
            l’email saisi à l’inscription. S’il n’arrive pas non plus, l’adresse comportait peut-être une
            coquille : inscrivez-vous à nouveau avec la bonne.
          </p>
        </Question>
        <Question title="Je suis étudiant, retraité ou sans emploi : puis-je m’inscrire ?">
          <p>
            Oui. Choisissez la profession que vous étudiez ou avez exercée, et précisez votre situation dans «
            Type d’activité ». Vous pouvez indiquer votre ancien employeur.
          </p>
        </Question>
        <Question title="Pourquoi ma pièce d’identité est-elle refusée ?">
          <p>
            Les formats acceptés sont pdf, doc, docx et jpg, et la taille maximum est de 5 Mo. Les photos sont
            réduites avant l’envoi. Si l’envoi échoue, la page le dit : vous pouvez réessayer sans ressaisir
            le formulaire.
          </p>
        </Question>
        <Question title="Personne ne me contacte. Pourquoi ?">
          <p>
            C’est l’établissement qui contacte le professionnel, selon ses besoins. Une fiche récente, dont
            l’adresse est confirmée et les dates à jour, est proposée avant les autres.
          </p>
        </Question>
        <Question title="Comment ne plus être contacté ?">
          <p>
            Connectez-vous et passez le bouton « Disponible » sur indisponible : l’effet est immédiat. Pour
            partir tout à fait, effacez votre compte depuis « Mes données ».
          </p>
        </Question>
      </section>
      <section className="faq" aria-labelledby="structures">
        <Heading level={2} data-size="xs" id="structures">
          Structures
        </Heading>
        <Question title="Quel numéro FINESS faut-il indiquer ?">
          <p>Le n° FINESS géographique, à neuf caractères : celui du site où aura lieu la mission.</p>
        </Question>
        <Question title="Pourquoi ne vois-je pas encore les candidats ?">
          <p>
            Votre ARS doit d’abord valider votre accès. Jusque-là, le tableau de bord indique combien de
            professionnels, au moins, correspondent. En gestion de crise avancée, vous voyez les candidats que
            l’ARS vous propose.
          </p>
        </Question>
        <Question title="Combien de temps un candidat m’est-il réservé ?">
          <p>
            36 h à partir du contact, ou la durée fixée par votre région. L’heure exacte est affichée. Passé
            ce délai, la personne est de nouveau proposée à tous.
          </p>
        </Question>
        <Question title="Le candidat est-il prévenu quand je le contacte ou le refuse ?">
          <p>
            Non : au contact, c’est vous qui appelez ; un refus n’envoie pas d’email. Il est prévenu par email
            quand vous validez sa candidature, ou quand vous libérez son affectation.
          </p>
        </Question>
      </section>
    </Page>
  );
}

function Question({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="panel">
      <summary>{spacedText(title)}</summary>
      <Prose>{children}</Prose>
    </details>
  );
}

import type { ReactNode } from 'react';
import { Button, Heading } from '@digdir/designsystemet-react';
import {
  ArrowRightIcon,
  CheckmarkIcon,
  HospitalIcon,
  ShieldLockIcon,
  StethoscopeIcon,
  XMarkIcon,
} from '@navikt/aksel-icons';
import { Link } from 'react-router';
import './home.css';

/** The two ways in, and what Renfort is and is not. */
export function Home() {
  return (
    <div className="home">
      <title>Renfort, des volontaires pour les équipes de soin en crise</title>
      <div className="ctx">
        <p className="wrap ctx__in">
          <span>
            Plateforme réservée aux besoins sanitaires, sociaux ou médico-sociaux{' '}
            <strong>liés à la crise en cours</strong>.
          </span>
        </p>
      </div>
      <div className="hero">
        <div className="wrap hero__in">
          <div>
            <Heading level={1} className="hero__t">
              Du renfort pour les équipes de soin, quand la crise l’exige
            </Heading>
            <p className="hero__p">
              Renfort rapproche les professionnels volontaires et les structures qui manquent de bras, sous la
              régulation des agences régionales de santé.
            </p>
          </div>
          <Arches />
        </div>
      </div>
      <div className="wrap doors">
        <Door
          id="structure"
          tone="accent"
          icon={<HospitalIcon aria-hidden />}
          to="/structure/besoin"
          title="Je suis une structure sanitaire, sociale ou médico-sociale et j'ai besoin de renfort"
          needs={['Votre n° FINESS géographique', 'Les dates et les métiers recherchés']}
          note="Plusieurs missions en une seule fois"
        />
        <Door
          id="professionnel"
          tone="warm"
          icon={<StethoscopeIcon aria-hidden />}
          to="/professionnel/inscription"
          title="Je suis un professionnel disponible pour travailler en renfort"
          needs={['Une pièce d’identité (5 Mo maximum)', 'Votre n° RPPS ou ADELI, si vous en avez un']}
          note="Un seul compte par courriel"
        />
      </div>

      <section className="wrap how" aria-labelledby="fonctionnement">
        <Heading level={2} data-size="md" id="fonctionnement">
          Comment ça marche
        </Heading>
        <ol>
          <Step number={1} title="Chacun se déclare">
            Le professionnel remplit sa fiche et ses disponibilités une seule fois. La structure dépose ses
            missions : dates, métier, nombre.
          </Step>
          <Step number={2} title="La structure contacte">
            Elle voit les candidats qui correspondent, et pourquoi. Un seul établissement contacte un
            professionnel à la fois, pour une durée limitée.
          </Step>
          <Step number={3} title="L’affectation est confirmée">
            Après accord, le professionnel reçoit un courriel avec les dates, le lieu et la personne à
            joindre. Ses autres dates restent proposées.
          </Step>
        </ol>
        <p className="note">
          En crise avancée, l’agence régionale de santé priorise les besoins et propose elle-même des
          candidats aux structures.
        </p>
      </section>

      <div className="isnt">
        <div className="wrap isnt__in">
          <section aria-labelledby="est">
            <Heading level={2} data-size="sm" id="est">
              Ce qu’est Renfort
            </Heading>
            <ul>
              {[
                'Un vivier national de volontaires, consulté pour les besoins de la crise',
                'Une mise en relation directe, ou régulée par l’agence régionale de santé',
                'Un suivi de chaque proposition, pour que personne ne reste sans réponse',
              ].map((line) => (
                <li key={line}>
                  <CheckmarkIcon className="ico ok" aria-hidden />
                  {line}
                </li>
              ))}
            </ul>
          </section>
          <section aria-labelledby="n-est-pas">
            <Heading level={2} data-size="sm" id="n-est-pas">
              Ce que Renfort n’est pas
            </Heading>
            <ul>
              <li>
                <XMarkIcon className="ico bad" aria-hidden />
                <span>
                  <strong>Ce n&apos;est pas une plateforme d&apos;emploi</strong> : ni offre, ni contrat, ni
                  rémunération n’y sont négociés
                </span>
              </li>
              <li>
                <XMarkIcon className="ico bad" aria-hidden />
                Ce n’est pas un service d’urgence : en cas d’urgence vitale, appelez le 15
              </li>
            </ul>
          </section>
        </div>
      </div>

      <section className="wrap trust" aria-labelledby="vos-donnees">
        <ShieldLockIcon aria-hidden />
        <div>
          <Heading level={2} data-size="xs" id="vos-donnees">
            Vos données restent les vôtres
          </Heading>
          <p>
            Chaque consultation de votre fiche est tracée. Vous exportez ou effacez vos données vous-même, à
            tout moment.
          </p>
        </div>
        <Button asChild variant="secondary">
          <Link to="/donnees-personnelles">Données personnelles</Link>
        </Button>
      </section>
    </div>
  );
}

function Door({
  id,
  tone,
  icon,
  to,
  title,
  needs,
  note,
}: {
  id: string;
  tone: 'accent' | 'warm';
  icon: ReactNode;
  to: string;
  title: string;
  needs: string[];
  note: string;
}) {
  return (
    <section className={`door door--${tone === 'warm' ? 'warm' : 'deep'}`} aria-labelledby={`porte-${id}`}>
      <div className="door__i">{icon}</div>
      <Heading level={2} data-size="xs" id={`porte-${id}`}>
        <Link to={to}>{title}</Link>
      </Heading>
      <div className="door__need">
        <p className="small muted">À préparer</p>
        <ul>
          {needs.map((need) => (
            <li key={need}>
              <CheckmarkIcon className="ico" aria-hidden />
              {need}
            </li>
          ))}
        </ul>
      </div>
      <div className="door__a">
        <Button asChild data-color={tone}>
          <Link to={to} aria-describedby={`porte-${id}`}>
            Je n&apos;ai pas de compte
            <ArrowRightIcon aria-hidden />
          </Link>
        </Button>
        <Button asChild variant="secondary" data-color={tone}>
          <Link to="/connexion" aria-describedby={`porte-${id}`}>
            J&apos;ai déjà un compte
          </Link>
        </Button>
      </div>
      <p className="small muted">{note}</p>
    </section>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li>
      <span className="how__n" aria-hidden="true">
        {number}
      </span>
      <Heading level={3} data-size="2xs">
        {title}
      </Heading>
      <p>{children}</p>
    </li>
  );
}

/** An arcade with one arch in another colour: the reinforcement that closes the gap. */
function Arches() {
  const arches: [colour: string, left: number, top: number][] = [
    ['#c3dde0', 0, 120],
    ['#8fbdc3', 104, 70],
    ['#0b5d68', 208, 20],
    ['#e0895a', 312, 70],
    ['#c3dde0', 416, 120],
  ];
  return (
    <svg className="arches" viewBox="0 0 520 300" aria-hidden="true" focusable="false">
      {arches.map(([colour, left, top]) => (
        <path
          key={left}
          fill={colour}
          fillRule="evenodd"
          d={`M${left} 300V${top + 52}a52 52 0 0 1 104 0V300H${left + 76}V${top + 60}a24 24 0 0 0-48 0V300Z`}
        />
      ))}
    </svg>
  );
}

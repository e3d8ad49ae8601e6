import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from 'react';
import { Button, SkipLink } from '@digdir/designsystemet-react';
import { MenuHamburgerIcon, PersonCircleIcon } from '@navikt/aksel-icons';
import { Link, NavLink, Outlet, ScrollRestoration, useLocation } from 'react-router';
import { signOut, useSession, type Account } from '../api/session';
import { OfflineNotice } from './Notice';

// forms are not part of the first page
const EndedSession = lazy(() =>
  import('../account/EndedSession').then((room) => ({ default: room.EndedSession })),
);

/** Where somebody lands: at home as a visitor, at their own work when signed in. */
export function landing(account: Account): string {
  switch (account.role) {
    case 'PROFESSIONAL':
      return '/professionnel';
    case 'REQUESTER':
      return '/structure';
    case 'AGENCY':
    case 'NATIONAL':
      return '/ars/missions';
  }
}

interface Place {
  to: string;
  label: string;
  end?: boolean;
}

const PUBLIC: Place[] = [
  { to: '/guides', label: 'Guides' },
  { to: '/faq', label: 'Questions fréquentes' },
];

function places(account: Account | undefined): Place[] {
  switch (account?.role) {
    case 'PROFESSIONAL':
      return [
        { to: '/professionnel', label: 'Ma fiche', end: true },
        { to: '/professionnel/candidatures', label: 'Mes candidatures' },
        { to: '/professionnel/donnees', label: 'Mes données' },
        { to: '/guides/professionnels', label: 'Guide' },
      ];
    case 'REQUESTER':
      return [
        { to: '/structure', label: 'Tableau de bord', end: true },
        { to: '/structure/besoin', label: 'Nouveau besoin' },
        { to: '/structure/donnees', label: 'Mes données' },
        { to: '/guides/etablissements', label: 'Guide' },
      ];
    case 'AGENCY':
    case 'NATIONAL':
      return [
        { to: '/ars/missions', label: 'Missions' },
        { to: '/ars/etablissements', label: 'Établissements' },
        { to: '/ars/vivier', label: 'Vivier' },
        { to: '/ars/regulation', label: 'Régulation' },
      ];
    case undefined:
      return PUBLIC;
  }
}

/** What stands around every page: word mark, menus, footer; and the login when a session ends on the way. */
export function Layout() {
  const session = useSession();
  const account = session.status === 'in' || session.status === 'ended' ? session.account : undefined;
  return (
    <>
      <SkipLink href="#contenu">Aller au contenu</SkipLink>
      <Header account={account} />
      <OfflineNotice />
      <main id="contenu" tabIndex={-1}>
        <Outlet />
      </main>
      <Footer />
      <Suspense>{session.status === 'ended' && <EndedSession account={session.account} />}</Suspense>
      <ScrollRestoration />
    </>
  );
}

/** The word mark; it leads home, or to one's own work. */
function Logo({ to }: { to: string }) {
  return (
    <Link className="logo" to={to} aria-label="Renfort, accueil">
      <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="8" fill="#0b5d68" />
        <path
          d="M10.5 25V7.5h6.75a5.25 5.25 0 0 1 0 10.5H10.5"
          fill="none"
          stroke="#fff"
          strokeWidth="3.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
        <path d="M17.2 18.4 22.6 25" fill="none" stroke="#ffb68a" strokeWidth="3.6" strokeLinecap="round" />
      </svg>
      <span>Renfort</span>
    </Link>
  );
}

function Header({ account }: { account: Account | undefined }) {
  // a followed link closes the menus
  const { key } = useLocation();
  const links = places(account).map((place) => (
    <li key={place.to}>
      <NavLink to={place.to} end={place.end ?? false}>
        {place.label}
      </NavLink>
    </li>
  ));
  return (
    <header className="hdr">
      <div className="wrap hdr__in">
        <Logo to={account ? landing(account) : '/'} />
        <nav aria-label="Principale" className="only-wide">
          <ul>{links}</ul>
        </nav>
        <div className="hdr__end">
          <Menu key={`compte-${key}`} label="Compte" icon={<PersonCircleIcon aria-hidden />}>
            {account ? <AccountLinks account={account} /> : <VisitorLinks />}
          </Menu>
          <Menu
            key={`menu-${key}`}
            label="Menu"
            icon={<MenuHamburgerIcon aria-hidden />}
            className="only-phone"
          >
            <nav aria-label="Principale, sur petit écran">
              <ul>{links}</ul>
            </nav>
          </Menu>
        </div>
      </div>
    </header>
  );
}

function VisitorLinks() {
  return (
    <ul>
      <li>
        <Link to="/connexion">S&apos;authentifier</Link>
      </li>
      <li>
        <Link to="/mot-de-passe">Mot de passe oublié ou lien expiré</Link>
      </li>
    </ul>
  );
}

function AccountLinks({ account }: { account: Account }) {
  const name = `${account.firstName} ${account.lastName}`.trim();
  return (
    <>
      <div className="who">
        {name && <b>{name}</b>}
        <span className="muted">{account.email}</span>
        {account.establishment && <span className="muted">{account.establishment.name}</span>}
      </div>
      <ul>
        <li>
          <button type="button" className="link" onClick={() => signOut().catch(() => undefined)}>
            Se déconnecter
          </button>
        </li>
      </ul>
    </>
  );
}

/** A button that opens what it names; Escape, a click elsewhere and a followed link close it. */
function Menu({
  label,
  icon,
  className = '',
  children,
}: {
  label: string;
  icon: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) {
      return undefined;
    }
    const outside = (event: Event) => {
      if (!box.current?.contains(event.target as Node)) {
        setOpen(false);
      }
    };
    const escape = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        setOpen(false);
        button.current?.focus();
      }
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    document.addEventListener('keydown', escape);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
      document.removeEventListener('keydown', escape);
    };
  }, [open]);
  return (
    <div ref={box} className={`menu ${className}`}>
      <Button
        ref={button}
        variant="tertiary"
        aria-expanded={open}
        onClick={() => setOpen((before) => !before)}
      >
        {icon}
        {label}
      </Button>
      {open && <div className="menu__box">{children}</div>}
    </div>
  );
}

function Footer() {
  return (
    <footer className="ftr">
      <div className="wrap">
        <div className="ftr__cols">
          <div className="stack">
            <p className="logo">Renfort</p>
            <p>
              La mise en relation des volontaires et des structures de soin, pendant les crises sanitaires.
            </p>
          </div>
          <FooterColumn
            title="Professionnels"
            links={[
              ['/professionnel/inscription', 'Proposer mon aide'],
              ['/guides/professionnels', 'Guide des professionnels'],
              ['/mot-de-passe', 'Lien non reçu ou expiré'],
            ]}
          />
          <FooterColumn
            title="Structures"
            links={[
              ['/structure/besoin', 'Déposer un besoin'],
              ['/guides/etablissements', 'Guide des établissements'],
              ['/faq', 'Questions fréquentes'],
            ]}
          />
          <FooterColumn
            title="Le site"
            links={[
              ['/mentions-legales', 'Mentions légales'],
              ['/donnees-personnelles', 'Données personnelles'],
              ['/accessibilite', 'Accessibilité'],
            ]}
          />
        </div>
        <p className="ftr__base">
          Besoin d’aide pour une mission ? Votre agence régionale de santé reste votre premier interlocuteur.
        </p>
      </div>
    </footer>
  );
}

function FooterColumn({ title, links }: { title: string; links: [string, string][] }) {
  return (
    <div>
      <h2>{title}</h2>
      <ul>
        {links.map(([to, label]) => (
          <li key={label}>
            <Link to={to}>{label}</Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

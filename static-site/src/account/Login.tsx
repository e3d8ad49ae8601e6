import { Link, Navigate, useLocation, useNavigate } from 'react-router';
import { useSession } from '../api/session';
import { landing } from '../ui/Layout';
import { Page } from '../ui/Page';
import { LoginForm } from './LoginForm';

/** The login: whoever came from a page of their own goes back there, others to their work. */
export function Component() {
  const session = useSession();
  const navigate = useNavigate();
  const from = (useLocation().state as { from?: string } | null)?.from;
  if (session.status === 'in') {
    return <Navigate replace to={from ?? landing(session.account)} />;
  }
  return (
    <Page title="S'authentifier" lead={from ? 'Connectez-vous pour voir cette page.' : undefined}>
      <div className="panel narrow stack">
        <LoginForm onDone={(account) => navigate(from ?? landing(account), { replace: true })} />
        <p>
          <Link to="/mot-de-passe">
            Avez-vous oublié votre mot de passe ou perdu/non reçu votre lien d&apos;activation ?
          </Link>
        </p>
      </div>
    </Page>
  );
}

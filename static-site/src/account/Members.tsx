import { Navigate, Outlet, useLocation } from 'react-router';
import { useSession, type Account } from '../api/session';
import { landing } from '../ui/Layout';
import { Loading } from '../ui/Notice';

/** Shows what belongs to the given roles; a visitor signs in first and comes back, another role goes to its own work. */
export function Members({ roles }: { roles: Account['role'][] }) {
  const session = useSession();
  const location = useLocation();
  switch (session.status) {
    case 'unknown':
      return (
        <div className="wrap page">
          <Loading />
        </div>
      );
    case 'out':
      return <Navigate replace to="/connexion" state={{ from: location.pathname + location.search }} />;
    case 'in':
    case 'ended':
      return roles.includes(session.account.role) ? (
        <Outlet />
      ) : (
        <Navigate replace to={landing(session.account)} />
      );
  }
}

import { useEffect, useState, type ReactNode } from 'react';
import { Alert, Button, Heading, Skeleton } from '@digdir/designsystemet-react';
import { asFault, delay } from '../api/fault';

/** Something is on its way: said once to screen readers, drawn as what will come. */
export function Loading({ what = 'Chargement en cours', rows = 3 }: { what?: string; rows?: number }) {
  return (
    <div className="stack" role="status" aria-label={what}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} variant="rectangle" height="3rem" aria-hidden="true" />
      ))}
    </div>
  );
}

/** What went wrong, in words, with a way to try again where that can help. */
export function FaultNotice({ fault, onRetry }: { fault: unknown; onRetry?: () => void }) {
  const told = asFault(fault);
  return (
    <Alert data-color={told.status === 409 ? 'warning' : 'danger'} role="alert">
      <p className="strong">{told.title}</p>
      {told.detail && <p>{told.detail}</p>}
      {/* the gateway's own refusal has its delay in the title */}
      {told.kind && told.retryAfter && <p>Vous pourrez réessayer dans {delay(told.retryAfter)}.</p>}
      {onRetry && told.status !== 404 && told.status !== 403 && (
        <Button variant="secondary" className="sm fit" onClick={onRetry}>
          Réessayer
        </Button>
      )}
    </Alert>
  );
}

/** Nothing to show, and what to do about it. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="panel empty">
      <Heading level={2} data-size="2xs">
        {title}
      </Heading>
      {children}
    </div>
  );
}

/** Says that the machine is offline, as long as it is. */
export function OfflineNotice() {
  const [offline, setOffline] = useState(!navigator.onLine);
  useEffect(() => {
    const look = () => setOffline(!navigator.onLine);
    addEventListener('online', look);
    addEventListener('offline', look);
    return () => {
      removeEventListener('online', look);
      removeEventListener('offline', look);
    };
  }, []);
  return (
    <div role="status" className="wrap">
      {offline && (
        <Alert data-color="warning">
          Vous êtes hors ligne. Votre saisie est conservée sur cette page : vous pourrez l’envoyer au retour
          de la connexion.
        </Alert>
      )}
    </div>
  );
}

import { useEffect, useRef } from 'react';
import { Button, Dialog, Heading } from '@digdir/designsystemet-react';
import { forget, type Account } from '../api/session';
import { LoginForm } from './LoginForm';

/** The session ended while a page was open: the login comes over it, and what was typed stays. */
export function EndedSession({ account }: { account: Account }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Dialog open closeButton={false} closedby="none" aria-labelledby="session-terminee">
      <Heading level={2} data-size="xs" id="session-terminee" ref={heading} tabIndex={-1}>
        Votre session a expiré
      </Heading>
      <p>Reconnectez-vous : votre saisie est conservée.</p>
      <LoginForm email={account.email} onDone={() => undefined} />
      <Button variant="tertiary" onClick={forget}>
        Quitter sans me reconnecter
      </Button>
    </Dialog>
  );
}

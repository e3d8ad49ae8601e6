import { useEffect, useRef, type ReactNode } from 'react';
import { Button, Dialog, Heading } from '@digdir/designsystemet-react';
import { useForm } from 'react-hook-form';
import { forget, signIn, useAccount } from '../api/session';
import { TextField } from './fields';
import { Form } from './Form';

/** Asks for the password again, tells what follows, and erases the account (R29). */
export function EraseDialog({
  erase,
  consequences,
  onClose,
}: {
  erase: () => Promise<void>;
  consequences: ReactNode;
  onClose: () => void;
}) {
  const { email } = useAccount();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const form = useForm({ shouldFocusError: false, defaultValues: { password: '' } });
  const busy = form.formState.isSubmitting;
  return (
    <Dialog open closeButton="Fermer" onClose={onClose} aria-labelledby="effacement">
      <Heading level={2} data-size="xs" id="effacement" ref={heading} tabIndex={-1}>
        Effacer votre compte et vos données ?
      </Heading>
      <div className="stack g-m dialog__text">
        <p>
          C’est définitif : votre compte est fermé à l’instant. Un courriel vous le confirme, à votre adresse{' '}
          {email}. Vous pourrez vous réinscrire plus tard.
        </p>
        {consequences}
      </div>
      <Form
        form={form}
        label="Confirmation de l’effacement"
        onSubmit={async ({ password }) => {
          // the API erases only whoever has just signed in
          await signIn(email, password, false);
          await erase();
          forget();
          // loaded anew, so that nothing of the account stays in memory
          location.replace('/compte-efface');
        }}
      >
        <TextField
          name="password"
          label="Votre mot de passe"
          type="password"
          autoComplete="current-password"
          required="Saisissez votre mot de passe."
        />
        <div className="actions">
          <Button type="submit" data-color="danger" aria-busy={busy} aria-disabled={busy}>
            Effacer définitivement
          </Button>
          <Button variant="secondary" onClick={onClose}>
            Ne rien changer
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

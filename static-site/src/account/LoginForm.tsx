import { Button } from '@digdir/designsystemet-react';
import { useForm } from 'react-hook-form';
import { signIn, type Account } from '../api/session';
import { CheckField, TextField } from '../ui/fields';
import { Form } from '../ui/Form';

/** The login; `email` fixes whose it is, when only the session has to be opened again. */
export function LoginForm({ email = '', onDone }: { email?: string; onDone: (account: Account) => void }) {
  const form = useForm({
    shouldFocusError: false,
    defaultValues: { email, password: '', keepSignedIn: false },
  });
  return (
    <Form
      form={form}
      label="Authentification"
      onSubmit={async ({ email: address, password, keepSignedIn }) => {
        onDone(await signIn(address, password, keepSignedIn));
      }}
    >
      <TextField
        name="email"
        label="Email de l'utilisateur"
        type="email"
        autoComplete="username"
        readOnly={email !== ''}
        required="Saisissez votre adresse mail."
      />
      <TextField
        name="password"
        label="Mot de passe"
        type="password"
        autoComplete="current-password"
        required="Saisissez votre mot de passe."
      />
      <CheckField
        name="keepSignedIn"
        label="Garder la session ouverte"
        help="Sur cet appareil, pendant 30 jours. À éviter sur un poste partagé."
      />
      <Button
        type="submit"
        aria-busy={form.formState.isSubmitting}
        aria-disabled={form.formState.isSubmitting}
      >
        Connexion
      </Button>
    </Form>
  );
}

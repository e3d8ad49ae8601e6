import { useEffect, useState } from 'react';
import { Alert, Button } from '@digdir/designsystemet-react';
import { CheckmarkCircleFillIcon, CircleIcon } from '@navikt/aksel-icons';
import { useForm, useWatch } from 'react-hook-form';
import { Link, useLocation } from 'react-router';
import { answer, api, idempotencyKey } from '../api/client';
import { Fault } from '../api/fault';
import { CheckField, TextField } from '../ui/fields';
import { Form, TYPING } from '../ui/Form';
import { emailFault, holds } from '../ui/identifiers';
import { Page } from '../ui/Page';
import { RULES } from './rules';
import './account.css';

const tokenIn = (hash: string) => new URLSearchParams(hash.slice(1)).get('token') ?? '';

/** Asks for a link, or sets the password by the link that came by mail (R4). */
export function Component() {
  const token = tokenIn(useLocation().hash);
  const [done, setDone] = useState('');
  // the token leaves the address at once, and no history keeps it: only the router still knows it
  useEffect(() => {
    if (token) {
      history.replaceState(history.state, '', '/mot-de-passe');
    }
  }, [token]);
  return token && token !== done ? (
    <SetPassword key={token} token={token} onAskAgain={() => setDone(token)} />
  ) : (
    <AskForLink />
  );
}

function AskForLink() {
  const form = useForm({ ...TYPING, defaultValues: { email: '' } });
  const [sentTo, setSentTo] = useState('');
  const busy = form.formState.isSubmitting;
  return (
    <Page
      title="Mot de passe oublié ou lien d’activation perdu"
      lead="Saisissez le courriel de votre compte : vous y recevrez un lien, valable 72 h, pour définir votre mot de passe."
    >
      <div className="panel narrow stack">
        <Form
          form={form}
          label="Demande de lien"
          onSubmit={async ({ email }) => {
            setSentTo('');
            await answer(
              api.POST('/api/password-links', {
                params: { header: { 'Idempotency-Key': idempotencyKey() } },
                body: { email },
              }),
            );
            setSentTo(email.trim());
          }}
        >
          <TextField
            name="email"
            label="Email de l'utilisateur"
            type="email"
            autoComplete="username"
            required="Saisissez votre courriel."
            rules={holds(emailFault)}
          />
          <Button type="submit" aria-busy={busy} aria-disabled={busy}>
            Réinitialiser le mot de passe
          </Button>
        </Form>
        <div role="status">
          {sentTo && (
            <Alert data-color="success">
              <p className="strong">Votre demande est prise en compte.</p>
              <p>
                Si un compte existe pour {sentTo}, un courriel vient de lui être envoyé. Vérifiez aussi vos
                courriers indésirables : seul le lien le plus récent fonctionne.
              </p>
            </Alert>
          )}
        </div>
        <p>
          <Link to="/connexion">Revenir à l’authentification</Link>
        </p>
      </div>
    </Page>
  );
}

function SetPassword({ token, onAskAgain }: { token: string; onAskAgain: () => void }) {
  const form = useForm({ ...TYPING, defaultValues: { password: '', confirmation: '', shown: false } });
  const [password, shown] = useWatch({ control: form.control, name: ['password', 'shown'] });
  const [ended, setEnded] = useState<'set' | 'gone'>();
  const [key] = useState(idempotencyKey);
  const busy = form.formState.isSubmitting;
  const type = shown ? 'text' : 'password';

  if (ended === 'set') {
    return (
      <Page title="Votre mot de passe a été réinitialisé" lead="Merci de vous connecter.">
        <Button asChild className="fit">
          <Link to="/connexion">Se connecter</Link>
        </Button>
      </Page>
    );
  }
  if (ended === 'gone') {
    return (
      <Page
        title="Ce lien n’est plus valable"
        lead="Il a déjà servi, a expiré après 72 h ou a été remplacé par un lien plus récent."
      >
        <div className="actions">
          <Button className="fit" onClick={onAskAgain}>
            Demander un nouveau lien
          </Button>
          <Button asChild variant="secondary" className="fit">
            <Link to="/connexion">J&apos;ai déjà choisi mon mot de passe</Link>
          </Button>
        </div>
      </Page>
    );
  }
  return (
    <Page title="Réinitialisation du mot de passe" lead="Choisissez le mot de passe de votre compte.">
      <div className="panel narrow">
        <Form
          form={form}
          label="Choix du mot de passe"
          onSubmit={async (values) => {
            try {
              await answer(
                api.POST('/api/passwords', {
                  params: { header: { 'Idempotency-Key': key } },
                  body: { token, password: values.password },
                }),
              );
              setEnded('set');
            } catch (thrown) {
              if (thrown instanceof Fault && thrown.status === 410) {
                setEnded('gone');
                return;
              }
              throw thrown;
            }
          }}
        >
          <TextField
            name="password"
            label="Nouveau mot de passe"
            type={type}
            autoComplete="new-password"
            required="Votre mot de passe est requis."
            rules={{
              validate: (text: string) =>
                RULES.every((rule) => rule.holds(text)) ||
                'Votre mot de passe ne suit pas encore les cinq règles.',
              deps: ['confirmation'],
            }}
          />
          <Strength password={password} />
          <TextField
            name="confirmation"
            label="Confirmation du nouveau mot de passe"
            type={type}
            autoComplete="new-password"
            required="Confirmez votre mot de passe."
            rules={{
              validate: (text: string, values: { password?: string }) =>
                text === values.password || 'Les deux mots de passe sont différents.',
            }}
          />
          <CheckField name="shown" label="Afficher ce que je saisis" />
          <Button type="submit" aria-busy={busy} aria-disabled={busy}>
            Réinitialiser le mot de passe
          </Button>
        </Form>
      </div>
    </Page>
  );
}

function Strength({ password }: { password: string }) {
  const kept = RULES.filter((rule) => rule.holds(password)).length;
  return (
    <div className="strength stack g-s">
      <p className="strong" id="robustesse">
        Robustesse du mot de passe
      </p>
      <meter min={0} max={RULES.length} value={kept} aria-labelledby="robustesse">
        {kept} règles sur {RULES.length}
      </meter>
      <p className="ds-sr-only" role="status">
        {kept} règles respectées sur {RULES.length}
      </p>
      <ul className="plain stack g-s">
        {RULES.map(({ code, label, holds: isKept }) => (
          <li key={code} className={isKept(password) ? 'ok row' : 'muted row'}>
            {isKept(password) ? (
              <CheckmarkCircleFillIcon className="ico" aria-hidden />
            ) : (
              <CircleIcon className="ico" aria-hidden />
            )}
            <span>
              {label}
              <span className="ds-sr-only">{isKept(password) ? ' : respecté' : ' : à faire'}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

import { useEffect, useState } from 'react';
import { Button, Checkbox, Dialog, Heading } from '@digdir/designsystemet-react';
import { useForm } from 'react-hook-form';
import { Link, useNavigate } from 'react-router';
import { answer, api } from '../api/client';
import { useKeyOf } from '../api/hooks';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { Form, TYPING } from '../ui/Form';
import { Page } from '../ui/Page';
import { CheckField, TextField } from '../ui/fields';
import { emailFault, holds } from '../ui/identifiers';
import { forgetDraft, savedDraft, saveDraft } from './draft';
import { NEW_PROFESSIONAL, sheetInput, type ProfessionalValues } from './professional';
import { ProfessionalFields } from './ProfessionalFields';
import './registration.css';

/** The form by which a volunteer registers, once (R1, R2). */
export function Component() {
  const [draft] = useState(savedDraft);
  const [keep, setKeep] = useState(draft.kept);
  const form = useForm<ProfessionalValues>({
    ...TYPING,
    defaultValues: NEW_PROFESSIONAL,
    values: draft.values,
  });
  const { isDirty, isValid, isSubmitting: busy } = form.formState;
  const navigate = useNavigate();
  const [clearing, setClearing] = useState(false);
  const [done, setDone] = useState(false);
  const keyOf = useKeyOf();

  useEffect(
    () => form.subscribe({ formState: { values: true }, callback: ({ values }) => saveDraft(values, keep) }),
    [form, keep],
  );

  const clear = () => {
    form.reset(NEW_PROFESSIONAL);
    forgetDraft();
  };
  const send = async (values: ProfessionalValues) => {
    await answer(
      api.POST('/api/professionals', {
        params: { header: { 'Idempotency-Key': keyOf(values) } },
        body: {
          ...sheetInput(values),
          email: values.email,
          identityDocumentId: values.identityDocumentId,
          consent: true,
        },
      }),
    );
    forgetDraft();
    setDone(true);
  };

  return (
    <Page
      title="Proposer mon aide"
      lead={
        <>
          <p>
            Recensement des professionnels de santé et agents hospitaliers volontaires pour renforcer les
            structures sanitaires ou médico-sociales.
          </p>
          <p className="small">
            Les champs marqués <span className="req">*</span> sont obligatoires. Un seul compte par courriel.{' '}
            <Link to="/guides/professionnels">Lire le guide d’utilisation</Link>
          </p>
        </>
      }
    >
      <Form form={form} label="Proposer mon aide" onSubmit={send}>
        <ProfessionalFields
          contact={
            <TextField
              name="email"
              label="Courriel"
              type="email"
              autoComplete="email"
              help="Vous y recevrez un accusé de réception et le lien d’activation."
              required="Saisissez votre courriel."
              rules={holds(emailFault)}
            />
          }
        />
        <section className="panel stack" aria-label="Validation">
          <CheckField
            name="consent"
            label="J'accepte d'être contacté par l'administration nationale de la santé, une ARS ou un établissement sanitaire, social ou médico-social"
            required="Pour être proposé aux établissements, vous devez accepter d’être contacté."
          />
          <Checkbox
            label="Garder ma saisie sur cet appareil, sans les documents"
            description="À ne pas cocher sur un poste partagé. Sans cela, elle reste dans cet onglet seulement."
            checked={keep}
            onChange={(event) => {
              setKeep(event.target.checked);
              saveDraft(form.getValues(), event.target.checked);
            }}
          />
          <div className="actions">
            <Button type="submit" aria-busy={busy} aria-disabled={busy || !isValid}>
              Valider
            </Button>
            <Button
              variant="secondary"
              onClick={() => (isDirty || draft.values !== NEW_PROFESSIONAL ? setClearing(true) : clear())}
            >
              Annuler
            </Button>
            {!isValid && (
              <p className="small muted">
                « Valider » devient disponible quand les champs obligatoires sont remplis.
              </p>
            )}
          </div>
        </section>
      </Form>
      {clearing && (
        <ConfirmDialog
          title="Effacer toute la saisie ?"
          action="Effacer la saisie"
          danger
          onConfirm={clear}
          onClose={() => setClearing(false)}
        >
          <p>Tout ce que vous avez saisi dans ce formulaire sera perdu.</p>
        </ConfirmDialog>
      )}
      {done && <Done onClose={() => navigate('/')} />}
    </Page>
  );
}

function Done({ onClose }: { onClose: () => void }) {
  return (
    <Dialog open closeButton={false} onClose={onClose} aria-labelledby="inscription-prise-en-compte">
      <Heading
        level={2}
        data-size="xs"
        id="inscription-prise-en-compte"
        tabIndex={-1}
        ref={(heading) => heading?.focus()}
      >
        Votre demande de création de compte a bien été prise en compte
      </Heading>
      <div className="dialog__text stack">
        <p>
          L’administration nationale de la santé ou l’ARS de votre région vous contactera en tant que de
          besoin pour venir en renfort d’une structure de soins.
        </p>
        <p>
          Vous allez recevoir un accusé de réception, et un lien valable 72 h pour choisir votre mot de passe.
          Vérifiez aussi vos courriers indésirables.
        </p>
      </div>
      <Button onClick={onClose}>Fermer</Button>
    </Dialog>
  );
}

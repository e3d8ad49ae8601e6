import { useState } from 'react';
import { Button, Dialog, Heading } from '@digdir/designsystemet-react';
import { PlusIcon, TrashIcon } from '@navikt/aksel-icons';
import { useFieldArray, useForm, type UseFormReturn } from 'react-hook-form';
import { Link, useNavigate } from 'react-router';
import { answer, api, queries, type Schemas } from '../api/client';
import { useKeyOf } from '../api/hooks';
import { useReference } from '../api/reference';
import { useSession, type Account } from '../api/session';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { Form, TYPING } from '../ui/Form';
import { Loading } from '../ui/Notice';
import { Page, Section } from '../ui/Page';
import { PlaceFields } from '../ui/PlaceFields';
import { ReadOnly, SelectField, TextField } from '../ui/fields';
import { emailFault, finessFault, holds, phoneFault } from '../ui/identifiers';
import { personFault, placeFault } from '../ui/names';
import { missionInput, NEW_MISSION, type MissionValues } from './mission';
import { MissionFields } from './MissionFields';

const MOST_MISSIONS = 40;

interface NeedValues {
  requester: { lastName: string; firstName: string; email: string; phone: string };
  establishment: {
    finess: string;
    name: string;
    address: string;
    postalCode: string;
    city: string;
    region: string;
  };
  missions: MissionValues[];
}

const EMPTY: NeedValues = {
  requester: { lastName: '', firstName: '', email: '', phone: '' },
  establishment: { finess: '', name: '', address: '', postalCode: '', city: '', region: '' },
  missions: [NEW_MISSION],
};

/** A need: by anybody, or by a requester whose own data are filled in and fixed (R8, R9). */
export function Component() {
  const session = useSession();
  if (session.status === 'unknown') {
    return (
      <Page title="Déposer un besoin de renfort">
        <Loading />
      </Page>
    );
  }
  const account =
    (session.status === 'in' || session.status === 'ended') && session.account.role === 'REQUESTER'
      ? session.account
      : undefined;
  // a session that comes or goes is another form
  return <Need key={account?.accountId ?? 'visitor'} account={account} />;
}

function Need({ account }: { account: Account | undefined }) {
  const form = useForm<NeedValues>({ ...TYPING, defaultValues: EMPTY });
  const missions = useFieldArray({ control: form.control, name: 'missions' });
  const navigate = useNavigate();
  const [done, setDone] = useState(false);
  const [clearing, setClearing] = useState(false);
  const keyOf = useKeyOf();
  const { isDirty, isValid, isSubmitting: busy } = form.formState;

  const send = async (values: NeedValues) => {
    const body = { missions: values.missions.map(missionInput) };
    const params = { header: { 'Idempotency-Key': keyOf(values) } };
    if (account) {
      await answer(api.POST('/api/missions', { params, body }));
      await queries.invalidateQueries({ queryKey: ['missions'] });
    } else {
      await answer(
        api.POST('/api/needs', {
          params,
          body: {
            ...body,
            requester: values.requester,
            establishment: {
              ...values.establishment,
              region: values.establishment.region as Schemas['RegionCode'],
            },
          },
        }),
      );
    }
    setDone(true);
  };

  return (
    <Page
      title={account ? 'Nouveau besoin' : 'Déposer un besoin de renfort'}
      lead={
        <>
          <p>
            Recensement des besoins pour renforcer les structures sanitaires ou médico-sociales. Un même dépôt
            peut compter plusieurs missions.
          </p>
          <p className="small">
            Les champs marqués <span className="req">*</span> sont obligatoires.{' '}
            {!account && (
              <>
                Vous avez un compte ? <Link to="/connexion">Connectez-vous</Link> : vos informations seront
                déjà remplies.
              </>
            )}
          </p>
        </>
      }
    >
      <Form form={form} label="Besoin de renfort" onSubmit={send}>
        {account ? <Known account={account} /> : <Unknown form={form} />}
        <Section id="missions" number={account ? 2 : 3} title="Formulaire mission(s)">
          <div className="stack">
            {missions.fields.map((field, index) => (
              <fieldset key={field.id} className="mission stack">
                <legend className="strong">Mission {index + 1}</legend>
                <MissionFields prefix={`missions.${index}.`} />
                {missions.fields.length > 1 && (
                  <Button
                    variant="tertiary"
                    data-color="danger"
                    className="sm fit"
                    aria-describedby={`mission-${index}`}
                    onClick={() => missions.remove(index)}
                  >
                    <TrashIcon aria-hidden />
                    Supprimer
                  </Button>
                )}
                <span id={`mission-${index}`} hidden>
                  Mission {index + 1}
                </span>
              </fieldset>
            ))}
            <Button
              variant="secondary"
              className="sm fit"
              aria-disabled={missions.fields.length >= MOST_MISSIONS}
              onClick={() => missions.fields.length < MOST_MISSIONS && missions.append(NEW_MISSION)}
            >
              <PlusIcon aria-hidden />
              Ajouter une mission
            </Button>
            {missions.fields.length >= MOST_MISSIONS && (
              <p role="status" className="small muted">
                Un dépôt compte {MOST_MISSIONS} missions au plus.
              </p>
            )}
          </div>
        </Section>
        <div className="panel actions">
          <Button type="submit" aria-busy={busy} aria-disabled={busy || !isValid}>
            Valider
          </Button>
          <Button variant="secondary" onClick={() => (isDirty ? setClearing(true) : form.reset(EMPTY))}>
            Annuler
          </Button>
          {!isValid && (
            <p className="small muted">
              « Valider » devient disponible quand les champs obligatoires sont remplis.
            </p>
          )}
        </div>
      </Form>
      {clearing && (
        <ConfirmDialog
          title="Effacer toute la saisie ?"
          action="Effacer la saisie"
          danger
          onConfirm={() => form.reset(EMPTY)}
          onClose={() => setClearing(false)}
        >
          <p>Tout ce que vous avez saisi dans ce formulaire sera perdu.</p>
        </ConfirmDialog>
      )}
      {done && (
        <Done
          known={account !== undefined}
          onClose={() => {
            setDone(false);
            form.reset(EMPTY);
            navigate(account ? '/structure' : '/');
          }}
        />
      )}
    </Page>
  );
}

function Unknown({ form }: { form: UseFormReturn<NeedValues> }) {
  const reference = useReference().data;
  return (
    <>
      <Section id="demandeur" number={1} title="Information du demandeur">
        <div className="grid2">
          <TextField
            name="requester.lastName"
            label="Nom"
            autoComplete="family-name"
            required="Saisissez votre nom."
            rules={holds(personFault)}
          />
          <TextField
            name="requester.firstName"
            label="Prénom"
            autoComplete="given-name"
            required="Saisissez votre prénom."
            rules={holds(personFault)}
          />
          <TextField
            name="requester.email"
            label="Courriel"
            type="email"
            autoComplete="email"
            help="Vous y recevrez le lien qui ouvre votre compte et vos missions."
            required="Saisissez votre courriel."
            rules={holds(emailFault)}
          />
          <TextField
            name="requester.phone"
            label="Téléphone"
            type="tel"
            autoComplete="tel"
            required="Saisissez votre téléphone."
            rules={holds(phoneFault)}
          />
        </div>
      </Section>
      <Section id="etablissement" number={2} title="Votre établissement">
        <div className="grid2">
          <TextField
            name="establishment.finess"
            label="N° FINESS géographique"
            help="9 caractères : celui du site où aura lieu la mission."
            className="num"
            required="Saisissez le numéro FINESS géographique."
            rules={holds(finessFault)}
          />
          <TextField
            name="establishment.name"
            label="Nom établissement"
            autoComplete="organization"
            required="Saisissez le nom de l’établissement."
            rules={holds(placeFault)}
          />
          <TextField
            name="establishment.address"
            label="Adresse"
            autoComplete="street-address"
            required="Saisissez l’adresse."
            rules={holds(placeFault)}
          />
          <PlaceFields
            prefix="establishment."
            cedex
            onCommune={(region) => form.setValue('establishment.region', region, { shouldValidate: true })}
          />
          <SelectField
            name="establishment.region"
            label="ARS de rattachement"
            options={(reference?.regions ?? []).map(({ code, ars }) => ({ value: code, label: ars }))}
            required="Choisissez l’ARS de rattachement."
          />
        </div>
      </Section>
    </>
  );
}

/** What the account says, filled in and fixed. */
function Known({ account }: { account: Account }) {
  const reference = useReference().data;
  const own = account.establishment;
  const lines: [label: string, value: string][] = [
    ['Nom', account.lastName],
    ['Prénom', account.firstName],
    ['Courriel', account.email],
    ['Téléphone', account.phone ?? ''],
    ['N° FINESS géographique', own?.finess ?? ''],
    ['Nom établissement', own?.name ?? ''],
    ['Adresse', own?.address ?? ''],
    ['Code postal', own?.postalCode ?? ''],
    ['Ville', own?.city ?? ''],
    ['ARS de rattachement', reference?.regions.find(({ code }) => code === own?.region)?.ars ?? ''],
  ];
  return (
    <Section
      id="demandeur"
      number={1}
      title="Information du demandeur"
      lead="Ces champs viennent de votre compte et ne sont pas modifiables."
    >
      <div className="grid2">
        {lines.map(([label, value]) => (
          <ReadOnly key={label} label={label} value={value} />
        ))}
      </div>
    </Section>
  );
}

function Done({ known, onClose }: { known: boolean; onClose: () => void }) {
  return (
    <Dialog open closeButton={false} onClose={onClose} aria-labelledby="besoin-depose">
      <Heading level={2} data-size="xs" id="besoin-depose" tabIndex={-1} ref={(heading) => heading?.focus()}>
        Votre besoin a bien été pris en compte
      </Heading>
      <div className="dialog__text stack">
        {known ? (
          <p>Vos missions sont ouvertes : vous pouvez chercher des candidats depuis votre tableau de bord.</p>
        ) : (
          <>
            <p>
              Vous allez recevoir un courriel. S’il s’agit de votre premier dépôt, son lien, valable 72 h,
              vous fait choisir votre mot de passe et ouvre vos missions. Si vous avez déjà un compte, vos
              missions vous y attendent pour être confirmées.
            </p>
            <p>Pensez à vérifier vos courriers indésirables.</p>
          </>
        )}
      </div>
      <Button onClick={onClose}>Fermer</Button>
    </Dialog>
  );
}

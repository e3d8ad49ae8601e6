import { useState } from 'react';
import { Alert, Button, Switch } from '@digdir/designsystemet-react';
import { useQuery } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { answer, api, queries, type Schemas } from '../api/client';
import { asFault, Fault } from '../api/fault';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { Form, TYPING } from '../ui/Form';
import { Kept } from '../ui/Kept';
import { FaultNotice, Loading } from '../ui/Notice';
import { Page } from '../ui/Page';
import { ReadOnly } from '../ui/fields';
import { sheetInput, sheetValues, type ProfessionalValues } from '../registration/professional';
import { ProfessionalFields } from '../registration/ProfessionalFields';
import '../registration/registration.css';

type OwnSheet = Schemas['ProfessionalSheet'];

const KEY = ['sheet'];

const load = () => answer(api.GET('/api/professionals/me'));

/** A volunteer's own sheet: everything but the e-mail can be changed (R6). */
export function Component() {
  // what is typed is not replaced by what another tab saved
  const sheet = useQuery({ queryKey: KEY, queryFn: load, staleTime: Infinity, gcTime: 0 });
  return (
    <Page
      title="Ma fiche"
      lead="Remettez régulièrement votre fiche à jour, surtout vos dates de disponibilité. Les champs marqués * sont obligatoires."
    >
      {sheet.data ? (
        <>
          <Available sheet={sheet.data} />
          <SheetForm sheet={sheet.data} />
        </>
      ) : sheet.isError ? (
        <FaultNotice fault={sheet.error} onRetry={() => void sheet.refetch()} />
      ) : (
        <Loading what="Chargement de votre fiche" rows={6} />
      )}
    </Page>
  );
}

/** The switch acts at once, and goes back when it could not. */
function Available({ sheet }: { sheet: OwnSheet }) {
  const [available, setAvailable] = useState(sheet.available);
  const [fault, setFault] = useState<Fault>();
  const turn = async (wanted: boolean) => {
    setAvailable(wanted);
    setFault(undefined);
    try {
      await answer(api.PUT('/api/professionals/me/availability', { body: { available: wanted } }));
    } catch (thrown) {
      setAvailable(!wanted);
      setFault(asFault(thrown));
    }
  };
  return (
    <section className="panel stack available" aria-label="Disponibilité">
      <Switch
        label="Disponible"
        checked={available}
        onChange={(event) => void turn(event.target.checked)}
        aria-describedby="disponible-effet"
      />
      <p id="disponible-effet" role="status">
        {available
          ? 'Votre fiche est proposée aux établissements, aux dates que vous avez déclarées.'
          : 'Votre fiche n’est plus proposée. Vos affectations confirmées restent ; un établissement qui vous avait contacté est prévenu.'}
      </p>
      <p className="small muted num">Référence de votre fiche : {sheet.reference}</p>
      {fault && <FaultNotice fault={fault} />}
    </section>
  );
}

function SheetForm({ sheet }: { sheet: OwnSheet }) {
  const form = useForm<ProfessionalValues>({ ...TYPING, defaultValues: sheetValues(sheet) });
  const { isDirty, isValid, isSubmitting: busy } = form.formState;
  const [version, setVersion] = useState(sheet.version);
  const [documents, setDocuments] = useState(sheet.documents);
  const [saved, setSaved] = useState(false);
  const [overtaken, setOvertaken] = useState(false);
  const [clearing, setClearing] = useState(false);

  const save = async (values: ProfessionalValues) => {
    setSaved(false);
    setOvertaken(false);
    try {
      const stored = await answer(
        api.PUT('/api/professionals/me', { body: { ...sheetInput(values), version } }),
      );
      queries.setQueryData(KEY, stored);
      setVersion(stored.version);
      setDocuments(stored.documents);
      form.reset(sheetValues(stored));
      setSaved(true);
    } catch (thrown) {
      if (!(thrown instanceof Fault) || thrown.kind !== 'stale') {
        throw thrown;
      }
      // whoever validates again has been told, and means it
      setVersion((await load()).version);
      setOvertaken(true);
    }
  };

  return (
    <Form form={form} label="Ma fiche" onSubmit={save}>
      <ProfessionalFields
        contact={
          <ReadOnly label="Compte" value={sheet.email} help="Votre courriel ne peut pas être modifié." />
        }
        documents={<Documents documents={documents} />}
      />
      <section className="panel stack" aria-label="Validation">
        {overtaken && (
          <Alert data-color="warning" role="alert">
            <p className="strong">
              Votre fiche a été modifiée entre-temps, dans un autre onglet ou sur un autre appareil.
            </p>
            <p>
              Votre saisie est conservée ici. Vérifiez-la, puis validez de nouveau pour la garder ; ou
              rechargez la page pour partir de l’autre version.
            </p>
          </Alert>
        )}
        <p role="status" className={saved ? 'ok strong' : 'ds-sr-only'}>
          {saved ? 'Votre fiche est enregistrée.' : ''}
        </p>
        <div className="actions">
          <Button type="submit" aria-busy={busy} aria-disabled={busy || !isValid}>
            Valider
          </Button>
          <Button variant="secondary" onClick={() => (isDirty ? setClearing(true) : form.reset())}>
            Annuler
          </Button>
        </div>
      </section>
      {clearing && (
        <ConfirmDialog
          title="Abandonner vos modifications ?"
          action="Abandonner les modifications"
          danger
          onConfirm={() => form.reset()}
          onClose={() => setClearing(false)}
        >
          <p>Votre fiche redevient celle qui est enregistrée.</p>
        </ConfirmDialog>
      )}
    </Form>
  );
}

const KINDS = { IDENTITY: 'Pièce d’identité', DIPLOMA: 'Diplôme' };

function Documents({ documents }: { documents: OwnSheet['documents'] }) {
  return (
    <div>
      <p className="strong">Documents enregistrés</p>
      {documents.length === 0 ? (
        <p className="muted">
          Aucun document : votre pièce d’identité est à joindre de nouveau. Un document qui n’est pas vérifié
          est supprimé au bout de <Kept name="documentDays" />.
        </p>
      ) : (
        <ul>
          {documents.map(({ kind, fileName, checked }) => (
            <li key={kind}>
              {KINDS[kind]} : {fileName}
              {checked ? ' (vérifié)' : ''}
            </li>
          ))}
        </ul>
      )}
      <p className="small muted">Un nouveau fichier remplace celui qui est enregistré, quand vous validez.</p>
    </div>
  );
}

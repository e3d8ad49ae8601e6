import { useState } from 'react';
import { Button, Fieldset, Radio } from '@digdir/designsystemet-react';
import { useForm, useFormContext } from 'react-hook-form';
import { answer, api, queries, type Schemas } from '../api/client';
import { useAccount } from '../api/session';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { Form } from '../ui/Form';
import { TextField } from '../ui/fields';
import { frenchInstant } from '../ui/format';
import { FaultNotice, Loading } from '../ui/Notice';
import { Section } from '../ui/Page';
import { RegionPage, type RegionCode } from './region';
import { changes, MODES, useRegulation, type Mode } from './regulation';

type Settings = Schemas['Regulation'];

/** How candidates reach the establishments of a region, and how long a contact holds. */
export function Component() {
  return (
    <RegionPage
      title="Régulation"
      lead="Choisissez comment les candidats parviennent aux établissements de la région, et combien de temps un contact leur est réservé."
    >
      {(region) => <RegionSettings region={region} />}
    </RegionPage>
  );
}

function RegionSettings({ region }: { region: RegionCode }) {
  const { role } = useAccount();
  const query = useRegulation(region);
  const [saved, setSaved] = useState(false);
  if (query.isPending) {
    return <Loading what="Chargement de la régulation" />;
  }
  if (query.isError) {
    return <FaultNotice fault={query.error} onRetry={() => void query.refetch()} />;
  }
  const settings = query.data;
  return (
    <>
      <Section id="en-vigueur" title="En vigueur">
        <div className="stack g-s">
          <p>
            <span className="strong">{MODES[settings.mode].label}</span>
            {settings.changedAt && <> depuis le {frenchInstant(settings.changedAt)}</>}
          </p>
          <p>{MODES[settings.mode].meaning}</p>
          <p>Un contact réserve la personne à l’établissement pendant {settings.holdHours} h.</p>
        </div>
      </Section>
      <p role="status" className={saved ? 'done' : 'ds-sr-only'}>
        {saved && 'La régulation est enregistrée. Elle s’applique dès maintenant.'}
      </p>
      <Section id="changer" title="Changer la régulation">
        <Change
          // what somebody else set meanwhile is what the form begins with
          key={`${settings.mode} ${settings.holdHours}`}
          settings={settings}
          modes={
            role === 'NATIONAL'
              ? ['DIRECT', 'REGIONAL', 'NATIONAL']
              : settings.mode === 'NATIONAL'
                ? []
                : ['DIRECT', 'REGIONAL']
          }
          onChange={() => setSaved(false)}
          onSaved={(after) => {
            queries.setQueryData(['regulation', region], after);
            setSaved(true);
          }}
        />
      </Section>
    </>
  );
}

interface Values {
  mode: Mode;
  holdHours: string;
}

function Change({
  settings,
  modes,
  onChange,
  onSaved,
}: {
  settings: Settings;
  /** what this account may choose; none when the mode is not its own to change */
  modes: Mode[];
  onChange: () => void;
  onSaved: (after: Settings) => void;
}) {
  const form = useForm<Values>({
    defaultValues: { mode: settings.mode, holdHours: String(settings.holdHours) },
  });
  const [asked, setAsked] = useState<{ mode: Mode; holdHours: number }>();
  const [same, setSame] = useState(false);
  return (
    <>
      <Form
        form={form}
        label="Changer la régulation"
        onSubmit={async ({ mode, holdHours }) => {
          onChange();
          const after = { mode, holdHours: Number(holdHours) };
          const nothing = changes(settings, after).length === 0;
          setSame(nothing);
          setAsked(nothing ? undefined : after);
        }}
      >
        <ModeField modes={modes} />
        <div className="narrow">
          <TextField
            name="holdHours"
            label="Durée d’un contact, en heures"
            help="De 12 à 72 heures. Passé ce délai, la personne redevient joignable par tous."
            inputMode="numeric"
            required="Indiquez la durée d’un contact."
            rules={{
              validate: (value: string) =>
                (/^\d+$/.test(value.trim()) && Number(value) >= 12 && Number(value) <= 72) ||
                'Indiquez un nombre entier d’heures, de 12 à 72.',
            }}
          />
        </div>
        <div className="actions">
          <Button type="submit">Enregistrer</Button>
          <p role="status" className="muted small">
            {same && 'Rien n’est changé : ce réglage est déjà en vigueur.'}
          </p>
        </div>
      </Form>
      {asked && (
        <ConfirmDialog
          title={
            asked.mode === settings.mode
              ? `Passer la durée d’un contact à ${asked.holdHours} h ?`
              : `Passer en ${MODES[asked.mode].label.toLowerCase()} ?`
          }
          action="Confirmer"
          onConfirm={async () =>
            onSaved(
              await answer(
                api.PUT('/api/regions/{code}/regulation', {
                  params: { path: { code: settings.region } },
                  body: asked,
                }),
              ),
            )
          }
          onClose={() => setAsked(undefined)}
        >
          <ul className="told">
            {changes(settings, asked).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p>Aucun courriel ne part : prévenez les établissements.</p>
        </ConfirmDialog>
      )}
    </>
  );
}

function ModeField({ modes }: { modes: Mode[] }) {
  const { register } = useFormContext<Values>();
  if (modes.length === 0) {
    return (
      <p className="note">
        Seul le niveau national lève la régulation nationale. Tant qu’elle est en vigueur, l’ARS continue de
        pousser les candidats de sa région, et peut changer la durée d’un contact.
      </p>
    );
  }
  return (
    <Fieldset>
      <Fieldset.Legend>Mode</Fieldset.Legend>
      <Fieldset.Description>
        La régulation nationale est posée et levée par le niveau national seulement.
      </Fieldset.Description>
      {modes.map((mode) => (
        <Radio
          key={mode}
          {...register('mode')}
          value={mode}
          label={MODES[mode].label}
          description={MODES[mode].meaning}
        />
      ))}
    </Fieldset>
  );
}

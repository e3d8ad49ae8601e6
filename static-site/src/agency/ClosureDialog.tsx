import { useState } from 'react';
import { Field, Label, Select, Textfield } from '@digdir/designsystemet-react';
import { answer, api, queries, type Schemas } from '../api/client';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { count } from '../ui/format';
import type { Mission } from './missions';

type Reason = Schemas['Closure']['reason'];

const REASONS: Record<Reason, string> = {
  ORPHAN: 'Plus personne ne peut agir pour cette mission',
  DUPLICATE: 'Doublon d’une autre mission',
  ABUSE: 'Contraire aux règles d’utilisation de Renfort',
  OTHER: 'Autre motif',
};

/** Closes a mission for good, with a reason that its requester and the people affected read. */
export function ClosureDialog({ mission, onClose }: { mission: Mission; onClose: () => void }) {
  const [reason, setReason] = useState<Reason>(mission.orphan ? 'ORPHAN' : 'DUPLICATE');
  const [text, setText] = useState('');
  return (
    <ConfirmDialog
      title="Clôturer cette mission ?"
      action="Clôturer la mission"
      danger
      onConfirm={async () => {
        await answer(
          api.PUT('/api/missions/{id}/closure', {
            params: { path: { id: mission.id } },
            body: { reason, ...(text.trim() ? { text: text.trim() } : {}) },
          }),
        );
        await queries.invalidateQueries({ queryKey: ['region-missions'] });
      }}
      onClose={onClose}
    >
      <Field>
        <Label>Motif</Label>
        <Select value={reason} onChange={(event) => setReason(event.target.value as Reason)}>
          {Object.entries(REASONS).map(([value, label]) => (
            <Select.Option key={value} value={value}>
              {label}
            </Select.Option>
          ))}
        </Select>
      </Field>
      <Textfield
        label="Précision (facultatif)"
        maxLength={500}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <p>
        La mission est annulée
        {mission.filled > 0 && ` et ${count(mission.filled, 'affectation')} avec elle`}. Un courriel avec ce
        motif part au demandeur et aux personnes affectées ; les personnes contactées ou poussées sont de
        nouveau libres.
      </p>
    </ConfirmDialog>
  );
}

import { useEffect, useRef } from 'react';
import { Button, Dialog, Heading } from '@digdir/designsystemet-react';
import { useForm } from 'react-hook-form';
import { answer, api } from '../api/client';
import { useKeyOf } from '../api/hooks';
import { copyOf, missionInput, missionValues, type MissionValues } from '../need/mission';
import { MissionFields } from '../need/MissionFields';
import { Form, TYPING } from '../ui/Form';
import type { Mission } from './missions';

/** A mission changed, or a new one that begins as its copy (R10). */
export function EditMission({
  mission,
  copy,
  onDone,
  onClose,
}: {
  mission: Mission;
  copy: boolean;
  onDone: () => void;
  onClose: () => void;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const form = useForm<MissionValues>({
    ...TYPING,
    defaultValues: copy ? copyOf(mission) : missionValues(mission),
  });
  const { isSubmitting: busy } = form.formState;
  const keyOf = useKeyOf();
  const save = async (values: MissionValues) => {
    const body = missionInput(values);
    if (copy) {
      await answer(
        api.POST('/api/missions', {
          params: { header: { 'Idempotency-Key': keyOf(body) } },
          body: { missions: [body] },
        }),
      );
    } else {
      await answer(api.PUT('/api/missions/{id}', { params: { path: { id: mission.id } }, body }));
    }
    onDone();
    onClose();
  };
  const title = copy ? 'Copier la mission' : 'Modifier la mission';
  return (
    <Dialog open closeButton="Fermer" className="wide" onClose={onClose} aria-labelledby="mission-a-modifier">
      <Heading level={2} data-size="xs" id="mission-a-modifier" ref={heading} tabIndex={-1}>
        {title}
      </Heading>
      <div className="dialog__text">
        <Form form={form} label={title} onSubmit={save}>
          <MissionFields begun={copy ? undefined : mission.start} />
          <div className="actions">
            <Button type="submit" aria-busy={busy} aria-disabled={busy}>
              {copy ? 'Créer la mission' : 'Enregistrer'}
            </Button>
            <Button variant="secondary" onClick={onClose}>
              Ne rien changer
            </Button>
          </div>
        </Form>
      </div>
    </Dialog>
  );
}

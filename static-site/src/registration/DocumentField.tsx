import { useEffect, useId, useRef, useState } from 'react';
import { Button, ValidationMessage } from '@digdir/designsystemet-react';
import { CheckmarkCircleFillIcon, FileTextIcon } from '@navikt/aksel-icons';
import { useController, useFormContext } from 'react-hook-form';
import { asFault } from '../api/fault';
import { fieldId } from '../ui/Form';
import { Named } from '../ui/fields';
import { size } from '../ui/format';
import { ACCEPTED, fileFault, prepared, send } from './document';

type State =
  | { step: 'none' }
  | { step: 'sending'; file: File; share: number }
  | { step: 'sent'; file: File; bytes: number }
  | { step: 'failed'; file: File | undefined; words: string };

/**
 * A document by file or camera, sent as soon as it is chosen; the form holds its id. What fails is said in words and
 * tried again, and the rest of the form is not touched.
 */
export function DocumentField({
  name,
  label,
  help,
  required,
}: {
  name: string;
  label: string;
  help?: string;
  required?: string;
}) {
  const form = useFormContext();
  // an optional document on its way, or refused, is not left out unseen
  const obstacle = useRef<string>(undefined);
  const input = useRef<HTMLInputElement>(null);
  const { field, fieldState } = useController({
    name,
    rules: { validate: (id: unknown) => obstacle.current ?? (id || !required ? true : required) },
  });
  const [state, setState] = useState<State>({ step: 'none' });
  const sending = useRef<AbortController>(undefined);
  const ids = useId();

  useEffect(() => () => sending.current?.abort(), []);
  // a cleared form has no document any more
  const cleared = state.step === 'sent' && form.watch(name) === '';
  const shown: State = cleared ? { step: 'none' } : state;

  const take = async (file: File) => {
    sending.current?.abort();
    const refused = fileFault(file);
    obstacle.current = refused ?? `${label} : attendez la fin de l’envoi du document.`;
    field.onChange('');
    if (refused) {
      setState({ step: 'failed', file: undefined, words: refused });
      return;
    }
    const controller = new AbortController();
    sending.current = controller;
    setState({ step: 'sending', file, share: 0 });
    try {
      const content = await prepared(file);
      const id = await send(
        file.name,
        content,
        (share) => !controller.signal.aborted && setState({ step: 'sending', file, share }),
        controller.signal,
      );
      obstacle.current = undefined;
      form.setValue(name, id, { shouldValidate: true, shouldDirty: true });
      setState({ step: 'sent', file, bytes: content.size });
    } catch (thrown) {
      if (!controller.signal.aborted) {
        const fault = asFault(thrown);
        const field0 = fault.fields[0]?.message;
        const words = field0 ? `${field0} 5 Mo au maximum.` : fault.message;
        obstacle.current = words;
        field.onChange('');
        setState({
          step: 'failed',
          file: fault.kind === 'unreadable' || field0 ? undefined : file,
          words,
        });
      }
    }
  };

  const remove = () => {
    sending.current?.abort();
    obstacle.current = undefined;
    setState({ step: 'none' });
    field.onChange('');
    if (input.current) {
      input.current.value = '';
      input.current.focus();
    }
  };
  // one input for both, so that its label names one thing: the camera is asked for by an attribute
  const photograph = () => {
    if (input.current) {
      input.current.capture = 'environment';
      input.current.click();
      input.current.removeAttribute('capture');
    }
  };

  const wrong =
    shown.step === 'failed' ? shown.words : shown.step === 'sending' ? undefined : fieldState.error?.message;
  return (
    <div className="doc">
      <label className="strong" id={`${ids}-nom`} htmlFor={fieldId(name)}>
        <Named required={required}>{label}</Named>
      </label>
      <p className="small muted" id={`${ids}-aide`}>
        {help ? `${help} ` : ''}PDF, DOC, DOCX ou JPG, 5&nbsp;Mo au maximum. Une photo est allégée avant
        l’envoi.
      </p>
      <input
        key={cleared ? 'cleared' : 'chosen'}
        ref={(element) => {
          input.current = element;
          field.ref(element);
        }}
        id={fieldId(name)}
        className="ds-input"
        type="file"
        accept={ACCEPTED}
        aria-required={required ? true : undefined}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={`${ids}-aide ${ids}-etat`}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) {
            void take(file);
          }
        }}
      />
      <Button
        variant="secondary"
        className="sm fit camera"
        aria-describedby={`${ids}-nom`}
        onClick={photograph}
      >
        Prendre une photo
      </Button>
      <div id={`${ids}-etat`} role="status">
        {shown.step === 'sending' && (
          <div className="file">
            <FileTextIcon aria-hidden />
            <div>
              <p className="file__name">{shown.file.name}</p>
              <p className="small muted num">Envoi en cours : {Math.round(shown.share * 100)} %</p>
            </div>
            <Button variant="tertiary" className="sm" onClick={remove}>
              Annuler l’envoi
            </Button>
            <progress
              className="file__progress"
              value={shown.share}
              max={1}
              aria-label={`Envoi de ${shown.file.name}`}
            />
          </div>
        )}
        {shown.step === 'sent' && (
          <p className="small ok row">
            <CheckmarkCircleFillIcon className="ico" aria-hidden />
            <span>
              {shown.file.name} est envoyé ({size(shown.bytes)}
              {shown.bytes < shown.file.size ? `, au lieu de ${size(shown.file.size)}` : ''}).
            </span>
          </p>
        )}
        {wrong && <ValidationMessage>{wrong}</ValidationMessage>}
      </div>
      {shown.step === 'failed' && (
        <div className="row">
          {shown.file && (
            <Button variant="secondary" className="sm" onClick={() => shown.file && take(shown.file)}>
              Renvoyer {shown.file.name}
            </Button>
          )}
          <Button variant="tertiary" className="sm" aria-describedby={`${ids}-nom`} onClick={remove}>
            Retirer
          </Button>
        </div>
      )}
    </div>
  );
}

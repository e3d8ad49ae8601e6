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
  const { field, fieldState } = useController({ name, rules: required ? { required } : {} });
  const [state, setState] = useState<State>({ step: 'none' });
  const sending = useRef<AbortController>(undefined);
  const ids = useId();

  useEffect(() => () => sending.current?.abort(), []);
  // a cleared form has no document any more
  const cleared = state.step === 'sent' && form.watch(name) === '';
  const shown: State = cleared ? { step: 'none' } : state;

  const take = async (file: File) => {
    sending.current?.abort();
    field.onChange('');
    const refused = fileFault(file);
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
      form.setValue(name, id, { shouldValidate: true, shouldDirty: true });
      setState({ step: 'sent', file, bytes: content.size });
    } catch (thrown) {
      if (!controller.signal.aborted) {
        const fault = asFault(thrown);
        const field0 = fault.fields[0]?.message;
        setState({
          step: 'failed',
          file: fault.kind === 'unreadable' || field0 ? undefined : file,
          words: field0 ? `${field0} 5 Mo au maximum.` : fault.message,
        });
      }
    }
  };

  const wrong =
    shown.step === 'failed' ? shown.words : shown.step === 'sending' ? undefined : fieldState.error?.message;
  return (
    <div className="doc">
      <label className="strong" htmlFor={fieldId(name)}>
        <Named required={required}>{label}</Named>
      </label>
      <p className="small muted" id={`${ids}-aide`}>
        {help ? `${help} ` : ''}PDF, DOC, DOCX ou JPG, 5&nbsp;Mo au maximum. Une photo est allégée avant
        l’envoi.
      </p>
      <input
        key={cleared ? 'cleared' : 'chosen'}
        // oxlint-disable-next-line react/refs -- a function that takes the element
        ref={field.ref}
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
      <label className="camera">
        <span className="ds-button sm" data-variant="secondary">
          Prendre une photo
        </span>
        <input
          className="ds-sr-only"
          type="file"
          accept="image/jpeg"
          capture="environment"
          aria-label={`Prendre une photo : ${label}`}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) {
              void take(file);
            }
          }}
        />
      </label>
      <div id={`${ids}-etat`} role="status">
        {shown.step === 'sending' && (
          <div className="file">
            <FileTextIcon aria-hidden />
            <div>
              <p className="file__name">{shown.file.name}</p>
              <p className="small muted num">Envoi en cours : {Math.round(shown.share * 100)} %</p>
            </div>
            <Button
              variant="tertiary"
              className="sm"
              onClick={() => {
                sending.current?.abort();
                setState({ step: 'none' });
              }}
            >
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
      {shown.step === 'failed' && shown.file && (
        <Button variant="secondary" className="sm fit" onClick={() => shown.file && take(shown.file)}>
          Renvoyer {shown.file.name}
        </Button>
      )}
    </div>
  );
}

import { useEffect, useRef, useState, type ReactNode, type SyntheticEvent } from 'react';
import { ErrorSummary } from '@digdir/designsystemet-react';
import {
  FormProvider,
  get,
  type FieldErrors,
  type FieldValues,
  type Path,
  type UseFormReturn,
} from 'react-hook-form';
import { asFault, formName, type Fault } from '../api/fault';
import { FaultNotice } from './Notice';

/**
 * When a form looks at what is typed: while typing, told when the hand rests. Never on leaving a field: a message that
 * comes then moves the button that is just being pressed.
 */
export const TYPING = {
  mode: 'onChange',
  delayError: 600,
  // after a refused try the summary takes the focus
  shouldFocusError: false,
} as const;

/** The id of a field's control, which the summary of errors leads to. */
export function fieldId(name: string): string {
  return `champ-${name.replaceAll('.', '-')}`;
}

/**
 * A form: what is wrong is told at each field and in a summary that takes the focus, whether the page saw it or the
 * API said so. `onSubmit` throws the API's {@link Fault}; input is never lost.
 */
export function Form<Values extends FieldValues>({
  form,
  onSubmit,
  label,
  children,
}: {
  form: UseFormReturn<Values>;
  onSubmit: (values: Values) => Promise<void>;
  label?: string;
  children: ReactNode;
}) {
  const [fault, setFault] = useState<Fault>();
  const [attempt, setAttempt] = useState(0);
  const submit = form.handleSubmit(
    async (values) => {
      setFault(undefined);
      try {
        await onSubmit(values);
      } catch (thrown) {
        const told = asFault(thrown);
        for (const field of told.fields) {
          form.setError(formName(field.field) as Path<Values>, { type: 'server', message: field.message });
        }
        setFault(told);
        setAttempt((before) => before + 1);
      }
    },
    () => {
      setFault(undefined);
      setAttempt((before) => before + 1);
    },
  );
  // a button that is unavailable by aria-disabled still submits: one try at a time
  const { isSubmitting } = form.formState;
  const once = (event: SyntheticEvent) => (isSubmitting ? event.preventDefault() : submit(event));
  return (
    <FormProvider {...form}>
      <form noValidate aria-label={label} className="stack" onSubmit={once}>
        {children}
        {fault && fault.fields.length === 0 && <FaultNotice key={attempt} fault={fault} />}
        {attempt > 0 && <Summary key={`summary-${attempt}`} errors={form.formState.errors} />}
      </form>
    </FormProvider>
  );
}

/** Takes the focus each time that a try has failed; goes when nothing is wrong any more. */
function Summary({ errors }: { errors: FieldErrors }) {
  const box = useRef<HTMLElement>(null);
  const lines = flat(errors);
  const shown = lines.length > 0;
  useEffect(() => {
    if (shown) {
      box.current?.focus();
    }
    // once: the next failed try mounts it anew
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  if (!shown) {
    return null;
  }
  return (
    <ErrorSummary ref={box as never} tabIndex={-1}>
      <ErrorSummary.Heading>
        {lines.length === 1 ? 'Un champ est à corriger' : `${lines.length} champs sont à corriger`}
      </ErrorSummary.Heading>
      <ErrorSummary.List>
        {lines.map(({ name, message }) => (
          <ErrorSummary.Item key={name}>
            <ErrorSummary.Link
              href={`#${fieldId(name)}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(fieldId(name))?.focus();
              }}
            >
              {message}
            </ErrorSummary.Link>
          </ErrorSummary.Item>
        ))}
      </ErrorSummary.List>
    </ErrorSummary>
  );
}

/** Every error with a message, by the name of its field, in the order of the form. */
export function flat(errors: FieldErrors, prefix = ''): { name: string; message: string }[] {
  return Object.keys(errors).flatMap((key) => {
    const error: unknown = get(errors, key);
    const name = prefix + key;
    if (typeof error !== 'object' || error === null) {
      return [];
    }
    if ('message' in error && typeof error.message === 'string' && error.message) {
      return [{ name, message: error.message }];
    }
    return 'type' in error ? [] : flat(error as FieldErrors, `${name}.`);
  });
}

import type { ComponentProps, InputHTMLAttributes, ReactNode } from 'react';
import {
  Checkbox,
  Field,
  Fieldset,
  Label,
  Radio,
  Select,
  Textfield,
  ValidationMessage,
} from '@digdir/designsystemet-react';
import { get, useFormContext, type RegisterOptions } from 'react-hook-form';
import { fieldId } from './Form';

/** What every field of a form knows: its name there, its label, its help, what it must hold. */
interface FieldProps {
  name: string;
  label: ReactNode;
  help?: ReactNode;
  required?: string;
  rules?: RegisterOptions;
}

function useField({ name, required, rules }: Pick<FieldProps, 'name' | 'required' | 'rules'>) {
  const { register, formState } = useFormContext();
  const error: unknown = (get(formState.errors, name) as { message?: unknown } | undefined)?.message;
  return {
    error: typeof error === 'string' ? error : undefined,
    control: {
      id: fieldId(name),
      'aria-required': required ? true : undefined,
      'aria-invalid': error ? true : undefined,
      ...register(name, { ...rules, required } as RegisterOptions),
    },
  };
}

/** A label whose asterisk is drawn, and not part of its name: `aria-required` says it. */
export function Named({ required, children }: { required?: unknown; children: ReactNode }) {
  return required ? <span className="required">{children}</span> : children;
}

type InputProps = Pick<
  InputHTMLAttributes<HTMLInputElement>,
  | 'type'
  | 'autoComplete'
  | 'inputMode'
  | 'readOnly'
  | 'min'
  | 'max'
  | 'maxLength'
  | 'className'
  | 'placeholder'
> & { multiline?: boolean; rows?: number; counter?: number };

const COUNTER = { under: '%d caractères restants', over: '%d caractères en trop' };

/** One line of text, a date (`type="date"`) or several lines (`multiline`). */
export function TextField({
  name,
  label,
  help,
  required,
  rules,
  multiline = false,
  rows,
  type,
  counter,
  ...input
}: FieldProps & InputProps) {
  const { error, control } = useField({ name, required, rules });
  const shared = {
    ...input,
    ...control,
    label: <Named required={required}>{label}</Named>,
    description: help,
    error,
    ...(counter ? { counter: { limit: counter, ...COUNTER } } : {}),
  };
  return multiline ? (
    <Textfield multiline rows={rows ?? 4} {...(shared as object as { label: ReactNode })} />
  ) : (
    <Textfield type={type as 'text'} {...shared} />
  );
}

/** A native list of choices; `empty` is the words of no choice. */
export function SelectField({
  name,
  label,
  help,
  required,
  rules,
  empty = 'Choisir',
  options,
  ...select
}: FieldProps & { empty?: string; options: { value: string; label: string }[] } & Omit<
    ComponentProps<typeof Select>,
    'name' | 'required' | 'ref'
  >) {
  const { error, control } = useField({ name, required, rules });
  return (
    <Field>
      <Label>
        <Named required={required}>{label}</Named>
      </Label>
      {help && <Field.Description>{help}</Field.Description>}
      {/* a value that came before its option is shown once the option is there */}
      <Select key={`${options[0]?.value} ${options.length}`} {...select} {...control}>
        <Select.Option value="">{empty}</Select.Option>
        {options.map((option) => (
          <Select.Option key={option.value} value={option.value}>
            {option.label}
          </Select.Option>
        ))}
      </Select>
      {error && <ValidationMessage>{error}</ValidationMessage>}
    </Field>
  );
}

/** One box to tick. */
export function CheckField({
  name,
  label,
  help,
  required,
  rules,
  value,
  outline = false,
}: FieldProps & { value?: string; outline?: boolean }) {
  const { error, control } = useField({ name, required, rules });
  return (
    <Checkbox
      {...control}
      id={value === undefined ? control.id : `${control.id}-${value}`}
      // without a value of its own a box is true or false
      {...(value === undefined ? {} : { value })}
      label={<Named required={required}>{label}</Named>}
      description={help}
      error={value === undefined ? error : undefined}
      {...(outline ? { variant: 'outline' as const } : {})}
    />
  );
}

/** One of a few, all in view. */
export function RadioField({
  name,
  label,
  help,
  required,
  rules,
  options,
}: FieldProps & { options: { value: string; label: string }[] }) {
  const { error, control } = useField({ name, required, rules });
  return (
    <Fieldset id={control.id} tabIndex={-1}>
      <Fieldset.Legend>
        <Named required={required}>{label}</Named>
      </Fieldset.Legend>
      {help && <Fieldset.Description>{help}</Fieldset.Description>}
      <div className="opts pick three">
        {options.map((option) => (
          <Radio
            key={option.value}
            {...control}
            id={`${control.id}-${option.value}`}
            value={option.value}
            label={option.label}
            variant="outline"
          />
        ))}
      </div>
      {error && <ValidationMessage>{error}</ValidationMessage>}
    </Fieldset>
  );
}

/** What is known and cannot be changed here: a field to read. */
export function ReadOnly({ label, value, help }: { label: ReactNode; value: string; help?: ReactNode }) {
  return <Textfield readOnly label={label} description={help} value={value} />;
}

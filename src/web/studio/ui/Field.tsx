import { type ReactNode, useId } from 'react';
import { Icon } from '../../ui/Icon.tsx';

export interface FieldProps {
  label: string;
  help?: ReactNode;
  /** What is wrong with it, in words. */
  fault?: string | undefined;
  /** For links to the field; else made up. */
  id?: string;
}

interface Control {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
}

/** A label, its control, help below the label, and what is wrong below the control. */
export function Field({ label, help, fault, id, children }: FieldProps & { children(control: Control): ReactNode }) {
  const made = useId();
  const own = id ?? made;
  const notes = [help !== undefined && `${own}-help`, fault !== undefined && `${own}-fault`].filter(Boolean).join(' ');
  return (
    <div className={fault === undefined ? 'field' : 'field bad'}>
      <label htmlFor={own}>{label}</label>
      {help !== undefined && (
        <p className="help" id={`${own}-help`}>
          {help}
        </p>
      )}
      {children({
        id: own,
        'aria-describedby': notes || undefined,
        'aria-invalid': fault === undefined ? undefined : true,
      })}
      {fault !== undefined && (
        <p className="err" id={`${own}-fault`}>
          <Icon name="failed" className="failed" />
          {fault}
        </p>
      )}
    </div>
  );
}

export interface TextProps extends FieldProps {
  value: string;
  onChange(value: string): void;
  maxLength?: number;
}

/** One line. */
export function Text({
  value,
  onChange,
  maxLength,
  type = 'text',
  autoComplete,
  dir,
  ...field
}: TextProps & {
  type?: 'text' | 'email' | 'url' | 'search' | 'number' | 'date' | 'time';
  autoComplete?: string;
  dir?: 'ltr';
}) {
  return (
    <Field {...field}>
      {(control) => (
        <input
          {...control}
          className="input"
          type={type}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          maxLength={maxLength}
          autoComplete={autoComplete ?? 'off'}
          dir={dir}
        />
      )}
    </Field>
  );
}

/** Several lines. */
export function Area({ value, onChange, maxLength, rows = 3, ...field }: TextProps & { rows?: number }) {
  return (
    <Field {...field}>
      {(control) => (
        <textarea
          {...control}
          rows={rows}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          maxLength={maxLength}
        />
      )}
    </Field>
  );
}

export type Option = readonly [value: string, label: string];

/** One of several, by name. */
export function Select({ value, onChange, options, ...field }: TextProps & { options: readonly Option[] }) {
  return (
    <Field {...field}>
      {(control) => (
        <select {...control} value={value} onChange={(event) => onChange(event.target.value)}>
          {options.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export interface ChoicesProps<Value extends string> {
  legend: string;
  value: Value;
  choices: readonly { value: Value; label: string; help?: string }[];
  onChange(value: Value): void;
}

/** One of few, each with what it means: the whole card is the target. */
export function Choices<Value extends string>({ legend, value, choices, onChange }: ChoicesProps<Value>) {
  const name = useId();
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {choices.map((choice) => (
        <label className="choice" key={choice.value}>
          <input type="radio" name={name} checked={choice.value === value} onChange={() => onChange(choice.value)} />
          <span>
            <b>{choice.label}</b>
            {choice.help !== undefined && <span className="small muted">{choice.help}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Yes or no. */
export function Check({
  label,
  help,
  checked,
  onChange,
}: {
  label: string;
  help?: string;
  checked: boolean;
  onChange(checked: boolean): void;
}) {
  return (
    <label className="choice">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>
        <b>{label}</b>
        {help !== undefined && <span className="small muted">{help}</span>}
      </span>
    </label>
  );
}

import type { z } from 'zod';
import { type Html, html } from './html.ts';

/** What is wrong with a form: a sentence by the name of its field; under '' what is wrong with all of it. */
export type Faults = Readonly<Record<string, string>>;

/** A form as it was sent: text by name. */
export type Typed = Readonly<Record<string, string>>;

/** What was typed into a form that came urlencoded; a name that is there twice counts once. */
export function readTyped(body: unknown): Typed {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, String(Array.isArray(value) ? value[0] : value)]),
  );
}

/** The values of a form by its schema, or a sentence for each field that does not fit: the schema's own, or one of `sentences`. */
export function readForm<Schema extends z.ZodType>(
  schema: Schema,
  typed: Typed,
  sentences: Faults = {},
): { values: z.output<Schema>; faults: null } | { values: null; faults: Faults } {
  const read = schema.safeParse(typed);
  if (read.success) return { values: read.data, faults: null };
  const faults: Record<string, string> = {};
  for (const { path, message } of read.error.issues) {
    const name = String(path[0] ?? '');
    faults[name] ??= sentences[name] ?? message;
  }
  return { values: null, faults };
}

export interface Field {
  name: string;
  label: string;
  type?: 'text' | 'email' | 'password';
  value?: string | undefined;
  help?: string;
  fault?: string | undefined;
  autocomplete?: string;
}

/** One field, with its help and what is wrong with it. A password never comes back. */
export function field({ name, label, type = 'text', value, help, fault, autocomplete }: Field): Html {
  const notes = [help === undefined ? '' : `${name}-help`, fault === undefined ? '' : `${name}-fault`].join(' ').trim();
  return html`<div class="${fault === undefined ? 'field' : 'field bad'}">
<label for="${name}">${label}</label>
${help === undefined ? '' : html`<p class="help" id="${name}-help">${help}</p>`}
<input class="input" id="${name}" name="${name}" type="${type}" required value="${type === 'password' ? '' : (value ?? '')}"
${autocomplete === undefined ? '' : html` autocomplete="${autocomplete}"`}${notes === '' ? '' : html` aria-describedby="${notes}"`}${fault === undefined ? '' : html` aria-invalid="true"`}>
${fault === undefined ? '' : html`<p class="err" id="${name}-fault">${fault}</p>`}
</div>`;
}

/** What is wrong with all of a form, above it. */
export function formFault(faults: Faults): Html | '' {
  return faults[''] === undefined ? '' : html`<p class="note failed text" role="alert">${faults['']}</p>`;
}

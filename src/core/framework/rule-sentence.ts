import { durationUnits, factSentences, ruleSentences, schemaErrorSentences } from '../catalogue/en/framework-report.ts';
import { fillIn } from '../catalogue/render.ts';
import { isJsonObject, type JsonValue } from '../json/json.ts';
import { textOf } from './mastery-reading.ts';
import type { FactId, RuleResult } from './report.ts';
import type { SchemaError } from './schema.ts';
import { identifyFramework } from './skill-frameworks.ts';

const maximumNamed = 12;

/** What a rule's sentence is made of: the outcome in codes, the matched values, and the undefined terms. */
export interface RuleWords {
  field: string;
  receiver: { met: ReceiverText; missing: ReceiverText };
  outcome: RuleResult['outcome'];
  reason: RuleResult['reason'];
  /** The note of a fallback place, when one decided. */
  note?: string | undefined;
  found: Found;
}

interface Found {
  values: JsonValue[];
  undefinedTerms: readonly { term: string }[];
}

/** A `receiver` text of a pack, filled in as plain text. */
export type ReceiverText = (found: Found) => string;

/** A rule's outcome in words for a reader, by the pack's `receiver` texts (framework.md §2). */
export function renderRule({ field, receiver, outcome, reason, note, found }: RuleWords): string {
  if (outcome === 'met') return receiver.met(found);
  if (outcome === 'inapplicable') return fillIn(ruleSentences.inapplicable, { field });
  if (outcome === 'weak') {
    if (note !== undefined) return fillIn(ruleSentences['weak-place'], { field, note });
    const met = receiver.met(found);
    return isFact(reason) ? fillIn(ruleSentences['weak-fact'], { met, because: factSentences[reason] }) : met;
  }
  if (outcome === 'missing') {
    const missing = receiver.missing(found);
    return reason === 'undefined-terms' ? fillIn(ruleSentences['undefined-terms'], { missing }) : missing;
  }
  if (isFact(reason)) return fillIn(ruleSentences['unknown-fact'], { field, because: factSentences[reason] });
  return fillIn(ruleSentences[reason === 'limit' ? 'limit' : 'unknown-context'], { field });
}

function isFact(reason: RuleResult['reason']): reason is FactId {
  return reason !== undefined && Object.hasOwn(factSentences, reason);
}

const placeholders: Readonly<Record<string, ReceiverText>> = {
  n: ({ values }) => String(values.length),
  value: ({ values: [first] }) => (first === undefined ? ruleSentences['no-value'] : formatValue(first)),
  name: ({ values: [first] }) => nameIn(first) ?? ruleSentences['no-name'],
  frameworks: ({ values }) => frameworksIn(values).join(', ') || ruleSentences['no-framework'],
  terms: ({ undefinedTerms }) => listTerms(undefinedTerms.map(({ term }) => term)),
};

/** Take a `receiver` text apart once; names that mean nothing here stay as they are written. */
export function compileReceiver(text: string): ReceiverText {
  const parts = text
    .split(/(\{\w+\})/)
    .filter((part) => part !== '')
    .map((part): ReceiverText => {
      const name = part.startsWith('{') ? part.slice(1, -1) : '';
      return Object.hasOwn(placeholders, name) ? placeholders[name]! : () => part;
    });
  if (parts.length === 1) return parts[0]!;
  return (found) => parts.map((part) => part(found)).join('');
}

function listTerms(terms: string[]): string {
  const named = [...new Set(terms)].sort();
  const shown = named.slice(0, maximumNamed).join(', ');
  if (named.length <= maximumNamed) return shown;
  return fillIn(ruleSentences['more-terms'], { terms: shown, count: named.length - maximumNamed });
}

/** The node's own name, or for an endorsement its issuer's. */
function nameIn(value: JsonValue | undefined): string | undefined {
  if (!isJsonObject(value)) return undefined;
  return isJsonObject(value.issuer) ? textOf(value.issuer.name) : textOf(value.name);
}

function frameworksIn(values: JsonValue[]): string[] {
  const labels = values.flatMap((value) => {
    if (!isJsonObject(value)) return [];
    const label = textOf(value.targetFramework) ?? identifyFramework(textOf(value.targetUrl) ?? '')?.label;
    return label === undefined ? [] : [label];
  });
  return [...new Set(labels)].slice(0, maximumNamed);
}

/** A date without its time, a duration in words, any other value as it stands. */
function formatValue(value: JsonValue): string {
  const text = textOf(value);
  if (text === undefined) return ruleSentences['no-value'];
  const date = /^(\d{4}-\d{2}-\d{2})T/.exec(text);
  return date?.[1] ?? formatDuration(text) ?? text;
}

function formatDuration(text: string): string | undefined {
  const [, date, time] = /^P((?:\d+[YMWD])*)(?:T((?:\d+(?:\.\d+)?[HMS])+))?$/.exec(text) ?? [];
  if (date === undefined) return undefined;
  const parts = [...unitsIn(date, 'D'), ...unitsIn(time ?? '', 'T')];
  return parts.length === 0 ? undefined : parts.join(', ');
}

function unitsIn(text: string, part: 'D' | 'T'): string[] {
  return [...text.matchAll(/([\d.]+)([YMWDHS])/g)].map(([, amount, letter]) => {
    const [one, many] = durationUnits[letter === 'M' ? `M${part}` : String(letter)] ?? ['', ''];
    return `${amount} ${amount === '1' ? one : many}`;
  });
}

/** What a schema found wrong in a near miss, in words. */
export function renderSchemaError({ keyword, tokens, detail }: SchemaError): string {
  const at = tokens.length === 0 ? '' : `${tokens.join('/')} `;
  const separator = keyword === 'required' && tokens.length > 0 ? `${tokens.join('/')}/` : at;
  return fillIn(schemaErrorSentences[keyword] ?? '{at}{detail}', { at: separator, detail });
}

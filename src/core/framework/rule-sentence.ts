import { durationUnits, factSentences, ruleSentences, schemaErrorSentences } from '../catalogue/en/framework-report.ts';
import { fillIn } from '../catalogue/render.ts';
import { isJsonObject, type JsonValue } from '../json/json.ts';
import { textOf } from './mastery-reading.ts';
import type { PackRule } from './pack-file.ts';
import type { FactId, RuleResult } from './report.ts';
import type { SchemaError } from './schema.ts';
import { identifyFramework } from './skill-frameworks.ts';

const maximumNamed = 12;

/** What a rule's sentence is made of: the outcome in codes, the matched values, and the undefined terms. */
export interface RuleWords {
  rule: PackRule;
  outcome: RuleResult['outcome'];
  reason: RuleResult['reason'];
  /** The note of a fallback place, when one decided. */
  note?: string | undefined;
  values: JsonValue[];
  terms: string[];
}

/** A rule's outcome in words for a reader: the pack's `receiver` texts, filled in as plain text (framework.md §2). */
export function renderRule(words: RuleWords): string {
  const { rule, outcome, reason, note } = words;
  const field = rule.field;
  const met = fillReceiver(rule.receiver.met, words);
  const missing = fillReceiver(rule.receiver.missing, words);
  if (outcome === 'met') return met;
  if (outcome === 'inapplicable') return fillIn(ruleSentences.inapplicable, { field });
  if (outcome === 'weak') {
    if (note !== undefined) return fillIn(ruleSentences['weak-place'], { field, note });
    return isFact(reason) ? fillIn(ruleSentences['weak-fact'], { met, because: factSentences[reason] }) : met;
  }
  if (outcome === 'missing')
    return reason === 'undefined-terms' ? fillIn(ruleSentences['undefined-terms'], { missing }) : missing;
  if (isFact(reason)) return fillIn(ruleSentences['unknown-fact'], { field, because: factSentences[reason] });
  return fillIn(ruleSentences[reason === 'limit' ? 'limit' : 'unknown-context'], { field });
}

function isFact(reason: RuleResult['reason']): reason is FactId {
  return reason !== undefined && Object.hasOwn(factSentences, reason);
}

/** Only what the text asks for is put together: naming terms and frameworks takes time in a large document. */
function fillReceiver(text: string, { values, terms }: RuleWords): string {
  const [first] = values;
  const params: Record<string, () => string | number> = {
    n: () => values.length,
    value: () => (first === undefined ? ruleSentences['no-value'] : formatValue(first)),
    name: () => nameIn(first) ?? ruleSentences['no-name'],
    frameworks: () => frameworksIn(values).join(', ') || ruleSentences['no-framework'],
    terms: () => listTerms(terms),
  };
  const asked = Object.entries(params).filter(([name]) => text.includes(`{${name}}`));
  return fillIn(text, Object.fromEntries(asked.map(([name, read]) => [name, read()])));
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

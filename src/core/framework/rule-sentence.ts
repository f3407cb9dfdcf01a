import { english } from '../catalogue/en/index.ts';
import { fillIn } from '../catalogue/fill-in.ts';
import { formatDate } from '../catalogue/language.ts';
import type { Words } from '../catalogue/words.ts';
import { isJsonObject, type JsonValue } from '../json/json.ts';
import { textOf } from './mastery-reading.ts';
import type { FactId, RuleParams, RuleResult } from './report.ts';
import type { SchemaError } from './schema.ts';
import { identifyFramework } from './skill-frameworks.ts';

const maximumNamed = 12;

/** The `receiver` texts of a rule, as its pack or a translation of it has them. */
export interface ReceiverTexts {
  met: string;
  missing: string;
}

/** A rule's outcome in words for a reader, by the pack's `receiver` texts (framework.md §2). */
export function renderRule(
  result: Omit<RuleResult, 'sentence'>,
  receiver: ReceiverTexts,
  words: Words = english,
): string {
  const { field, outcome, reason, params, place } = result;
  const { ruleSentences, factSentences, language } = words;
  const fill = (text: string, more: Record<string, string> = {}) => fillIn(text, { field, ...more }, language);
  const say = (text: string) => (params === undefined ? text : fillIn(text, showParams(params, words), language));
  if (params?.child !== undefined) return fill(ruleSentences['derived-from'], { child: params.child.join(', ') });
  if (outcome === 'met') return say(receiver.met);
  if (outcome === 'inapplicable') return fill(ruleSentences.inapplicable);
  if (outcome === 'weak') {
    if (place?.kind === 'fallback' && place.note !== undefined)
      return fill(ruleSentences['weak-place'], { note: place.note });
    const met = say(receiver.met);
    return isFact(reason, words) ? fill(ruleSentences['weak-fact'], { met, because: factSentences[reason] }) : met;
  }
  if (outcome === 'missing') {
    const missing = say(receiver.missing);
    return reason === 'undefined-terms' ? fill(ruleSentences['undefined-terms'], { missing }) : missing;
  }
  if (isFact(reason, words)) return fill(ruleSentences['unknown-fact'], { because: factSentences[reason] });
  return fill(ruleSentences[reason === 'limit' ? 'limit' : 'unknown-context']);
}

function isFact(reason: RuleResult['reason'], { factSentences }: Words): reason is FactId {
  return reason !== undefined && Object.hasOwn(factSentences, reason);
}

const placeholders = ['n', 'value', 'name', 'frameworks', 'terms'] as const;

/** The names in braces that a text uses and that can be filled in. */
export function placeholdersIn(text: string): ReadonlySet<string> {
  const used = [...text.matchAll(/\{(\w+)[:}]/g)].map(([, name]) => name ?? '');
  return new Set(placeholders.filter((name) => used.includes(name)));
}

/** What the sentence of a rule is filled in with. Nothing where its texts ask for nothing. */
export function readParams(
  wanted: ReadonlySet<string>,
  values: JsonValue[],
  undefinedTerms: readonly { term: string }[],
): RuleParams | undefined {
  if (wanted.size === 0) return undefined;
  const params: RuleParams = {};
  const [first] = values;
  if (wanted.has('n')) params.n = values.length;
  if (wanted.has('value')) params.value = first === undefined ? null : (textOf(first) ?? null);
  if (wanted.has('name')) params.name = nameIn(first) ?? null;
  if (wanted.has('frameworks')) params.frameworks = frameworksIn(values);
  if (wanted.has('terms')) params.terms = [...new Set(undefinedTerms.map(({ term }) => term))].sort();
  return params;
}

function showParams({ n, value, name, frameworks, terms }: RuleParams, words: Words): Record<string, string | number> {
  const { ruleSentences } = words;
  return {
    ...(n !== undefined && { n }),
    ...(value !== undefined && { value: value === null ? ruleSentences['no-value'] : formatValue(value, words) }),
    ...(name !== undefined && { name: name ?? ruleSentences['no-name'] }),
    ...(frameworks !== undefined && { frameworks: frameworks.join(', ') || ruleSentences['no-framework'] }),
    ...(terms !== undefined && { terms: listTerms(terms, words) }),
  };
}

function listTerms(terms: readonly string[], { ruleSentences, language }: Words): string {
  const shown = terms.slice(0, maximumNamed).join(', ');
  if (terms.length <= maximumNamed) return shown;
  return fillIn(ruleSentences['more-terms'], { terms: shown, count: terms.length - maximumNamed }, language);
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
function formatValue(text: string, words: Words): string {
  const date = /^(\d{4}-\d{2}-\d{2})T/.exec(text);
  return date?.[1] === undefined ? (formatDuration(text, words) ?? text) : formatDate(date[1], words.language);
}

function formatDuration(text: string, words: Words): string | undefined {
  const [, date, time] = /^P((?:\d+[YMWD])*)(?:T((?:\d+(?:\.\d+)?[HMS])+))?$/.exec(text) ?? [];
  if (date === undefined) return undefined;
  const parts = [...unitsIn(date, 'D', words), ...unitsIn(time ?? '', 'T', words)];
  return parts.length === 0 ? undefined : parts.join(', ');
}

function unitsIn(text: string, part: 'D' | 'T', { durationUnits, language }: Words): string[] {
  return [...text.matchAll(/([\d.]+)([YMWDHS])/g)].map(([, amount, letter]) =>
    fillIn(durationUnits[letter === 'M' ? `M${part}` : String(letter)] ?? '', { n: Number(amount) }, language),
  );
}

/** What a schema found wrong in a near miss, in words. */
export function renderSchemaError(
  { keyword, tokens, detail }: SchemaError,
  { schemaErrorSentences, language }: Words = english,
): string {
  const at = tokens.length === 0 ? '' : `${tokens.join('/')} `;
  const separator = keyword === 'required' && tokens.length > 0 ? `${tokens.join('/')}/` : at;
  return fillIn(schemaErrorSentences[keyword] ?? '{at}{detail}', { at: separator, detail }, language);
}

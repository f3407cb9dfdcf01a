import type { Finding, FindingCode, Pointer } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, showJson, toList } from '../json/json.ts';
import { toPointer } from '../json/pointer.ts';
import { type ActiveContext, expandPrefix, processContext } from './active-context.ts';
import type { ContextRegistry } from './contexts.ts';
import { type Tokens, type Visitor, walkTerms } from './terms.ts';

/**
 * An RDF signature covers statements, not the JSON that a reader sees. These rules refuse what would let a holder rearrange
 * the JSON under an unchanged signature: renaming a property to hide it, moving content between parts, or giving a shown
 * term another meaning. Data Integrity §4.6 asks for known contexts only; inline ones may add terms, never change any.
 */
export function checkContexts(document: JsonObject, contexts?: ContextRegistry): Finding[] {
  const findings: Finding[] = [];
  walkTerms(document, [checkContextsInto(findings, contexts)], contexts);
  return findings;
}

/** The same as part of a walk that asks other things too. */
export function checkContextsInto(findings: Finding[], contexts?: ContextRegistry): Visitor {
  const add = (code: FindingCode, tokens: Tokens, params: Record<string, string>) =>
    findings.push({ code, severity: 'error', pointer: toPointer(tokens), params });
  return {
    context(tokens, context, before) {
      let active = before;
      for (const [index, item] of toList(context).entries()) {
        const at = Array.isArray(context) ? [...tokens, index] : tokens;
        if (isJsonObject(item)) checkInline(item, active, at, add);
        // A context that resets the ones before it would take their protection away.
        else if (typeof item !== 'string') add('context-not-plain', at, { term: showJson(item) });
        const next = processContext(active, item, contexts);
        for (const url of next.unknown.slice(active.unknown.length)) add('context-unknown', at, { url });
        active = next;
      }
    },
    node(tokens, node) {
      for (const key in node)
        if (key.startsWith('@') && key !== '@context' && !isLanguageValue(node))
          add('keyword-not-allowed', [...tokens, key], { term: key });
    },
    property(tokens, key, iri, active) {
      if (iri?.startsWith('@') && !key.startsWith('@') && iri !== '@id' && iri !== '@type')
        add('keyword-not-allowed', tokens, { term: key });
      if (key.includes(':') && !key.startsWith('@') && iri !== null && hasTermFor(iri, active))
        add('property-not-compacted', tokens, { term: key });
    },
  };
}

function isLanguageValue(node: JsonObject): boolean {
  const allowed = ['@value', '@language', '@direction'];
  return typeof node['@value'] === 'string' && Object.keys(node).every((key) => allowed.includes(key));
}

/** `{"term": "https://…"}` or `{"term": {"@id", "@type"?, "@container"?}}`, for terms and meanings that are new here. */
function checkInline(
  inline: JsonObject,
  active: ActiveContext,
  tokens: Tokens,
  add: (code: FindingCode, tokens: Tokens, params: Record<string, string>) => void,
): void {
  for (const [term, value] of Object.entries(inline)) {
    const at = [...tokens, term];
    const definition = typeof value === 'string' ? { '@id': value } : value;
    const plain =
      !term.startsWith('@') &&
      !term.includes(':') &&
      isJsonObject(definition) &&
      Object.keys(definition).every((key) => ['@id', '@type', '@container'].includes(key)) &&
      typeof definition['@id'] === 'string' &&
      /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(definition['@id']);
    if (!plain) add('context-not-plain', at, { term });
    else if (collect(active).terms.has(term)) add('context-redefines', at, { term });
    else if (hasTermFor(expandPrefix(active, (definition as JsonObject)['@id'] as string), active))
      add('context-redefines', at, { term });
  }
}

/** Every term name and meaning of an active context, those of its scoped contexts included. */
interface Defined {
  terms: Set<string>;
  meanings: Set<string>;
}

const defined = new WeakMap<ActiveContext, Defined>();

/** Is there a term for this meaning, also in a scoped context? Then a document must use it. */
function hasTermFor(iri: string, active: ActiveContext): boolean {
  return collect(active).meanings.has(iri);
}

function collect(active: ActiveContext): Defined {
  const known = defined.get(active);
  if (known !== undefined) return known;
  const made: Defined = { terms: new Set(), meanings: new Set() };
  addTerms(active, active, made, new Set());
  defined.set(active, made);
  return made;
}

function addTerms(from: ActiveContext, active: ActiveContext, made: Defined, seen: Set<JsonValue>): void {
  for (const [term, { iri, context }] of from.terms) {
    made.terms.add(term);
    if (iri !== null) made.meanings.add(iri);
    if (context === undefined || seen.has(context)) continue;
    seen.add(context);
    for (const item of toList(context))
      if (isJsonObject(item)) addTerms(processContext(active, item, undefined), active, made, seen);
  }
}

/** Members that say what an object is, rather than something about it. */
const naming = new Set(['id', 'type', '@context']);
/** Objects whose content decides what was achieved: two of one id may not differ. */
const decisive = [
  'AchievementSubject',
  'ClrSubject',
  'Achievement',
  'Result',
  'ResultDescription',
  'RubricCriterionLevel',
];

/**
 * Objects that share an id are one node to an RDF signature, so their content can be moved between them. Identical copies
 * are harmless; profiles that differ get a warning; anything decisive that differs is an error. Credentials nested in a CLR
 * are looked at one by one: they share learner and achievements on purpose, and their own proofs bind their content.
 */
export function findDuplicateIds(document: JsonObject): Finding[] {
  const byId = new Map<string, Identified[]>();
  collectIds(document, [], byId);
  const findings: Finding[] = [];
  for (const [id, nodes] of byId) {
    if (nodes.length === 1) continue;
    const telling = nodes.filter(({ node }) => Object.keys(node).some((key) => !naming.has(key)));
    const [first, ...others] = telling;
    if (first === undefined) continue;
    const said = JSON.stringify(content(first.node));
    if (others.every(({ node }) => JSON.stringify(content(node)) === said)) continue;
    const isDecisive = telling.some(({ node }) => toList(node.type).some((type) => decisive.includes(showJson(type))));
    const selfIssued =
      isDecisive &&
      telling.every(({ node }) => isSubject(node) || hasOnlyProfileMembers(node)) &&
      telling.filter(({ node }) => isSubject(node)).length === 1;
    findings.push({
      code: isDecisive && !selfIssued ? 'id-shared' : 'id-shared-profile',
      severity: isDecisive && !selfIssued ? 'error' : 'information',
      pointer: others.at(-1)?.pointer ?? first.pointer,
      params: { id },
    });
  }
  return findings;
}

const isSubject = ({ type }: JsonObject) =>
  toList(type).some((value) => value === 'AchievementSubject' || value === 'ClrSubject');
const subjectMembers = [
  'achievement',
  'result',
  'narrative',
  'creditsEarned',
  'activityStartDate',
  'activityEndDate',
  'licenseNumber',
  'role',
  'term',
  'identifier',
  'source',
  'verifiableCredential',
  'association',
];
const hasOnlyProfileMembers = (node: JsonObject) => !subjectMembers.some((member) => Object.hasOwn(node, member));

function content(node: JsonObject): [string, JsonValue][] {
  return Object.entries(node)
    .filter(([key]) => key !== '@context')
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

interface Identified {
  node: JsonObject;
  pointer: Pointer;
}

const apart = new Set([
  '@context',
  'proof',
  'verifiableCredential',
  'endorsement',
  'credentialStatus',
  'credentialSchema',
]);

function collectIds(value: JsonValue, tokens: (string | number)[], byId: Map<string, Identified[]>): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) collectInside(item, index, tokens, byId);
    return;
  }
  if (!isJsonObject(value)) return;
  if (typeof value.id === 'string') {
    const known = byId.get(value.id);
    // Only the later ones are pointed at.
    if (known === undefined) byId.set(value.id, [{ node: value, pointer: '' }]);
    else known.push({ node: value, pointer: toPointer(tokens) });
  }
  for (const key of Object.keys(value)) if (!apart.has(key)) collectInside(value[key] as JsonValue, key, tokens, byId);
}

function collectInside(
  value: JsonValue,
  token: string | number,
  tokens: (string | number)[],
  byId: Map<string, Identified[]>,
): void {
  if (typeof value !== 'object' || value === null) return;
  tokens.push(token);
  collectIds(value, tokens, byId);
  tokens.pop();
}

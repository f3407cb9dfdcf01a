import { isJsonObject, type JsonObject, type JsonValue, toList } from '../json/json.ts';
import { type ContextRegistry, findContext } from './contexts.ts';

/** A term as an active context defines it (JSON-LD 1.1 API §4.2). */
export interface TermDefinition {
  /** Null: the term is switched off on purpose. */
  iri: string | null;
  type: string | null;
  container: readonly string[];
  /** The scoped context, not yet processed. */
  context: JsonValue | undefined;
  prefix: boolean;
  protected: boolean;
}

/**
 * What the contexts at one place define. Immutable once made, and made once for each pair of active and local context, so
 * that the contexts of a document cost one look-up at every node.
 */
export interface ActiveContext {
  readonly terms: ReadonlyMap<string, TermDefinition>;
  readonly vocab: string | null;
  /** The context to fall back to where a type-scoped one does not propagate. */
  readonly previous: ActiveContext | null;
  /** URLs that could not be loaded, directly or through a scoped context. */
  readonly unknown: readonly string[];
  /**
   * The contexts use only what these tables represent, and break no rule of JSON-LD. False says nothing against them: it
   * leaves the decision to the full processor.
   */
  readonly exact: boolean;
}

export const initialContext: ActiveContext = {
  terms: new Map(),
  vocab: null,
  previous: null,
  unknown: [],
  exact: true,
};

/** Where a local context stands: in an object, at a type (does not propagate), or at a property (may redefine anything). */
export type ContextPlace = 'object' | 'type' | 'property';

const keywordShape = /^@[a-zA-Z]+$/;
const keywords = new Set(
  '@base @container @context @default @direction @embed @explicit @graph @id @included @index @json @language @list @nest @none @omitDefault @prefix @preserve @protected @requireAll @reverse @set @type @value @version @vocab'.split(
    ' ',
  ),
);
const genDelims = /[:/?#[\]@]$/;
/** As the JSON-LD processors of this field test it. */
const absolute = /^([A-Za-z][A-Za-z0-9+-.]*|_):[^\s]*$/;
/** Contexts that load each other in a circle end here. */
const maximumContextDepth = 16;
/** Ordinary use makes some hundred. Documents with contexts of their own could go on for ever, so then all are dropped. */
const maximumContexts = 1000;

const bundledOnly = {};
interface Made {
  urls: Map<string, ActiveContext>;
  objects: WeakMap<JsonObject, ActiveContext>;
}
let made = new WeakMap<ContextRegistry | typeof bundledOnly, WeakMap<ActiveContext, Record<ContextPlace, Made>>>();
let count = 0;

/** Process a local context (JSON-LD 1.1 API §4.1): a URL, an object, null, or a list of these. */
export function processContext(
  active: ActiveContext,
  local: JsonValue,
  contexts: ContextRegistry | undefined,
  place: ContextPlace = 'object',
): ActiveContext {
  return processAll(active, local, { contexts, place, depth: 0, bundled: false });
}

interface Processing {
  contexts: ContextRegistry | undefined;
  place: ContextPlace;
  depth: number;
  /** The context comes from a bundled document, whose scoped contexts are known to be valid. */
  bundled: boolean;
}

function processAll(active: ActiveContext, local: JsonValue, how: Processing): ActiveContext {
  let result = active;
  for (const item of Array.isArray(local) ? local : [local]) result = processOne(result, item, how);
  return result;
}

function processOne(active: ActiveContext, item: JsonValue, how: Processing): ActiveContext {
  if (item === null) {
    if (how.place === 'type') return { ...initialContext, previous: active.previous ?? active, exact: false };
    return how.place === 'property' && active.exact ? initialContext : { ...initialContext, exact: false };
  }
  if (how.depth > maximumContextDepth)
    return { ...active, unknown: [...active.unknown, 'nested too deep'], exact: false };
  if (typeof item !== 'string' && !isJsonObject(item)) return { ...active, exact: false };
  const { urls, objects } = madeFrom(active, how);
  const found = typeof item === 'string' ? urls.get(item) : objects.get(item);
  if (found !== undefined) return found;
  const result = typeof item === 'string' ? load(active, item, how) : define(active, item, how);
  if (typeof item === 'string') urls.set(item, result);
  else objects.set(item, result);
  count += 1;
  if (count > maximumContexts) {
    made = new WeakMap();
    count = 0;
  }
  return result;
}

function madeFrom(active: ActiveContext, { contexts, place }: Processing): Made {
  const owner = contexts ?? bundledOnly;
  const byActive = made.get(owner) ?? new WeakMap<ActiveContext, Record<ContextPlace, Made>>();
  made.set(owner, byActive);
  const nothing = () => ({ urls: new Map(), objects: new WeakMap() });
  const byPlace = byActive.get(active) ?? { object: nothing(), type: nothing(), property: nothing() };
  byActive.set(active, byPlace);
  return byPlace[place];
}

function load(active: ActiveContext, url: string, how: Processing): ActiveContext {
  const document = findContext(url, how.contexts);
  if (document === undefined) return { ...active, unknown: [...active.unknown, url], exact: false };
  const bundled = how.contexts?.has(url) !== true;
  return processAll(active, document['@context'] ?? {}, { ...how, bundled, depth: how.depth + 1 });
}

function define(active: ActiveContext, local: JsonObject, how: Processing): ActiveContext {
  const propagate = typeof local['@propagate'] === 'boolean' ? local['@propagate'] : how.place !== 'type';
  const base =
    typeof local['@import'] === 'string'
      ? processOne(active, local['@import'], { ...how, place: 'object', depth: how.depth + 1 })
      : active;
  const state: Defining = {
    local,
    terms: new Map(base.terms),
    vocab: vocabOf(local, base),
    done: new Map(),
    mayRedefine: how.place === 'property',
    bundled: how.bundled || how.place !== 'object',
    exact: base.exact && Object.keys(local).every((key) => !key.startsWith('@') || isPlainSetting(key, local[key])),
    changed: false,
  };
  for (const term of Object.keys(local)) if (!keywordShape.test(term)) defineTerm(term, state);
  const { terms, vocab, exact } = state;
  const previous = propagate ? active.previous : (active.previous ?? active);
  const same =
    !state.changed &&
    vocab === active.vocab &&
    exact === active.exact &&
    previous === active.previous &&
    base.unknown === active.unknown;
  // A context that was there already makes nothing new, so that nested credentials do not pile contexts up.
  return same ? active : { terms, vocab, previous, unknown: base.unknown, exact };
}

/** The settings of a context that these tables represent. */
function isPlainSetting(key: string, value: JsonValue | undefined): boolean {
  if (key === '@version') return value === 1.1;
  if (key === '@protected') return typeof value === 'boolean';
  return key === '@vocab' && typeof value === 'string' && absolute.test(value) && !value.startsWith('_:');
}

function vocabOf(local: JsonObject, base: ActiveContext): string | null {
  if (!('@vocab' in local)) return base.vocab;
  const vocab = local['@vocab'];
  return typeof vocab === 'string' ? (expandIri(base, vocab) ?? vocab) : null;
}

interface Defining {
  local: JsonObject;
  terms: Map<string, TermDefinition>;
  vocab: string | null;
  /** False while a term is being defined: a circle of terms ends there. */
  done: Map<string, boolean>;
  mayRedefine: boolean;
  bundled: boolean;
  exact: boolean;
  changed: boolean;
}

const plainMembers = new Set(['@id', '@type', '@container', '@context', '@protected', '@prefix']);
const plainContainers = new Set(['', '@set', '@list', '@graph', '@graph @set']);

function defineTerm(term: string, state: Defining): void {
  if (state.done.has(term)) return;
  state.done.set(term, false);
  const value = state.local[term];
  const given: JsonObject | null = typeof value === 'string' ? { '@id': value } : isJsonObject(value) ? value : null;
  const definition: JsonObject = given ?? { '@id': null };
  const id = definition['@reverse'] ?? definition['@id'];
  let iri: string | null;
  if (id === null) iri = null;
  else if (typeof id === 'string' && id !== term) iri = expandInside(id, state);
  else if (term.includes(':')) iri = expandCompact(term, state) ?? term;
  else iri = state.vocab === null ? null : state.vocab + term;
  const type = definition['@type'];
  const isProtected = definition['@protected'] ?? state.local['@protected'];
  const previous = state.terms.get(term);
  const made: TermDefinition = {
    iri,
    type: typeof type === 'string' ? (expandInside(type, state) ?? type) : null,
    container: toList(definition['@container']).filter((item): item is string => typeof item === 'string'),
    context: definition['@context'],
    prefix:
      definition['@prefix'] === undefined
        ? typeof value === 'string' && iri !== null && genDelims.test(iri) && !/[:/]/.test(term)
        : definition['@prefix'] === true,
    protected: isProtected === true || (previous?.protected === true && !state.mayRedefine),
  };
  // Without an @id of its own a definition is another one to the processors, even where the meaning is the same.
  const mayRepeat = previous === undefined || (typeof id === 'string' && id !== term);
  if (given === null || !mayRepeat || !isPlain(term, definition, made, state)) state.exact = false;
  if (previous === undefined || !sameDefinition(previous, made)) {
    state.changed = true;
    if (previous?.protected && !state.mayRedefine) state.exact = false;
    state.terms.set(term, made);
  }
  state.done.set(term, true);
}

/** Only what is surely valid and surely represented here; the full processor decides about the rest. */
function isPlain(term: string, definition: JsonObject, made: TermDefinition, state: Defining): boolean {
  const { iri, type } = made;
  const container = made.container.toSorted().join(' ');
  return (
    term !== '' &&
    !term.startsWith('@') &&
    !/[:/]/.test(term) &&
    Object.keys(definition).every((key) => plainMembers.has(key)) &&
    (definition['@id'] === undefined || typeof definition['@id'] === 'string') &&
    iri !== null &&
    (iri === '@id' || iri === '@type' || (absolute.test(iri) && !iri.startsWith('_:'))) &&
    (definition['@type'] === undefined || typeof definition['@type'] === 'string') &&
    (type === null ||
      ['@id', '@vocab', '@json', '@none'].includes(type) ||
      (absolute.test(type) && !type.startsWith('_:'))) &&
    (definition['@container'] === undefined ||
      (container !== '' && toList(definition['@container']).length === made.container.length)) &&
    plainContainers.has(container) &&
    (made.context === undefined || (state.bundled && (made.context === null || isJsonObject(made.context)))) &&
    ['undefined', 'boolean'].includes(typeof definition['@protected']) &&
    ['undefined', 'boolean'].includes(typeof definition['@prefix'])
  );
}

function sameDefinition(one: TermDefinition, two: TermDefinition): boolean {
  return (
    one.iri === two.iri &&
    one.type === two.type &&
    one.prefix === two.prefix &&
    one.protected === two.protected &&
    one.container.join(' ') === two.container.join(' ') &&
    (one.context === two.context || JSON.stringify(one.context) === JSON.stringify(two.context))
  );
}

function expandInside(text: string, state: Defining): string | null {
  if (keywords.has(text)) return text;
  defineFirst(text, state);
  const known = state.terms.get(text);
  if (known !== undefined) return known.iri;
  if (text.includes(':')) return expandCompact(text, state) ?? text;
  return state.vocab === null ? null : state.vocab + text;
}

function expandCompact(text: string, state: Defining): string | null {
  const colon = text.indexOf(':');
  const prefix = text.slice(0, colon);
  const suffix = text.slice(colon + 1);
  if (colon <= 0 || suffix.startsWith('//')) return null;
  defineFirst(prefix, state);
  const known = state.terms.get(prefix);
  // Older processors take any term for a prefix, newer ones only what is marked as one.
  if (known !== undefined && !known.prefix) state.exact = false;
  return known?.iri ? known.iri + suffix : null;
}

function defineFirst(term: string, state: Defining): void {
  if (!Object.hasOwn(state.local, term)) return;
  if (state.done.get(term) === false) state.exact = false;
  else defineTerm(term, state);
}

/** Expand a property name or type value, relative to the vocabulary (JSON-LD 1.1 API §5.2). Null: no agreed meaning. */
export function expandIri(active: ActiveContext, text: string): string | null {
  const known = active.terms.get(text);
  if (known !== undefined) return known.iri;
  if (text.startsWith('@') && keywordShape.test(text)) return keywords.has(text) ? text : null;
  if (text.includes(':')) return expandPrefix(active, text);
  return active.vocab === null ? null : active.vocab + text;
}

/** Expand a text that contains a colon, by the prefixes alone. */
export function expandPrefix(active: ActiveContext, text: string): string {
  const colon = text.indexOf(':');
  if (colon <= 0 || text.startsWith('//', colon + 1)) return text;
  const prefix = active.terms.get(text.slice(0, colon));
  return prefix?.prefix && prefix.iri !== null ? prefix.iri + text.slice(colon + 1) : text;
}

/** Is it an absolute IRI, and no blank node identifier? */
export function isAbsoluteIri(iri: string | null): iri is string {
  return iri !== null && absolute.test(iri) && !iri.startsWith('_:');
}

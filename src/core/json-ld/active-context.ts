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
}

export const initialContext: ActiveContext = { terms: new Map(), vocab: null, previous: null, unknown: [] };

const keywordShape = /^@[a-zA-Z]+$/;
const keywords = new Set(
  '@base @container @context @default @direction @embed @explicit @graph @id @included @index @json @language @list @nest @none @prefix @preserve @protected @requireAll @reverse @set @type @value @version @vocab'.split(
    ' ',
  ),
);
const genDelims = /[:/?#[\]@]$/;
/** Contexts that load each other in a circle end here. */
const maximumContextDepth = 16;

type Made = Map<string, ActiveContext>;
const madeFromUrl = new WeakMap<ContextRegistry | typeof bundledOnly, WeakMap<ActiveContext, Made>>();
const madeFromObject = new WeakMap<
  ContextRegistry | typeof bundledOnly,
  WeakMap<ActiveContext, WeakMap<object, Made>>
>();
const bundledOnly = {};

/** Process a local context (JSON-LD 1.1 API §4.1): a URL, an object, null, or a list of these. */
export function processContext(
  active: ActiveContext,
  local: JsonValue,
  contexts: ContextRegistry | undefined,
  propagate = true,
  depth = 0,
): ActiveContext {
  let result = active;
  for (const item of Array.isArray(local) ? local : [local])
    result = processOne(result, item, contexts, propagate, depth);
  return result;
}

function processOne(
  active: ActiveContext,
  item: JsonValue,
  contexts: ContextRegistry | undefined,
  propagate: boolean,
  depth: number,
): ActiveContext {
  if (item === null) return propagate ? initialContext : { ...initialContext, previous: active.previous ?? active };
  if (depth > maximumContextDepth) return { ...active, unknown: [...active.unknown, 'nested too deep'] };
  const owner = contexts ?? bundledOnly;
  const kind = propagate ? 'propagate' : 'here';
  if (typeof item === 'string') {
    const made = reach(
      reach(madeFromUrl, owner, () => new WeakMap()),
      active,
      () => new Map() as Made,
    );
    const key = `${kind} ${item}`;
    return reach(made, key, () => {
      const document = findContext(item, contexts);
      if (document === undefined) return { ...active, unknown: [...active.unknown, item] };
      return processContext(active, document['@context'] ?? {}, contexts, propagate, depth + 1);
    });
  }
  if (!isJsonObject(item)) return active;
  const byActive = reach(madeFromObject, owner, () => new WeakMap());
  const made = reach(
    reach(byActive, active, () => new WeakMap<object, Made>()),
    item,
    () => new Map() as Made,
  );
  return reach(made, kind, () => define(active, item, contexts, propagate, depth));
}

interface Keyed<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

function reach<K, V>(map: Keyed<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

function define(
  active: ActiveContext,
  local: JsonObject,
  contexts: ContextRegistry | undefined,
  propagateByDefault: boolean,
  depth: number,
): ActiveContext {
  const propagate = typeof local['@propagate'] === 'boolean' ? local['@propagate'] : propagateByDefault;
  const base =
    typeof local['@import'] === 'string' ? processOne(active, local['@import'], contexts, true, depth + 1) : active;
  const terms = new Map(base.terms);
  const vocab = vocabOf(local, base);
  const state: Defining = { local, terms, vocab, done: new Map() };
  for (const term of Object.keys(local)) if (!term.startsWith('@') || !keywordShape.test(term)) defineTerm(term, state);
  const previous = propagate ? null : (active.previous ?? active);
  return { terms, vocab, previous: propagate ? active.previous : previous, unknown: base.unknown };
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
}

function defineTerm(term: string, state: Defining): void {
  if (state.done.has(term)) return;
  state.done.set(term, false);
  const value = state.local[term];
  const definition: JsonObject =
    typeof value === 'string' ? { '@id': value } : isJsonObject(value) ? value : { '@id': null };
  const expand = (text: string) => expandInside(text, state);
  const id = definition['@reverse'] ?? definition['@id'];
  let iri: string | null;
  if (id === null) iri = null;
  else if (typeof id === 'string' && id !== term) iri = expand(id);
  else if (term.includes(':')) iri = expandCompact(term, state) ?? term;
  else iri = state.vocab === null ? null : state.vocab + term;
  const type = definition['@type'];
  state.terms.set(term, {
    iri,
    type: typeof type === 'string' ? (expand(type) ?? type) : null,
    container: toList(definition['@container']).filter((item): item is string => typeof item === 'string'),
    context: definition['@context'],
    prefix:
      definition['@prefix'] === true ||
      (typeof value === 'string' && iri !== null && genDelims.test(iri) && !/[:/]/.test(term)),
  });
  state.done.set(term, true);
}

function expandInside(text: string, state: Defining): string | null {
  if (keywords.has(text)) return text;
  if (text in state.local && state.done.get(text) !== false) defineTerm(text, state);
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
  if (prefix in state.local && state.done.get(prefix) !== false) defineTerm(prefix, state);
  const known = state.terms.get(prefix);
  return known?.iri ? known.iri + suffix : null;
}

/** Expand a property name or type value, relative to the vocabulary (JSON-LD 1.1 API §5.2). Null: no agreed meaning. */
export function expandIri(active: ActiveContext, text: string): string | null {
  if (keywords.has(text)) return text;
  if (keywordShape.test(text)) return null;
  const known = active.terms.get(text);
  if (known !== undefined) return known.iri;
  const colon = text.indexOf(':');
  if (colon > 0) {
    const suffix = text.slice(colon + 1);
    const prefix = active.terms.get(text.slice(0, colon));
    return !suffix.startsWith('//') && prefix?.iri && prefix.prefix ? prefix.iri + suffix : text;
  }
  return active.vocab === null ? null : active.vocab + text;
}

import type { Pointer } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../json/json.ts';
import { toPointer } from '../json/pointer.ts';
import { type ActiveContext, expandIri, initialContext, processContext } from './active-context.ts';
import type { ContextRegistry } from './contexts.ts';
import { hasOnlyPlainTerms } from './plain-terms.ts';
import { TermTable } from './term-table.ts';

export interface TermAnalysis {
  /** Properties and type values that the listed contexts do not define at their position. */
  undefinedTerms: { pointer: Pointer; term: string }[];
  /** Context URLs that are not known here; what they would define is undefined too. */
  unknownContexts: { pointer: Pointer; url: string }[];
}

/** The way to a place. A walk goes on with the same list: what is to be kept is copied. */
export type Tokens = readonly (string | number)[];

/** What a walk tells: each hook is optional. */
export interface Visitor {
  /** One property of a node, as the contexts read it; `iri` null when it has no agreed meaning. */
  property?(tokens: Tokens, key: string, iri: string | null, active: ActiveContext): void;
  /** A type value; `iri` null when it is not defined. */
  type?(tokens: Tokens, value: string, iri: string | null): void;
  /** A node object, before its properties. */
  node?(tokens: Tokens, node: JsonObject): void;
  context?(tokens: Tokens, context: JsonValue, before: ActiveContext): void;
}

/**
 * Walk a document as JSON-LD expansion does (JSON-LD 1.1 API §5.1.2), with type-scoped contexts that do not propagate and
 * property-scoped ones. What stands under an undefined property is not visited: it has no meaning.
 */
export function walkTerms(document: JsonValue, visitors: readonly Visitor[], contexts?: ContextRegistry): void {
  new Walk(visitors, contexts).value(document, initialContext, undefined);
}

class Walk {
  private readonly visitors: readonly Visitor[];
  private readonly contexts: ContextRegistry | undefined;
  private readonly tokens: (string | number)[] = [];

  constructor(visitors: readonly Visitor[], contexts: ContextRegistry | undefined) {
    this.visitors = visitors;
    this.contexts = contexts;
  }

  value(value: JsonValue, active: ActiveContext, scoped: JsonValue | undefined): void {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) {
        if (typeof item !== 'object') continue;
        this.tokens.push(index);
        this.value(item, active, scoped);
        this.tokens.pop();
      }
    } else if (isJsonObject(value)) this.object(value, active, scoped);
  }

  private object(object: JsonObject, outside: ActiveContext, scoped: JsonValue | undefined): void {
    const keys = Object.keys(object);
    const before = this.enter(object, keys, outside, scoped);
    const table = TermTable.of(before);
    const here = table.within(typesOf(object, table.typeKeys)).active;
    for (const visitor of this.visitors) visitor.node?.(this.tokens, object);
    for (const key of keys) {
      if (key === '@context') continue;
      const iri = expandIri(here, key);
      const member = object[key] as JsonValue;
      this.tokens.push(key);
      for (const visitor of this.visitors) visitor.property?.(this.tokens, key, iri, here);
      if (iri === '@type') this.types(member, before);
      else if (typeof member === 'object' && iri !== null) {
        const definition = here.terms.get(key);
        if (isStructure(iri)) this.value(member, here, undefined);
        else if (iri.includes(':') && definition?.type !== '@json') this.value(member, here, definition?.context);
      }
      this.tokens.pop();
    }
  }

  /** The context inside an object, before its types. */
  private enter(
    object: JsonObject,
    keys: readonly string[],
    outside: ActiveContext,
    scoped: JsonValue | undefined,
  ): ActiveContext {
    let here = outside;
    const [only] = keys;
    const isReference = only !== undefined && keys.length === 1 && expandIri(here, only) === '@id';
    if (here.previous !== null && !isReference && !('@value' in object)) here = here.previous;
    if (scoped !== undefined) here = processContext(here, scoped, this.contexts, 'property');
    const own = object['@context'];
    if (own === undefined) return here;
    this.tokens.push('@context');
    for (const visitor of this.visitors) visitor.context?.(this.tokens, own, here);
    this.tokens.pop();
    return processContext(here, own, this.contexts);
  }

  private types(member: JsonValue, active: ActiveContext): void {
    for (const [index, type] of toList(member).entries()) {
      if (typeof type !== 'string') continue;
      const iri = expandIri(active, type);
      if (Array.isArray(member)) this.tokens.push(index);
      for (const visitor of this.visitors) visitor.type?.(this.tokens, type, iri?.includes(':') ? iri : null);
      if (Array.isArray(member)) this.tokens.pop();
    }
  }
}

const structures = ['@graph', '@included', '@set', '@list', '@nest'];
const isStructure = (iri: string) => iri.startsWith('@') && structures.includes(iri);

function typesOf(object: JsonObject, typeKeys: readonly string[]): string[] {
  const types: string[] = [];
  for (const key of typeKeys)
    if (Object.hasOwn(object, key))
      for (const type of toList(object[key])) if (typeof type === 'string') types.push(type);
  return types;
}

/**
 * Which properties and types do the listed contexts not define at their position? Those have no agreed meaning and escape
 * an RDF signature. Contexts are the bundled ones and `contexts`; nothing is fetched.
 */
export function analyseTerms(document: JsonObject, contexts?: ContextRegistry): TermAnalysis {
  const analysis: TermAnalysis = { undefinedTerms: [], unknownContexts: [] };
  if (hasOnlyPlainTerms(document, contexts)) return analysis;
  walkTerms(document, [analyseInto(analysis, contexts)], contexts);
  return analysis;
}

/** The same as part of a walk that asks other things too. */
export function analyseInto({ undefinedTerms, unknownContexts }: TermAnalysis, contexts?: ContextRegistry): Visitor {
  return {
    property(tokens, key, iri) {
      if (iri === null || !(iri.startsWith('@') || iri.includes(':')))
        undefinedTerms.push({ pointer: toPointer(tokens), term: key });
    },
    type(tokens, value, iri) {
      if (iri === null) undefinedTerms.push({ pointer: toPointer(tokens), term: value });
    },
    context(tokens, context, before) {
      for (const [index, item] of toList(context).entries()) {
        const { unknown } = processContext(before, item, contexts);
        if (unknown.length === before.unknown.length) continue;
        const pointer = toPointer(Array.isArray(context) ? [...tokens, index] : tokens);
        for (const url of unknown.slice(before.unknown.length)) unknownContexts.push({ pointer, url });
      }
    },
  };
}

import type { Pointer } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../json/json.ts';
import { toPointer } from '../json/pointer.ts';
import { type ActiveContext, expandIri, initialContext, processContext } from './active-context.ts';
import type { ContextRegistry } from './contexts.ts';

export interface TermAnalysis {
  /** Properties and type values that the listed contexts do not define at their position. */
  undefinedTerms: { pointer: Pointer; term: string }[];
  /** Context URLs that are not known here; what they would define is undefined too. */
  unknownContexts: { pointer: Pointer; url: string }[];
}

/** One property of a node, as the contexts read it. */
export interface VisitedProperty {
  tokens: readonly (string | number)[];
  key: string;
  iri: string | null;
  active: ActiveContext;
}

/** What a walk tells: each hook is optional. */
export interface Visitor {
  property?(property: VisitedProperty): void;
  /** A type value; `iri` null when it is not defined. */
  type?(tokens: readonly (string | number)[], value: string, iri: string | null): void;
  /** A node object, before its properties. */
  node?(tokens: readonly (string | number)[], node: JsonObject, active: ActiveContext): void;
  context?(tokens: readonly (string | number)[], context: JsonValue, before: ActiveContext): void;
}

/**
 * Walk a document as JSON-LD expansion does (JSON-LD 1.1 API §5.1.2), with type-scoped contexts that do not propagate and
 * property-scoped ones. What stands under an undefined property is not visited: it has no meaning.
 */
export function walkTerms(document: JsonValue, visitor: Visitor, contexts?: ContextRegistry): void {
  walk(document, [], initialContext, undefined, visitor, contexts);
}

function walk(
  value: JsonValue,
  tokens: readonly (string | number)[],
  active: ActiveContext,
  scoped: JsonValue | undefined,
  visitor: Visitor,
  contexts: ContextRegistry | undefined,
): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, [...tokens, index], active, scoped, visitor, contexts);
    return;
  }
  if (!isJsonObject(value)) return;
  let here = active;
  const isReference = Object.keys(value).length === 1 && aliased(value, here, '@id') !== undefined;
  if (here.previous !== null && !('@value' in value) && !isReference) here = here.previous;
  if (scoped !== undefined) here = processContext(here, scoped, contexts, 'property');
  if (value['@context'] !== undefined) {
    visitor.context?.([...tokens, '@context'], value['@context'], here);
    here = processContext(here, value['@context'], contexts);
  }
  const beforeTypes = here;
  for (const type of typesOf(value, beforeTypes).toSorted()) {
    const definition = beforeTypes.terms.get(type);
    if (definition?.context !== undefined) here = processContext(here, definition.context, contexts, 'type');
  }
  visitor.node?.(tokens, value, here);
  for (const [key, member] of Object.entries(value)) {
    if (key === '@context') continue;
    const iri = expandIri(here, key);
    const at = [...tokens, key];
    visitor.property?.({ tokens: at, key, iri, active: here });
    if (iri === '@type') visitTypes(member, at, beforeTypes, visitor);
    else if (iri?.includes(':')) {
      const definition = here.terms.get(key);
      if (definition?.type === '@json') continue;
      walk(member, at, here, definition?.context, visitor, contexts);
    } else if (iri === '@graph' || iri === '@included' || iri === '@set' || iri === '@list' || iri === '@nest')
      walk(member, at, here, undefined, visitor, contexts);
  }
}

function visitTypes(
  member: JsonValue,
  tokens: readonly (string | number)[],
  active: ActiveContext,
  visitor: Visitor,
): void {
  for (const [index, type] of toList(member).entries())
    if (typeof type === 'string') {
      const iri = expandIri(active, type);
      visitor.type?.(Array.isArray(member) ? [...tokens, index] : tokens, type, iri?.includes(':') ? iri : null);
    }
}

function typesOf(node: JsonObject, active: ActiveContext): string[] {
  const types: string[] = [];
  for (const [key, member] of Object.entries(node))
    if (expandIri(active, key) === '@type')
      for (const type of toList(member)) if (typeof type === 'string') types.push(type);
  return types;
}

function aliased(node: JsonObject, active: ActiveContext, keyword: string): string | undefined {
  return Object.keys(node).find((key) => expandIri(active, key) === keyword);
}

/**
 * Which properties and types do the listed contexts not define at their position? Those have no agreed meaning and escape
 * an RDF signature. Contexts are the bundled ones and `contexts`; nothing is fetched.
 */
export function analyseTerms(document: JsonObject, contexts?: ContextRegistry): TermAnalysis {
  const undefinedTerms: TermAnalysis['undefinedTerms'] = [];
  const unknownContexts: TermAnalysis['unknownContexts'] = [];
  const defined = (iri: string | null) => iri !== null && (iri.startsWith('@') || iri.includes(':'));
  walkTerms(
    document,
    {
      property: ({ tokens, key, iri }) => {
        if (!defined(iri)) undefinedTerms.push({ pointer: toPointer(tokens), term: key });
      },
      type: (tokens, value, iri) => {
        if (iri === null) undefinedTerms.push({ pointer: toPointer(tokens), term: value });
      },
      context: (tokens, context, before) => {
        for (const [index, item] of toList(context).entries()) {
          const unknown = processContext(before, item, contexts).unknown.slice(before.unknown.length);
          const pointer = toPointer(Array.isArray(context) ? [...tokens, index] : tokens);
          for (const url of unknown) unknownContexts.push({ pointer, url });
        }
      },
    },
    contexts,
  );
  return { undefinedTerms, unknownContexts };
}

import { isJsonObject, type JsonObject, type JsonValue } from '../json/json.ts';
import { expandIri, expandPrefix, initialContext, isAbsoluteIri, processContext } from './active-context.ts';
import type { ContextRegistry } from './contexts.ts';
import { type BlankNode, blankNode, escapeLiteral, iriTerm, type Quad, type Term } from './dataset.ts';
import { type Property, TermTable } from './term-table.ts';

const xsd = 'http://www.w3.org/2001/XMLSchema#';
const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const rdfType = `<${rdf}type>`;
const languageTag = /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/;
/** Deeper documents are nobody's credential; they go the way that does not recurse. */
const maximumDepth = 200;

/** Thrown, and caught in this file alone, when a document holds what the tables do not represent. */
const uncovered = new Error('not covered by the compiled contexts');

/**
 * The quads of a document by the compiled contexts: one walk, terms looked up in tables, quads written as text (JSON-LD 1.1
 * API §5.1 and §7 for what ordinary credentials use). Undefined when the document holds anything else, or anything that the
 * full processor may refuse: undefined terms, relative identifiers, unknown or unusual contexts, blank node identifiers,
 * language maps, `@json`, `@graph`, `@included`, `@nest`, `@reverse`, base directions. What is returned is exactly what the
 * full processor returns.
 */
export function compileQuads(document: JsonObject, contexts?: ContextRegistry): Quad[] | undefined {
  try {
    return new Walk(contexts).document(document);
  } catch (error) {
    if (error === uncovered) return undefined;
    throw error;
  }
}

/** One node of one graph, as long as it may be met again. */
interface Node {
  term: Term;
  quads: Quad[];
  /** For each quad what its value says, where that is more than its RDF term: the processors tell 5 from "5". */
  sayings: (string | null)[];
  /** All of that together, kept once the node is met again. */
  said?: Set<string>;
}
/** Longer lists look a value up rather than compare it with every other. */
const fewValues = 16;

class Walk {
  private readonly contexts: ContextRegistry | undefined;
  private readonly quads: Quad[] = [];
  private readonly named = new Map<Term, Map<string, Node>>();
  private blanks = 0;
  private depth = 0;

  constructor(contexts: ContextRegistry | undefined) {
    this.contexts = contexts;
  }

  document(document: JsonObject): Quad[] {
    this.object(document, TermTable.of(initialContext), '', true);
    return this.quads;
  }

  /** Write a node object's quads, and return the node. `needed`: without anything said of it, it would be dropped. */
  private object(object: JsonObject, outside: TermTable, graph: Term, needed: boolean): Term {
    this.depth += 1;
    if (this.depth > maximumDepth) throw uncovered;
    const before = this.ownContext(object, outside);
    if (!before.active.exact) throw uncovered;
    const typeKey = onlyKey(object, before.typeKeys);
    const types = typeKey === undefined ? [] : typesOf(object[typeKey]);
    const here = before.within(types);
    if (!here.active.exact) throw uncovered;
    const node = this.nodeOf(object, here, graph);
    const written = this.quads.length;
    for (const key of Object.keys(object)) {
      if (key === '@context') continue;
      const property = here.property(key);
      if (property === null) throw uncovered;
      if (property.kind === 'id') continue;
      if (property.kind === 'type') {
        if (key !== typeKey) throw uncovered;
        this.types(node, types, before, graph);
      } else if (object[key] !== null) this.values(node, property, object[key] as JsonValue, graph);
    }
    if (needed && this.quads.length === written) throw uncovered;
    this.depth -= 1;
    return node.term;
  }

  private ownContext(object: JsonObject, outside: TermTable): TermTable {
    const own = object['@context'];
    return own === undefined ? outside : TermTable.of(processContext(outside.active, own, this.contexts));
  }

  private nodeOf(object: JsonObject, here: TermTable, graph: Term): Node {
    const key = onlyKey(object, here.idKeys);
    if (key === undefined) return { term: this.blank(), quads: [], sayings: [] };
    const id = object[key];
    if (typeof id !== 'string') throw uncovered;
    const term = idTerm(id, here);
    const nodes = this.named.get(graph) ?? new Map<string, Node>();
    this.named.set(graph, nodes);
    const known = nodes.get(term);
    if (known === undefined) {
      const node = { term, quads: [], sayings: [] };
      nodes.set(term, node);
      return node;
    }
    this.remember(known);
    return known;
  }

  private blank(): BlankNode {
    return blankNode(`b${this.blanks++}`);
  }

  private types(node: Node, types: readonly string[], before: TermTable, graph: Term): void {
    if (types.length > fewValues) this.remember(node);
    const from = node.quads.length;
    for (const type of types) {
      const term = before.typeTerm(type);
      if (term === null) throw uncovered;
      this.say(node, rdfType, term, term, graph, from);
    }
  }

  private values(node: Node, property: Property, value: JsonValue, graph: Term): void {
    if (property.list) {
      const list = this.list(property, Array.isArray(value) ? value : [value], graph);
      this.say(node, property.predicate, list, null, graph, 0);
      return;
    }
    if (property.shared) this.remember(node);
    const from = node.quads.length;
    if (!Array.isArray(value)) {
      this.value(node, property, value, graph, from);
      return;
    }
    if (value.length > fewValues) this.remember(node);
    for (const item of value) if (item !== null) this.value(node, property, item, graph, from);
  }

  private value(node: Node, property: Property, value: JsonValue, graph: Term, from: number): void {
    if (!isJsonObject(value)) {
      if (property.graph) throw uncovered;
      const term = scalarTerm(property, value);
      this.say(node, property.predicate, term, typeof value === 'string' ? term : `${value} ${term}`, graph, from);
      return;
    }
    if (Object.hasOwn(value, '@value')) {
      if (property.graph) throw uncovered;
      const term = valueTerm(value);
      this.say(node, property.predicate, term, term, graph, from);
      return;
    }
    if (property.graph) {
      const inner = this.blank();
      this.say(node, property.predicate, inner, null, graph, from);
      this.object(value, property.inside, inner, true);
      return;
    }
    const term = this.object(value, isReference(value, property) ? property.reference : property.inside, graph, false);
    this.say(node, property.predicate, term, typeof term === 'string' ? term : null, graph, from);
  }

  /** An RDF collection of plain values. */
  private list(property: Property, values: readonly JsonValue[], graph: Term): Term {
    const items = values.filter((item) => item !== null).map((item) => scalarTerm(property, item));
    let rest: Term = `<${rdf}nil>`;
    for (const item of items.toReversed()) {
      const head = this.blank();
      this.quads.push({ subject: head, predicate: `<${rdf}first>`, object: item, graph });
      this.quads.push({ subject: head, predicate: `<${rdf}rest>`, object: rest, graph });
      rest = head;
    }
    return rest;
  }

  /**
   * Add a quad, unless the node said it before: since `from`, or ever when it was met before. `saying`: what makes two values
   * one; null for what is never the same.
   */
  private say(node: Node, predicate: string, object: Term, saying: string | null, graph: Term, from: number): void {
    const { quads, sayings, said } = node;
    if (saying !== null) {
      if (said === undefined) {
        for (let index = from; index < quads.length; index++) if (sayings[index] === saying) return;
      } else {
        const known = said.size;
        if (said.add(`${predicate} ${saying}`).size === known) return;
      }
    }
    const quad: Quad = { subject: node.term, predicate, object, graph };
    quads.push(quad);
    sayings.push(saying);
    this.quads.push(quad);
  }

  /** From here on, leave out whatever the node says twice. */
  private remember(node: Node): void {
    if (node.said !== undefined) return;
    node.said = new Set();
    for (const [index, saying] of node.sayings.entries())
      if (saying !== null) node.said.add(`${node.quads[index]?.predicate} ${saying}`);
  }
}

/** The one of these keys that an object has; undefined without any. */
function onlyKey(object: JsonObject, keys: readonly string[]): string | undefined {
  let found: string | undefined;
  for (const key of keys)
    if (Object.hasOwn(object, key)) {
      if (found !== undefined) throw uncovered;
      found = key;
    }
  return found;
}

function typesOf(given: JsonValue | undefined): readonly string[] {
  const types = Array.isArray(given) ? given : [given];
  for (const type of types) if (typeof type !== 'string') throw uncovered;
  return types as string[];
}

function isReference(object: JsonObject, { own }: Property): boolean {
  const keys = Object.keys(object);
  return keys.length === 1 && own.idKeys.includes(keys[0] as string);
}

function idTerm(id: string, here: TermTable): string {
  const iri = id.startsWith('@') ? null : expandPrefix(here.active, id);
  if (!isAbsoluteIri(iri)) throw uncovered;
  return iriTerm(iri);
}

function scalarTerm(property: Property, value: JsonValue): string {
  if (property.onlyObjects || typeof value === 'object') throw uncovered;
  const { coercion, datatype, own } = property;
  if (typeof value === 'string') {
    if (coercion === 'id') return idTerm(value, own);
    if (coercion === 'vocab') {
      const iri = expandIri(own.active, value);
      if (!isAbsoluteIri(iri)) throw uncovered;
      return iriTerm(iri);
    }
    if (datatype === `${xsd}double`) throw uncovered;
    return literal(escapeLiteral(value), datatype ?? `${xsd}string`);
  }
  if (typeof value === 'boolean') return literal(String(value), datatype ?? `${xsd}boolean`);
  // Exactly as the processors of this field write numbers, since signatures cover that.
  if (String(value).includes('.') || Math.abs(value) >= 1e21 || datatype === `${xsd}double`)
    return literal(value.toExponential(15).replace(/(\d)0*e\+?/, '$1E'), datatype ?? `${xsd}double`);
  return literal(value.toFixed(0), datatype ?? `${xsd}integer`);
}

function literal(escaped: string, datatype: string): string {
  return datatype === `${xsd}string` ? `"${escaped}"` : `"${escaped}"^^${iriTerm(datatype)}`;
}

/** `{"@value": "…", "@language"?: "…"}` */
function valueTerm(value: JsonObject): string {
  const { '@value': text, '@language': language, ...rest } = value;
  if (typeof text !== 'string' || Object.keys(rest).length > 0) throw uncovered;
  if (language === undefined) return `"${escapeLiteral(text)}"`;
  if (typeof language !== 'string' || !languageTag.test(language)) throw uncovered;
  return `"${escapeLiteral(text)}"@${language.toLowerCase()}`;
}

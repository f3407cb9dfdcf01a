import { type ActiveContext, expandIri, isAbsoluteIri, processContext } from './active-context.ts';
import { iriTerm } from './dataset.ts';

/** What a value of a property becomes, when the property is used in an ordinary way. */
export type Coercion = 'none' | 'id' | 'vocab';

/** A property as one active context reads it, ready for writing quads. */
export interface Property {
  kind: 'id' | 'type' | 'value';
  key: string;
  /** `<iri>` */
  predicate: string;
  coercion: Coercion;
  /** Full IRI of the datatype that the context gives to plain values; null without one. */
  datatype: string | null;
  list: boolean;
  graph: boolean;
  /** Another term here means the same. */
  shared: boolean;
  /** What holds at the property's value. */
  own: TermTable;
  /** What holds inside an object under this property, before its own contexts and types. */
  inside: TermTable;
  /** The same for an object that only refers by its id, which keeps a type-scoped context. */
  reference: TermTable;
  /** The scoped context redefines the property itself; how a plain value is read then, the full processor decides. */
  onlyObjects: boolean;
}

const simple = { kind: 'value', coercion: 'none', datatype: null, list: false, graph: false } as const;
const langString = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString';

/**
 * The compiled form of one active context: what each of its terms and types leads to, found once and kept. Built from the
 * context documents by `processContext`; whatever it does not represent is null, and then the full processor decides.
 */
export class TermTable {
  readonly active: ActiveContext;
  /** Keys that name an object, and keys that give its types. */
  readonly idKeys: readonly string[];
  readonly typeKeys: readonly string[];
  private readonly properties = new Map<string, Property | null>();
  private readonly types = new Map<string, TermTable>();
  private readonly typeTerms = new Map<string, string | null>();
  private readonly meanings = new Map<string, number>();

  private constructor(active: ActiveContext) {
    this.active = active;
    const aliases = (keyword: string) => [...active.terms].filter(([, { iri }]) => iri === keyword).map(([key]) => key);
    this.idKeys = ['@id', ...aliases('@id')];
    this.typeKeys = ['@type', ...aliases('@type')];
    for (const { iri } of active.terms.values())
      if (iri !== null) this.meanings.set(iri, (this.meanings.get(iri) ?? 0) + 1);
  }

  /** The table of an active context, made once. */
  static of(active: ActiveContext): TermTable {
    const known = tables.get(active);
    if (known !== undefined) return known;
    const table = new TermTable(active);
    tables.set(active, table);
    return table;
  }

  /** A property, or null when its use here is not represented: undefined terms, keywords, language maps, indexes, … */
  property(key: string): Property | null {
    const known = this.properties.get(key);
    if (known !== undefined) return known;
    const found = this.findProperty(key);
    // Only the context's own terms are kept: a document could use any number of full IRIs.
    if (this.active.terms.has(key) || key.startsWith('@')) this.properties.set(key, found);
    return found;
  }

  /** The table inside an object of these types. Their contexts apply by name (JSON-LD 1.1 API §5.1.2, step 11). */
  within(types: readonly string[]): TermTable {
    const [only] = types;
    if (only === undefined) return this;
    if (types.length === 1) return this.typed(only);
    let here: TermTable = this;
    for (const type of types.toSorted()) here = here === this ? this.typed(type) : here.scoped(type, this);
    return here;
  }

  private typed(type: string): TermTable {
    const known = this.types.get(type);
    if (known !== undefined) return known;
    if (!this.active.terms.has(type)) return this;
    const table = this.scoped(type, this);
    this.types.set(type, table);
    return table;
  }

  private scoped(type: string, before: TermTable): TermTable {
    const context = before.active.terms.get(type)?.context;
    return context === undefined ? this : TermTable.of(processContext(this.active, context, undefined, 'type'));
  }

  /** A type value as an RDF term; null when it has no absolute meaning here. */
  typeTerm(type: string): string | null {
    const known = this.typeTerms.get(type);
    if (known !== undefined) return known;
    const iri = expandIri(this.active, type);
    const term = isAbsoluteIri(iri) ? iriTerm(iri) : null;
    if (this.active.terms.has(type)) this.typeTerms.set(type, term);
    return term;
  }

  private findProperty(key: string): Property | null {
    const { active } = this;
    const iri = expandIri(active, key);
    if (iri === '@id' || iri === '@type')
      return {
        ...simple,
        kind: iri === '@id' ? 'id' : 'type',
        key,
        predicate: '',
        shared: false,
        onlyObjects: false,
        own: this,
        inside: this,
        reference: this,
      };
    const definition = active.terms.get(key);
    if (!isAbsoluteIri(iri) || definition?.type === '@json' || definition?.type === langString) return null;
    const container = definition?.container ?? [];
    const scoped = definition?.context;
    const own = scoped === undefined ? active : processContext(active, scoped, undefined, 'property');
    // The processors look the property up again where its own scoped context already holds.
    const again = own.terms.get(key)?.context;
    const enter = (from: ActiveContext) =>
      TermTable.of(again === undefined ? from : processContext(from, again, undefined, 'property'));
    const type = definition?.type ?? null;
    return {
      kind: 'value',
      key,
      predicate: iriTerm(iri),
      coercion: type === '@id' ? 'id' : type === '@vocab' ? 'vocab' : 'none',
      datatype: type === null || type.startsWith('@') ? null : type,
      list: container.includes('@list'),
      graph: container.includes('@graph'),
      shared: definition === undefined || (this.meanings.get(iri) ?? 0) > 1,
      own: TermTable.of(own),
      inside: enter(own.previous ?? own),
      reference: enter(own),
      onlyObjects: own.terms.get(key) !== definition,
    };
  }
}

const tables = new WeakMap<ActiveContext, TermTable>();

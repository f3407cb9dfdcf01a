import type { JsonObject, JsonValue } from '../../json/json.ts';
import { type ActiveContext, initialContext, processContext, type TermDefinition } from '../active-context.ts';
import { bundledContexts, contextUrl } from '../contexts.ts';

/** A source of numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const extensions = [...bundledContexts.keys()].filter((url) =>
  /extensions|ob-accred|ob-assessment|obv3p0_tcv1p0/.test(url),
);
const openBadges = [...bundledContexts.keys()].filter((url) => /spec\/ob\/v3p0\/context/.test(url));
const clr = [...bundledContexts.keys()].filter((url) => /spec\/clr\/v2p0/.test(url));
const others = [...bundledContexts.keys()].filter(
  (url) => ![...extensions, ...openBadges, ...clr, contextUrl.credentials1, contextUrl.credentials2].includes(url),
);

const texts = [
  'plain',
  '',
  'two\nlines\tand "quotes" \\ and \u0000\u007f\b\f\r',
  'é e\u0301 ﬁ İ ß',
  '𝔘𝔫𝔦 🎓',
  'half \ud83c alone',
  '\u2028 \u00a0 \ufeff',
  '<a href="x">',
  '@value',
  '_:b0',
  '5',
  'true',
  '1.5E0',
  'https://example.org/as-text',
  '2026-05-18T00:00:00Z',
];
const ids = [
  'urn:uuid:0d9e6f64-53a1-4c0b-8e55-b1a7c4f0d312',
  'https://example.org/a',
  'https://example.org/b?x=1#y',
  'did:example:learner',
  'did:example:learner',
  'https://example.org/ünï/{odd}|^`"<>\\',
  'mailto:a@example.org',
  'schema:name',
];
const oddIds = ['relative', '', '#x', '_:b0', '_:x', '_:x', '@id', '@wrong', 'a b:c', '//host/x', ':x', 'x:', 'ex:y z'];
const numbers = [0, -0, 1, -1, 5, 1.5, -2.25, 1e-7, 1e21, -1e21, 1e100, 2 ** 53, 0.1, 100.0, 3.0e-10, 123456789.123];
const languages = ['en', 'EN-us', 'de-DE-1996', 'x', 'not a tag', '', 'ar'];

/**
 * A document for comparing canonicalizers: shaped like the credentials of this field, or made of any terms that its contexts
 * define, with what is unusual and what must be refused mixed in.
 */
export function randomDocument(random: () => number): JsonObject {
  return new Maker(random).document();
}

class Maker {
  private readonly random: () => number;
  /** How often something unusual comes; most documents are ordinary. */
  private readonly oddness: number;
  private nodes = 0;

  constructor(random: () => number) {
    this.random = random;
    this.oddness = this.pick([0, 0, 0, 0.01, 0.03, 0.15]);
  }

  document(): JsonObject {
    const context = this.contexts();
    const node = this.node(this.enter(initialContext, context), 0, true);
    return { '@context': context, ...node };
  }

  private chance(probability: number): boolean {
    return this.random() < probability;
  }

  private pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.random() * items.length)] as T;
  }

  private odd(): boolean {
    return this.chance(this.oddness);
  }

  private contexts(): JsonValue {
    const base = this.chance(0.75) ? contextUrl.credentials2 : contextUrl.credentials1;
    const list: JsonValue[] = [base];
    if (this.chance(0.3)) list.push(this.pick(clr));
    if (this.chance(0.85)) list.push(this.chance(0.7) ? contextUrl.openBadges303 : this.pick(openBadges));
    if (this.chance(0.4)) list.push(this.pick(extensions));
    if (this.chance(0.15)) list.push(this.pick(others));
    if (this.chance(0.1)) list.push(this.inlineContext());
    if (this.odd()) list.push(this.pick<JsonValue>(['https://unknown.example/v1', null, {}, [], 5, list[0] ?? null]));
    if (this.odd()) list.sort(() => this.random() - 0.5);
    return this.odd() ? base : list;
  }

  private inlineContext(): JsonObject {
    const plain: JsonObject = { timeRequired: 'https://schema.org/timeRequired' };
    if (this.chance(0.5))
      plain.own = { '@id': 'https://example.org/own', '@type': this.pick(['@id', 'https://example.org/type']) };
    if (this.chance(0.2))
      plain.many = { '@id': 'https://example.org/many', '@container': this.pick(['@set', '@list']) };
    if (!this.chance(0.3)) return plain;
    return {
      ...plain,
      ...this.pick<JsonObject>([
        { '@vocab': 'https://example.org/vocab#' },
        { '@language': 'en' },
        { '@base': 'https://example.org/' },
        { '@protected': true, name: 'https://example.org/name' },
        { name: 'https://schema.org/name' },
        { achievement: null },
        { ex: 'https://example.org/', 'ex:y': { '@type': '@id' } },
        { ex: { '@id': 'https://example.org/', '@prefix': true }, z: 'ex:z' },
        { title: { '@id': 'https://example.org/title', '@container': '@language' } },
        { back: { '@reverse': 'https://example.org/back' } },
        { nested: '@nest' },
        { data: { '@id': 'https://example.org/data', '@type': '@json' } },
        { Thing: { '@id': 'https://example.org/Thing', '@context': { inner: 'https://example.org/inner' } } },
        { a: 'b', b: 'a' },
        { '@version': 1 },
        { key: '@type', identifier2: '@id' },
        { again: 'https://schema.org/timeRequired' },
      ]),
    };
  }

  private enter(active: ActiveContext, context: JsonValue): ActiveContext {
    return processContext(active, context, undefined);
  }

  private node(active: ActiveContext, depth: number, root = false): JsonObject {
    this.nodes += 1;
    const node: JsonObject = {};
    let own = active;
    if (!root && (this.odd() || (depth < 3 && this.chance(0.03)))) {
      const context = this.chance(0.7) ? [contextUrl.credentials2, contextUrl.openBadges303] : this.contexts();
      node['@context'] = context;
      own = this.enter(active, context);
    }
    const types = this.types(own, root);
    let here = own;
    for (const type of types.toSorted()) {
      const context = own.terms.get(type)?.context;
      if (context !== undefined) here = processContext(here, context, undefined, 'type');
    }
    if (types.length > 0)
      node[this.odd() ? '@type' : 'type'] = types.length === 1 && this.chance(0.4) ? (types[0] ?? '') : types;
    if (this.chance(0.5)) node[this.odd() ? '@id' : 'id'] = this.odd() ? this.pick(oddIds) : this.pick(ids);
    const keys = [...here.terms].filter(([, { iri }]) => iri !== null && !iri.startsWith('@'));
    const wanted = root ? 6 : Math.floor(this.random() * 4) + (depth > 3 ? 0 : 1);
    for (let count = 0; count < wanted && keys.length > 0; count++) {
      const [key, definition] = this.pick(keys);
      // Types are terms too, and nobody's properties.
      if (/^[A-Z]/.test(key) && this.chance(0.95)) continue;
      node[key] = this.values(here, definition, depth);
    }
    if (this.odd()) Object.assign(node, this.oddMember(here, depth));
    return node;
  }

  private types(active: ActiveContext, root: boolean): string[] {
    const known = [...active.terms].filter(([key, { iri }]) => /^[A-Z]/.test(key) && iri !== null).map(([key]) => key);
    const types = root && active.terms.has('VerifiableCredential') ? ['VerifiableCredential'] : [];
    if (root)
      types.push(
        ...['OpenBadgeCredential', 'ClrCredential', 'EndorsementCredential', 'VerifiablePresentation'].filter(
          (type) => active.terms.has(type) && this.chance(0.4),
        ),
      );
    else if (known.length > 0)
      for (let count = this.pick([0, 1, 1, 1, 2, 3]); count > 0; count--) types.push(this.pick(known));
    if (this.odd())
      types.push(this.pick(['Unknown', 'https://example.org/Type', 'ex:Type', '_:t', '@json', types[0] ?? 'x']));
    return types;
  }

  private values(active: ActiveContext, definition: TermDefinition, depth: number): JsonValue {
    if (this.odd()) return this.oddValue(active, depth);
    const count = this.pick([1, 1, 1, 1, 2, 3, 0]);
    if (count === 1 && this.chance(0.7)) return this.value(active, definition, depth);
    const values = Array.from({ length: count }, () => this.value(active, definition, depth));
    if (this.chance(0.1) && values.length > 0) values.push(structuredClone(values[0] ?? null));
    return values;
  }

  private value(active: ActiveContext, definition: TermDefinition, depth: number): JsonValue {
    const mayNest = depth < 6 && this.nodes < 60;
    const { type, container, context } = definition;
    if (mayNest && (container.includes('@graph') || (context !== undefined && this.chance(0.3)))) {
      const inner = context === undefined ? active : processContext(active, context, undefined, 'property');
      return this.node(inner.previous ?? inner, depth + 1);
    }
    if (type === '@id')
      return mayNest && this.chance(0.6) ? this.node(active.previous ?? active, depth + 1) : this.pick(ids);
    if (type === '@vocab') return this.pick(['assertionMethod', 'authentication', ...ids]);
    if (type !== null && this.chance(0.8))
      return this.chance(0.8) ? this.pick(texts) : this.pick<JsonValue>([...numbers, true, false]);
    if (mayNest && this.chance(0.3)) return this.node(active.previous ?? active, depth + 1);
    if (this.chance(0.1))
      return { '@value': this.pick(texts), '@language': this.pick(['en', 'EN-us', 'de-DE-1996', 'ar']) };
    return this.chance(0.85) ? this.pick(texts) : this.pick<JsonValue>([...numbers, true, false]);
  }

  private oddValue(active: ActiveContext, depth: number): JsonValue {
    const node = () => (depth < 6 ? this.node(active, depth + 1) : {});
    const text = this.pick(texts);
    return this.pick<() => JsonValue>([
      () => null,
      () => [],
      () => ({}),
      () => [null, text, null],
      () => [[text], [[text]]],
      () => [text, text, this.pick(numbers), this.pick(numbers)],
      () => [0, -0, 5, '5', true, 'true', 5],
      () => ({ '@value': this.pick<JsonValue>([text, 5, true, null, [], {}]) }),
      () => ({ '@value': text, '@language': this.pick(languages) }),
      () => ({ '@value': text, '@direction': this.pick(['ltr', 'rtl', 'up']) }),
      () => [
        { '@value': text, '@language': 'ar', '@direction': 'rtl' },
        { '@value': text, '@language': 'ar' },
      ],
      () => ({ '@value': text, '@type': this.pick(['https://example.org/dt', 'xsd:date', '@json', 'x']) }),
      () => ({ '@set': [text, text] }),
      () => ({ '@list': [text, this.pick(numbers)] }),
      () => ({ '@id': this.pick([...ids, ...oddIds]) }),
      () => ({ id: this.pick([...ids, ...oddIds]) }),
      () => ({ '@language': 'en' }),
      () => ({ en: text, de: [text, null] }),
      () => [node(), node()],
      () => ({ '@graph': [node()] }),
      () => this.pick([...oddIds, ...ids]),
      () => this.pick<JsonValue>(numbers),
      () => ({ ...node(), '@index': 'x' }),
    ])();
  }

  private oddMember(active: ActiveContext, depth: number): JsonObject {
    const node = () => (depth < 6 ? this.node(active, depth + 1) : {});
    return this.pick<() => JsonObject>([
      () => ({ undefinedTerm: 'x' }),
      () => ({ 'https://example.org/full': this.pick<JsonValue>(['x', 5, node()]) }),
      () => ({ 'schema:name': 'x', 'ex:y': 'x', '_:p': 'x' }),
      () => ({ 'https://schema.org/name': 'x' }),
      () => ({ '@included': [node()] }),
      () => ({ '@reverse': { 'https://example.org/back': node() } }),
      () => ({ '@nest': { name: 'x' } }),
      () => ({ '@graph': [node()] }),
      () => ({ '@index': 'x' }),
      () => ({ '@unknown': 'x' }),
      () => ({ id: this.pick(ids), '@id': this.pick(ids) }),
      () => ({ type: ['Achievement'], '@type': ['Profile'] }),
      () => ({ type: [] }),
      () => ({ type: this.pick<JsonValue>([5, null, {}, [5]]) }),
      () => ({ id: this.pick<JsonValue>([5, null, {}, ['https://example.org/a']]) }),
      () => ({
        '@context': this.pick<JsonValue>([null, {}, [], contextUrl.credentials2, 'https://unknown.example/v1']),
      }),
    ])();
  }
}

/** One small change anywhere in a document: what a careless or hostile hand does to a good one. */
export function mutateDocument(document: JsonObject, random: () => number): JsonObject {
  const copy = structuredClone(document);
  const places: { parent: Record<string, JsonValue>; key: string; list: boolean }[] = [];
  const collect = (value: JsonValue) => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      places.push({ parent: value as Record<string, JsonValue>, key, list: Array.isArray(value) });
      collect((value as Record<string, JsonValue>)[key] as JsonValue);
    }
  };
  collect(copy);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const { parent, key, list } = pick(places);
  const other = pick(places);
  const value = parent[key] as JsonValue;
  pick<() => void>([
    () => {
      if (list) (parent as unknown as JsonValue[]).splice(Number(key), 1);
      else delete parent[key];
    },
    () => {
      parent[key] = [value, structuredClone(value)];
    },
    () => {
      parent[key] = structuredClone(other.parent[other.key] as JsonValue);
    },
    () => {
      parent[key] = pick<JsonValue>([null, 5, true, '', 'x', [], {}, 1e21, 'https://example.org/x', '_:b0', [value]]);
    },
    () => {
      if (!list)
        parent[pick(['name', 'id', 'type', '@id', 'unknown', 'description', 'schema:name', other.key])] = value;
    },
    () => {
      if (!list) {
        delete parent[key];
        parent[pick(['https://example.org/renamed', 'name', 'result', 'narrative', other.key])] = value;
      }
    },
  ])();
  return copy;
}

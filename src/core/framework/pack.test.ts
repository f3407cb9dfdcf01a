import { describe, expect, it } from 'vitest';
import { renderFinding } from '../catalogue/render.ts';
import type { JsonObject, JsonValue } from '../json/json.ts';
import { type Change, changed } from './changed-fixture.ts';
import { checkCredential } from './check-credential.ts';
import { type ParsePackOptions, parsePack } from './pack.ts';
import { bundledPacks, defaultPack, findPack } from './packs.ts';

const small: JsonObject = {
  format: 1,
  id: 'small',
  version: '1.0',
  title: 'Small',
  publisher: { name: 'Test', url: 'https://test.example/' },
  notice: 'For tests.',
  status: 'local',
  sources: [{ id: 'own', title: 'Own', url: null, marks: 'inferred' }],
  appliesTo: { schema: true, otherwise: 'Not for this.' },
  classes: [{ id: 'good', label: 'Good', definition: 'Good.' }],
  $defs: { text: { type: 'string', pattern: '\\S' }, a: { $ref: '#/$defs/text' } },
  rules: [
    {
      id: 'named',
      field: 'Name',
      group: 'basics',
      purpose: 'Why.',
      expects: { good: 'required' },
      places: [{ path: '$.name', kind: 'native', schema: { $ref: '#/$defs/text' } }],
      provenance: { field: 'inferred', level: 'inferred', place: 'inferred', source: ['own'] },
      help: { write: 'w', example: 'e', mistake: 'm' },
      receiver: { met: 'Named {value}.', missing: 'Not named.' },
    },
  ],
};

function refusals(change: Change, options?: ParsePackOptions): [string, string | undefined][] {
  const result = parsePack(changed(small, change), options);
  if (result.ok) return [];
  for (const finding of result.findings) expect(renderFinding(finding).say).not.toMatch(/\{\w+\}/);
  return result.findings.map(({ code, pointer }) => [code, pointer]);
}

const rule = small.rules as JsonObject[];
const schemaAt = '/rules/0/places/0/schema';
const deep = (depth: number): JsonValue => (depth === 0 ? true : { not: deep(depth - 1) });

/** framework.md §2.3: what is refused, with its place in the file. */
const cases: [string, Change, [string, string][]][] = [
  ['another format', { set: { '/format': 2 } }, [['pack-value', '/format']]],
  ['a missing property', { remove: ['/notice'] }, [['pack-property-missing', '']]],
  ['an unknown property', { set: { '/rulez': [] } }, [['pack-property-unknown', '/rulez']]],
  ['an unknown property of a rule', { set: { '/rules/0/weight': 1 } }, [['pack-property-unknown', '/rules/0/weight']]],
  ['a version of another form', { set: { '/version': 'latest' } }, [['pack-value', '/version']]],
  ['a repeated rule id', { set: { '/rules/1': rule[0]! } }, [['pack-id-repeated', '/rules/1/id']]],
  [
    'a repeated class id',
    { set: { '/classes/1': { id: 'good', label: 'G', definition: 'G' } } },
    [['pack-id-repeated', '/classes/1/id']],
  ],
  [
    'a path that does not parse',
    { set: { '/rules/0/places/0/path': '$.name[' } },
    [['pack-path', '/rules/0/places/0/path']],
  ],
  ['a when path that does not parse', { set: { '/rules/0/when': ['$..'] } }, [['pack-path', '/rules/0/when/0']]],
  [
    'a pattern in a path that is no I-Regexp',
    { set: { '/rules/0/places/0/path': "$.a[?match(@.b, '\\\\d')]" } },
    [['pack-path', '/rules/0/places/0/path']],
  ],
  [
    'a path that is too long',
    { set: { '/rules/0/places/0/path': `$.${'a'.repeat(500)}` } },
    [['pack-value-too-large', '/rules/0/places/0/path']],
  ],
  [
    'an unknown keyword',
    { set: { [schemaAt]: { minimumLength: 1 } } },
    [['pack-schema-keyword', `${schemaAt}/minimumLength`]],
  ],
  [
    'a wrong keyword value',
    { set: { [schemaAt]: { required: 'name' } } },
    [['pack-schema-keyword-value', `${schemaAt}/required`]],
  ],
  [
    'a reference elsewhere',
    { set: { [schemaAt]: { $ref: 'https://example.com/schema' } } },
    [['pack-schema-reference', `${schemaAt}/$ref`]],
  ],
  [
    'a reference to nothing',
    { set: { [schemaAt]: { $ref: '#/$defs/none' } } },
    [['pack-schema-reference', `${schemaAt}/$ref`]],
  ],
  [
    'a reference by an inherited name',
    { set: { [schemaAt]: { $ref: '#/$defs/toString' } } },
    [['pack-schema-reference', `${schemaAt}/$ref`]],
  ],
  [
    'a cyclic reference',
    { set: { '/$defs/text': { not: { $ref: '#/$defs/a' } } } },
    [['pack-schema-cyclic', '/$defs/a/$ref']],
  ],
  [
    'a schema nested too deeply',
    { set: { [schemaAt]: deep(45) } },
    [['pack-schema-too-deep', `${schemaAt}${'/not'.repeat(41)}`]],
  ],
  ['look-ahead', { set: { [schemaAt]: { pattern: 'a(?=b)' } } }, [['pack-pattern', `${schemaAt}/pattern`]]],
  ['a back-reference', { set: { [schemaAt]: { pattern: '(a)\\1' } } }, [['pack-pattern', `${schemaAt}/pattern`]]],
  ['a broken pattern', { set: { [schemaAt]: { pattern: '(' } } }, [['pack-pattern', `${schemaAt}/pattern`]]],
  [
    'a long pattern',
    { set: { [schemaAt]: { pattern: 'a'.repeat(1501) } } },
    [['pack-pattern-too-long', `${schemaAt}/pattern`]],
  ],
  [
    'an unknown fact',
    { set: { '/rules/0/derived': [{ fact: 'x.y', ifFalse: 'weak' }] } },
    [['pack-fact-unknown', '/rules/0/derived/0/fact']],
  ],
  [
    'an unknown blocking fact',
    { set: { '/classes/0/blockedBy': ['x.y'] } },
    [['pack-fact-unknown', '/classes/0/blockedBy/0']],
  ],
  ['an unknown class', { set: { '/rules/0/marks': ['bad'] } }, [['pack-class-unknown', '/rules/0/marks/0']]],
  [
    'an expectation of an unknown class',
    { set: { '/rules/0/expects/bad': 'required' } },
    [['pack-class-unknown', '/rules/0/expects/bad']],
  ],
  [
    'a missing expectation',
    { set: { '/classes/1': { id: 'bad', label: 'B', definition: 'B' } } },
    [['pack-expects-missing', '/rules/0/expects']],
  ],
  ['a rule that tests nothing', { remove: ['/rules/0/places'] }, [['pack-rule-empty', '/rules/0']]],
  [
    'two fallbacks',
    {
      set: {
        '/classes': [1, 2].map((number) => ({ id: `c${number}`, label: 'C', definition: 'C', fallback: true })),
        '/rules/0/expects': { c1: 'required', c2: 'required' },
      },
    },
    [['pack-two-fallbacks', '/classes/1/fallback']],
  ],
  [
    'too many rules',
    { set: { '/rules': Array.from({ length: 201 }, (_, index) => ({ ...rule[0], id: `r${index}` })) } },
    [['pack-too-many', '/rules']],
  ],
  [
    'too many places',
    { set: { '/rules/0/places': Array.from({ length: 21 }, () => ({ path: '$', kind: 'native', schema: true })) } },
    [['pack-too-many', '/rules/0/places']],
  ],
  ['a base without a version', { set: { '/extends': 'trusted-microcredential' } }, [['pack-value', '/extends']]],
  ['a base that is not at hand', { set: { '/extends': 'small@9.9' } }, [['pack-extends-unknown', '/extends']]],
];

describe('parsePack', () => {
  it('takes a good pack', () => {
    expect(refusals({})).toEqual([]);
  });

  it.each(cases)('refuses %s', (_, change, expected) => {
    expect(refusals(change)).toEqual(expected);
  });

  it.each([null, 1, 'pack', [], true])('refuses %j', (value) => {
    expect(parsePack(value)).toMatchObject({ ok: false, findings: [{ code: 'pack-not-object' }] });
  });

  it('refuses a file of hostile depth or size without falling over', () => {
    let value: JsonValue = 1;
    for (let depth = 0; depth < 20_000; depth += 1) value = [value];
    expect(refusals({ set: { '/x-deep': value } })).toEqual([['pack-too-large', '']]);
    expect(refusals({ set: { '/x-wide': Array.from({ length: 100_001 }, () => 0) } })).toEqual([
      ['pack-too-large', ''],
    ]);
  });

  it('lets anyone add x- members, and drops them', () => {
    const result = parsePack(changed(small, { set: { '/x-note': 1, '/rules/0/x-note': { a: 1 } } }));
    expect(result).toMatchObject({ ok: true });
    expect(JSON.stringify(result)).not.toContain('x-note');
  });

  it('keeps its clear word on a schema that is nested through references', () => {
    const links = Object.fromEntries(
      Array.from({ length: 25 }, (_, index) => [
        `d${index}`,
        { allOf: [{ $ref: `#/$defs/d${index + 1}` }, { $ref: `#/$defs/d${index + 1}` }] },
      ]),
    );
    const result = parsePack(
      changed(small, { set: { '/$defs': { ...links, d25: true }, [schemaAt]: { $ref: '#/$defs/d0' } } }),
    );
    if (!result.ok) throw new Error('refused');
    const report = checkCredential({ name: 'x' }, { pack: result.pack });
    expect(report.rules[0]).toMatchObject({ outcome: 'cannot-tell', reason: 'limit' });
  });
});

describe('extends', () => {
  const resolve = (idVersion: string) => findPack(idVersion);
  const own: JsonObject = {
    ...small,
    id: 'institution',
    extends: 'trusted-microcredential@2024-03.0',
    classes: (JSON.parse(JSON.stringify(defaultPack.classes)) as JsonValue) ?? [],
    rules: [
      {
        ...rule[0],
        id: 'name',
        expects: { application: 'recommended', knowledge: 'recommended', recognition: 'recommended' },
      },
      {
        ...rule[0],
        id: 'house-rule',
        expects: { application: 'required', knowledge: 'required', recognition: 'not-expected' },
      },
    ],
  };

  it('replaces a rule of the same id whole and appends new ones', () => {
    const result = parsePack(own, { resolve });
    if (!result.ok) throw new Error(JSON.stringify(result.findings));
    expect(result.pack.rules).toHaveLength(defaultPack.rules.length + 1);
    expect(result.pack.rules[0]).toMatchObject({ id: 'name', field: 'Name', expects: { application: 'recommended' } });
    expect(result.pack.rules.at(-1)?.id).toBe('house-rule');
  });

  it('is one level only', () => {
    const base = parsePack(own, { resolve });
    if (!base.ok) throw new Error('refused');
    expect(parsePack({ ...own, extends: 'institution@1.0' }, { resolve: () => base.pack })).toMatchObject({
      ok: false,
      findings: [{ code: 'pack-extends-twice', pointer: '/extends' }],
    });
  });

  it('points at extends when the fault is the base’s, and at the own rule otherwise', () => {
    const classes = [...(own.classes as JsonValue[]), { id: 'fourth', label: 'F', definition: 'F' }];
    const result = parsePack({ ...own, classes }, { resolve });
    if (result.ok) throw new Error('taken');
    const pointers = new Set(result.findings.map(({ pointer }) => pointer));
    expect(pointers).toEqual(new Set(['/extends', '/rules/0/expects', '/rules/1/expects']));
  });
});

describe('bundled packs', () => {
  it('are found by id and by id@version', () => {
    expect(bundledPacks.map(({ id }) => id)).toEqual([
      'trusted-microcredential',
      'eu-microcredential-2022',
      'open-skill-alignment-0.1',
    ]);
    for (const pack of bundledPacks) {
      expect(findPack(pack.id)).toBe(pack);
      expect(findPack(`${pack.id}@${pack.version}`)).toBe(pack);
    }
    expect(findPack('trusted-microcredential@1.0')).toBeUndefined();
  });

  it('name only sources that they list', () => {
    for (const { rules, sources } of bundledPacks)
      for (const { id, provenance } of rules)
        for (const source of provenance.source)
          expect(
            sources.map((one) => one.id),
            id,
          ).toContain(source);
  });

  it('are read anew after copying, as a worker would', () => {
    const document = { type: ['OpenBadgeCredential'], name: 'x' };
    const copy = structuredClone(defaultPack);
    // A copy has not been read: which engine its patterns may run in is not known.
    expect(() => checkCredential(document, { pack: copy })).toThrow(TypeError);
    const read = parsePack(copy);
    if (!read.ok) throw new Error(JSON.stringify(read.findings));
    // The linear-time engine says the same of every bundled pattern as the platform's own.
    expect(checkCredential(document, { pack: read.pack }).rules).toEqual(
      checkCredential(document, { pack: defaultPack }).rules,
    );
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeCryptography } from '../../node/cryptography.ts';
import type { JsonObject, JsonValue } from '../json/json.ts';
import { type CanonicalizeOptions, canonicalizeQuads, canonicalize as canonicalizeWith } from './canonicalize.ts';
import { checkContexts, findDuplicateIds } from './context-rules.ts';
import { bundledContexts, contextUrl } from './contexts.ts';
import { analyseTerms } from './terms.ts';

const root = resolve(import.meta.dirname, '../../..');
const shared = resolve(root, '../shared/data');
const hasShared = existsSync(shared);
if (!hasShared) console.warn('skipped: published contexts and examples are not beside this checkout');
const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as JsonObject;
const trusted = (name: string) => readJson(join(root, 'fixtures/trusted', `${name}.json`));

describe.skipIf(!hasShared)('contexts of our own hand', () => {
  const published: [string, string][] = [
    [contextUrl.clr201, 'clr-2.0.1.json'],
    ['https://purl.imsglobal.org/spec/clr/v2p0/context.json', 'clr-2.0.0.json'],
    [contextUrl.openBadges303, 'ob-3.0.3-amended.json'],
    [contextUrl.openBadgesExtensions, 'ob-3.0-extensions.json'],
    [contextUrl.accreditation, 'ob3-extensions/issuerAccreditationExtension-v2p0-context.json'],
    [contextUrl.assessment, 'ob3-extensions/assessmentExtension-v2p0-context.json'],
    [contextUrl.trustedDraft, 'obv3p0_tcv1p0_context_v1p0.draft.json'],
    [
      'https://openbadgespec.org/extensions/accessibilityExtension/context-3.0.0.json',
      'ob3-extensions/accessibilityExtension-context-3.0.0.json',
    ],
    [
      'https://openbadgespec.org/extensions/applyLinkExtension/context-3.0.0.json',
      'ob3-extensions/applyLinkExtension-context-3.0.0.json',
    ],
    [
      'https://openbadgespec.org/extensions/geoCoordinatesExtension/context-3.0.0.json',
      'ob3-extensions/geoCoordinatesExtension-context-3.0.0.json',
    ],
    [
      'https://openbadgespec.org/extensions/licenseExtension/context-3.0.0.json',
      'ob3-extensions/licenseExtension-context-3.0.0.json',
    ],
  ];
  it.each(published)('%s says the same as the published file', (url, file) => {
    expect(bundledContexts.get(url)).toEqual(readJson(join(shared, 'contexts', file)));
  });
});

const canonicalize = (document: JsonObject, options: Partial<CanonicalizeOptions> = {}) =>
  canonicalizeWith(document, { cryptography: nodeCryptography, ...options });

describe('canonicalize', () => {
  it('does not know other contexts, and fetches none', async () => {
    expect(
      await canonicalize({
        '@context': [contextUrl.credentials2, 'https://unknown.example/v1'],
        type: 'VerifiableCredential',
      }),
    ).toMatchObject({
      ok: false,
      finding: { code: 'context-unknown', pointer: '/@context/1', params: { url: 'https://unknown.example/v1' } },
    });
    const own = new Map([['https://unknown.example/v1', { '@context': { x: 'https://unknown.example/x' } }]]);
    expect(
      (
        await canonicalize(
          { '@context': [contextUrl.credentials2, 'https://unknown.example/v1'], type: 'VerifiableCredential', x: 'y' },
          { contexts: own },
        )
      ).ok,
    ).toBe(true);
  });

  it('points to the undefined term', async () => {
    const document = trusted('recognition');
    (document.credentialSubject as JsonObject).private = 'x';
    expect(await canonicalize(document)).toMatchObject({
      ok: false,
      finding: { code: 'term-undefined', pointer: '/credentialSubject/private' },
    });
  });

  it.each([
    ['a relative id', { id: 'relative' }],
    ['a bad language tag', { name: { '@value': 'x', '@language': 'not a language' } }],
    [
      'a redefined protected term',
      {
        '@context': [
          contextUrl.credentials2,
          contextUrl.openBadges303,
          { VerifiableCredential: 'https://evil.example/vc' },
        ],
      },
    ],
  ])('refuses %s', async (_, change) => {
    expect((await canonicalize({ ...trusted('recognition'), ...change } as JsonObject)).ok).toBe(false);
  });

  it('keeps directions', async () => {
    const result = await canonicalize({
      ...trusted('recognition'),
      name: { '@value': 'x', '@language': 'ar', '@direction': 'rtl' },
    });
    expect(result.ok && result.nquads).toContain('<https://www.w3.org/ns/i18n#ar_rtl>');
  });

  it('ends on graphs made to cost work', async () => {
    // A clique of blank nodes that all look alike is the worst case of RDFC-1.0.
    const size = 12;
    const quads = Array.from(
      { length: size * size },
      (_, index) => `_:a${Math.floor(index / size)} <https://example.org/p> _:a${index % size} .\n`,
    ).join('');
    expect(await canonicalizeQuads(quads, { cryptography: nodeCryptography })).toMatchObject({
      ok: false,
      finding: { code: 'graph-too-complex' },
    });
  });

  it('bounds the number of statements', async () => {
    expect(await canonicalize(trusted('application'), { maximumQuads: 100 })).toMatchObject({
      ok: false,
      finding: { code: 'quads-too-many', params: { count: 205 } },
    });
  });
});

describe('analyseTerms', () => {
  it('agrees with the processor’s safe mode, on documents with members added anywhere', async () => {
    const names = [
      'private',
      'skill',
      'name',
      'description',
      'result',
      'achievement',
      'evidence',
      'criteria',
      'narrative',
      'points',
      'targetUrl',
      'assessmentType',
      'accreditations',
      'timeRequired',
      'schema:name',
      'https://example.org/own',
    ];
    const places: ((document: JsonObject) => JsonObject)[] = [
      (d) => d,
      (d) => d.issuer as JsonObject,
      (d) => d.credentialSubject as JsonObject,
      (d) => (d.credentialSubject as JsonObject).achievement as JsonObject,
      (d) => ((d.credentialSubject as JsonObject).achievement as JsonObject).criteria as JsonObject,
      (d) =>
        (
          ((d.credentialSubject as JsonObject).achievement as JsonObject).resultDescription as JsonObject[]
        )[0] as JsonObject,
      (d) => ((d.evidence as JsonObject[]) ?? [])[0] as JsonObject,
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.constantFrom(...places),
        fc.constantFrom('application', 'application-missing-terms'),
        async (name, place, file) => {
          const document = trusted(file);
          place(document)[name] ??= 'x';
          const { undefinedTerms, unknownContexts } = analyseTerms(document);
          expect(unknownContexts).toEqual([]);
          const result = await canonicalize(document);
          // Safe mode refuses for other reasons too (a text where an id belongs), never less.
          if (undefinedTerms.length > 0) expect(result.ok).toBe(false);
          else if (!result.ok) expect(result.finding.code).toBe('json-ld-refused');
        },
      ),
      { numRuns: 120 },
    );
  });

  it.skipIf(!hasShared)('agrees on every published example', async () => {
    const folder = join(shared, 'examples');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.json') && /^(ob3|clr2|vcdm2)/.test(name),
    );
    for (const name of files) {
      const document = readJson(join(folder, name));
      if (document['@context'] === undefined) continue;
      const { undefinedTerms, unknownContexts } = analyseTerms(document);
      const result = await canonicalize(document);
      const says = undefinedTerms.length > 0 || unknownContexts.length > 0 ? 'refused' : 'accepted';
      expect([name, says === 'accepted' || !result.ok]).toEqual([name, true]);
      if (says === 'accepted' && !result.ok) expect([name, result.finding.code]).toEqual([name, 'json-ld-refused']);
    }
    expect(files.length).toBeGreaterThan(5);
  });

  it('knows type-scoped terms only where their type stands', () => {
    const document: JsonObject = {
      '@context': [contextUrl.credentials2, contextUrl.openBadges303, contextUrl.assessment],
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      assessmentType: 'Exam',
      credentialSubject: {
        type: ['AchievementSubject'],
        achievement: {
          type: ['Achievement'],
          resultDescription: [{ type: ['ResultDescription', 'AssessmentResultDescription'], assessmentType: 'Exam' }],
        },
      },
    };
    expect(analyseTerms(document).undefinedTerms).toEqual([{ pointer: '/assessmentType', term: 'assessmentType' }]);
  });
});

describe('checkContexts', () => {
  const withContext = (context: JsonValue, more: JsonObject = {}): JsonObject => ({
    ...trusted('recognition'),
    '@context': [contextUrl.credentials2, contextUrl.openBadges303, context],
    ...more,
  });
  const vocab = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#';

  it.each<[string, JsonValue, string | null]>([
    ['a new term', { timeRequired: 'https://schema.org/timeRequired' }, null],
    [
      'a new term with a type',
      { effort: { '@id': 'https://example.org/effort', '@type': 'https://www.w3.org/2001/XMLSchema#duration' } },
      null,
    ],
    ['another name for a known meaning', { hidden: `${vocab}result` }, 'context-redefines'],
    ['another name through a prefix', { hidden: { '@id': 'cred:issuer' } }, null],
    ['a known term', { evidence: 'https://example.org/evidence' }, 'context-redefines'],
    ['a vocabulary for everything', { '@vocab': 'https://example.org/' }, 'context-not-plain'],
    ['a base', { '@base': 'https://example.org/' }, 'context-not-plain'],
    ['an alias of a keyword', { content: '@graph' }, 'context-not-plain'],
    ['nesting', { folded: '@nest' }, 'context-not-plain'],
    ['a reverse term', { of: { '@reverse': 'https://example.org/of' } }, 'context-not-plain'],
    ['a scoped context', { x: { '@id': 'https://example.org/x', '@context': { result: null } } }, 'context-not-plain'],
    ['a term switched off', { x: null }, 'context-not-plain'],
    ['no context at all', null, 'context-not-plain'],
    ['an unknown one', 'https://unknown.example/v1', 'context-unknown'],
  ])('%s', (_, context, code) => {
    expect(checkContexts(withContext(context)).map((finding) => finding.code)).toEqual(code === null ? [] : [code]);
  });

  it.each(['@nest', '@reverse', '@included', '@graph', '@index', '@id', '@type'])(
    'refuses the member %s',
    (keyword) => {
      const document = { ...trusted('recognition'), [keyword]: {} };
      expect(checkContexts(document)).toContainEqual(
        expect.objectContaining({ code: 'keyword-not-allowed', pointer: `/${keyword}` }),
      );
    },
  );

  it('accepts language values, refuses properties written as addresses', () => {
    expect(checkContexts({ ...trusted('recognition'), name: { '@value': 'x', '@language': 'en' } })).toEqual([]);
    const renamed = { ...trusted('recognition'), [`${vocab}result`]: [] };
    expect(checkContexts(renamed)).toContainEqual(expect.objectContaining({ code: 'property-not-compacted' }));
    expect(checkContexts({ ...trusted('recognition'), 'https://example.org/own': 'x' })).toEqual([]);
  });

  it.each(['application', 'knowledge', 'recognition', 'clr'])('finds nothing in %s.json', (name) => {
    expect(checkContexts(trusted(name))).toEqual([]);
    expect(findDuplicateIds(trusted(name)).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('findDuplicateIds', () => {
  it('lets identical copies and reduced profiles be, and refuses differing parts that decide', () => {
    const document = trusted('application');
    const subject = document.credentialSubject as JsonObject;
    const achievement = subject.achievement as JsonObject;
    achievement.creator = { id: (document.issuer as JsonObject).id as string, type: ['Profile'], name: 'Short' };
    expect(findDuplicateIds(document).map(({ code, severity }) => [code, severity])).toEqual([
      ['id-shared-profile', 'information'],
    ]);
    const descriptions = achievement.resultDescription as JsonObject[];
    descriptions.push({ ...(descriptions[0] as JsonObject), requiredValue: '1' });
    expect(findDuplicateIds(document).map(({ code }) => code)).toContain('id-shared');
  });

  it('accepts a learner who issues to themselves', () => {
    const document = trusted('recognition');
    (document.credentialSubject as JsonObject).id = (document.issuer as JsonObject).id as string;
    expect(findDuplicateIds(document).map(({ severity }) => severity)).toEqual(['information']);
  });
});

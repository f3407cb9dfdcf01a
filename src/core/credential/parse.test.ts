import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv2019 from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeCryptography } from '../../node/cryptography.ts';
import type { JsonObject, JsonValue } from '../json/json.ts';
import { buildCredential } from './build.ts';
import { toCanonicalForm, toOriginalPointer } from './canonical-form.ts';
import { hashIdentity, matchRecipient } from './identity.ts';
import { parseCredential } from './parse.ts';

const root = resolve(import.meta.dirname, '../../..');
const trusted = join(root, 'fixtures/trusted');
const shared = resolve(root, '../shared/data');
const hasShared = existsSync(shared);
if (!hasShared) console.warn('skipped: published schemas and examples are not beside this checkout');
const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as JsonObject;
const files = readdirSync(trusted).filter((name) => name.endsWith('.json'));

function findings(document: JsonValue) {
  const result = parseCredential(document);
  return result.ok ? result.parsed.findings : result.findings;
}
const errors = (document: JsonValue) => findings(document).filter(({ severity }) => severity === 'error');
const pairs = (document: JsonValue) => errors(document).map(({ code, pointer }) => `${code} ${pointer}`);

const base = () => readJson(join(trusted, 'knowledge.json'));
const subjectOf = (document: JsonObject) => document.credentialSubject as JsonObject;

describe('parseCredential', () => {
  it.each(files)('finds no fault in %s, and leaves it untouched', (name) => {
    const document = readJson(join(trusted, name));
    const before = JSON.stringify(document);
    expect(errors(document)).toEqual([]);
    expect(JSON.stringify(document)).toBe(before);
  });

  const faults: [string, (document: JsonObject) => void, string][] = [
    ['no id', (d) => delete d.id, 'member-missing /id'],
    ['no validFrom', (d) => delete d.validFrom, 'member-missing /validFrom'],
    ['a date that does not exist', (d) => (d.validFrom = '2026-02-29T00:00:00Z'), 'not-a-date-time /validFrom'],
    ['a date that is no date', (d) => (d.awardedDate = 'NaN'), 'not-a-date-time /awardedDate'],
    [
      'contexts swapped',
      (d) => (d['@context'] = (d['@context'] as JsonValue[]).toReversed()),
      'context-misplaced /@context/0',
    ],
    [
      'no Open Badges context',
      (d) => (d['@context'] = ['https://www.w3.org/ns/credentials/v2']),
      'context-misplaced /@context/1',
    ],
    [
      'an achievement without name',
      (d) => delete (subjectOf(d).achievement as JsonObject).name,
      'member-missing /credentialSubject/achievement/name',
    ],
    [
      'empty criteria',
      (d) => ((subjectOf(d).achievement as JsonObject).criteria = {}),
      'criteria-empty /credentialSubject/achievement/criteria',
    ],
    ['no achievement', (d) => delete subjectOf(d).achievement, 'member-missing /credentialSubject/achievement'],
    ['a subject without its type', (d) => (subjectOf(d).type = ['Person']), 'type-missing /credentialSubject/type'],
    [
      'nobody named',
      (d) => {
        delete subjectOf(d).id;
        delete subjectOf(d).identifier;
      },
      'subject-unidentified /credentialSubject',
    ],
    [
      'an unknown status',
      (d) => (((subjectOf(d).result as JsonObject[])[0] as JsonObject).status = 'Done'),
      'not-in-list /credentialSubject/result/0/status',
    ],
    [
      'a number where text belongs',
      (d) => (((subjectOf(d).result as JsonObject[])[0] as JsonObject).value = 43),
      'member-wrong-type /credentialSubject/result/0/value',
    ],
    [
      'a single result without its list',
      (d) => (subjectOf(d).result = (subjectOf(d).result as JsonValue[])[0] as JsonValue),
      'list-expected /credentialSubject/result',
    ],
    [
      'an issuer without Profile',
      (d) => ((d.issuer as JsonObject).type = ['Organization']),
      'type-missing /issuer/type',
    ],
    [
      'a member in a closed class',
      (d) => (((subjectOf(d).achievement as JsonObject).image as JsonObject).alt = 'x'),
      'member-unknown /credentialSubject/achievement/image/alt',
    ],
    [
      'an alignment without address',
      (d) => delete (((subjectOf(d).achievement as JsonObject).alignment as JsonObject[])[0] as JsonObject).targetUrl,
      'member-missing /credentialSubject/achievement/alignment/0/targetUrl',
    ],
    ['an id that is a list', (d) => (d.id = ['urn:uuid:1']), 'id-not-url /id'],
    ['an endorsement token that is none', (d) => (d.endorsementJwt = ['x']), 'not-a-jws /endorsementJwt/0'],
    [
      'a wrong language code',
      (d) => ((subjectOf(d).achievement as JsonObject).inLanguage = 'English'),
      'not-a-language /credentialSubject/achievement/inLanguage',
    ],
    ['dates reversed', (d) => (d.validUntil = '2020-01-01T00:00:00Z'), 'dates-reversed /validUntil'],
  ];
  it.each(faults)('finds %s', (_, change, expected) => {
    const document = base();
    change(document);
    expect(pairs(document)).toContain(expected);
  });

  it('tolerates the compactions of OB 3.0 §2 with a warning', () => {
    const document = base();
    const achievement = subjectOf(document).achievement as JsonObject;
    achievement.type = 'Achievement';
    subjectOf(document).type = 'AchievementSubject';
    expect(errors(document)).toEqual([]);
    expect(
      findings(document)
        .filter(({ code }) => code === 'compacted-form')
        .map(({ pointer }) => pointer)
        .toSorted(),
    ).toEqual(['/credentialSubject/achievement/type', '/credentialSubject/type']);
  });

  it('reads VCDM 1.1, shows its dates under their newer names, and points to the older ones', () => {
    const { validFrom, validUntil: _, '@context': contexts, ...rest } = base();
    const document = {
      ...rest,
      '@context': ['https://www.w3.org/2018/credentials/v1', ...(contexts as string[]).slice(1)],
      issuanceDate: validFrom,
    } as JsonObject;
    const result = parseCredential(document);
    expect(result).toMatchObject({ ok: true, parsed: { dataModel: '1.1', credential: { validFrom } } });
    expect(errors(document)).toEqual([]);
    expect(pairs({ ...document, issuanceDate: 'x' })).toContain('not-a-date-time /issuanceDate');
  });

  it('warns about a bare issuer', () => {
    const document = { ...base(), issuer: 'https://example.edu/issuer' };
    expect(errors(document)).toEqual([]);
    expect(findings(document).map(({ code }) => code)).toContain('issuer-bare');
  });

  it('finds loops and dead ends among the associations of a record', () => {
    const record = readJson(join(trusted, 'clr.json'));
    const subject = subjectOf(record);
    const association = (sourceId: string, targetId: string) => ({
      type: 'Association',
      associationType: 'isChildOf',
      sourceId,
      targetId,
    });
    subject.association = [association('urn:x:a', 'urn:x:b'), association('urn:x:b', 'urn:x:a')];
    const seen = findings(record).map(({ code }) => code);
    expect(seen).toContain('association-loop');
    expect(seen).toContain('association-leads-nowhere');
  });

  it('never throws on any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => void parseCredential(value as JsonValue)),
      { numRuns: 500 },
    );
    parseCredential({ validFrom: [{ toString: '' }], validUntil: { valueOf: 1, toString: 2 } });
    const names = [
      'type',
      '@context',
      'issuer',
      'credentialSubject',
      'proof',
      'id',
      'validFrom',
      'verifiableCredential',
      'toString',
      'valueOf',
      'hasOwnProperty',
    ];
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(...names),
          fc.oneof(
            fc.jsonValue({ maxDepth: 3 }),
            fc.constantFrom('ClrCredential', 'VerifiableCredential', 'EndorsementCredential'),
          ),
        ),
        (value) => void parseCredential(value as JsonObject),
      ),
      { numRuns: 500 },
    );
  });
});

describe('canonical form', () => {
  it('maps pointers back to the document', () => {
    const document = {
      '@context': 'x',
      type: 'A',
      issuer: 'https://i.example',
      issuanceDate: 'd',
      credentialSubject: [{ achievement: { type: 'Achievement', alignment: { targetName: 'x' } } }],
    };
    const view = toCanonicalForm(document);
    expect(view).toMatchObject({
      type: ['A'],
      issuer: { id: 'https://i.example' },
      validFrom: 'd',
      credentialSubject: { achievement: { alignment: [{ targetName: 'x' }] } },
    });
    for (const [from, to] of [
      ['/type/0', '/type'],
      ['/issuer/id', '/issuer'],
      ['/validFrom', '/issuanceDate'],
      [
        '/credentialSubject/achievement/alignment/0/targetName',
        '/credentialSubject/0/achievement/alignment/targetName',
      ],
      ['/credentialSubject/achievement/name', '/credentialSubject/0/achievement/name'],
    ])
      expect(toOriginalPointer(document, from as string)).toBe(to);
  });
});

describe('buildCredential', () => {
  it('emits canonical form only', () => {
    const { '@context': _, ...document } = base();
    const built = buildCredential({
      ...document,
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      '@context': [
        'https://purl.imsglobal.org/spec/ob-accred/v2p0/context/',
        'https://purl.imsglobal.org/spec/ob-assessment/v2p0/context/',
        { timeRequired: 'https://schema.org/timeRequired' },
      ],
      termsOfUse: [],
      description: null,
      credentialStatus: { id: 'https://example.edu/revoked', type: '1EdTechRevocationList' },
    });
    if (!built.ok) throw new Error(JSON.stringify(built.findings));
    const contexts = built.credential['@context'] as string[];
    expect(contexts.slice(0, 3)).toEqual([
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
    ]);
    expect(built.credential).not.toHaveProperty('termsOfUse');
    expect(built.credential).not.toHaveProperty('description');
    expect(findings(built.credential).filter(({ code }) => code === 'compacted-form')).toEqual([]);
  });

  it('refuses what does not conform and what no context defines', () => {
    expect(buildCredential({ type: ['VerifiableCredential', 'OpenBadgeCredential'] }).ok).toBe(false);
    const result = buildCredential({ ...base(), skill: 'private' });
    expect(result.ok ? [] : result.findings).toContainEqual(
      expect.objectContaining({ code: 'term-undefined', pointer: '/skill' }),
    );
  });
});

describe('recipients', () => {
  it('knows the published answer', async () => {
    expect(await hashIdentity('a@example.com', 'Kosher', nodeCryptography)).toBe(
      'sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399',
    );
  });

  it('matches hashed, plain and id, and e-mail addresses in another spelling', async () => {
    const identityHash = await hashIdentity('a@example.com', 'salt', nodeCryptography);
    const credential: JsonObject = {
      credentialSubject: {
        id: 'did:example:a',
        identifier: [
          {
            type: 'IdentityObject',
            hashed: true,
            salt: 'salt',
            identityType: 'emailAddress',
            identityHash: identityHash.toUpperCase().replace('SHA256', 'sha256'),
          },
          { type: 'IdentityObject', hashed: false, identityType: 'name', identityHash: 'Robin' },
        ],
      },
    };
    const match = (type: string, value: string) => matchRecipient(credential, { type, value }, nodeCryptography);
    expect(await match('emailAddress', 'a@example.com')).toBe(true);
    expect(await match('emailAddress', ' A@Example.com ')).toBe(true);
    expect(await match('emailAddress', 'b@example.com')).toBe(false);
    expect(await match('name', 'Robin')).toBe(true);
    expect(await match('name', 'robin')).toBe(false);
    expect(await match('id', 'did:example:a')).toBe(true);
  });
});

describe.skipIf(!hasShared)('against the published JSON Schemas', () => {
  const ajv = new Ajv2019.default({ strict: false, allErrors: false });
  addFormats.default(ajv);
  const load = (path: string) => {
    const { $schema: _, ...schema } = readJson(join(shared, 'schemas', path));
    return ajv.compile({ ...schema, $schema: 'https://json-schema.org/draft/2019-09/schema' });
  };
  const canonical = hasShared ? load('json/ob_v3p0_achievementcredential_schema.json') : null;

  it.each(files.filter((name) => name !== 'clr.json'))('agrees on %s', (name) => {
    expect(canonical?.(readJson(join(trusted, name)))).toBe(true);
  });

  it('refuses what the schema refuses, on mutated documents', () => {
    const paths: (string | number)[][] = [];
    const collect = (value: JsonValue, path: (string | number)[]) => {
      if (path.length > 0) paths.push(path);
      if (typeof value === 'object' && value !== null)
        for (const [key, inner] of Object.entries(value))
          if (key !== '@context') collect(inner as JsonValue, [...path, Array.isArray(value) ? Number(key) : key]);
    };
    collect(readJson(join(trusted, 'application.json')), []);
    // Ours is stricter by VCDM and by the specification's own words; it must never be looser, except where said below.
    const looser = (path: (string | number)[], value: unknown) =>
      // Another type is another kind of document. Endorsements inside have reports of their own; language values are VCDM 2.0; a list of statuses is read.
      path[0] === 'type' || path.includes('endorsement') || (typeof value === 'object' && value !== null);
    fc.assert(
      fc.property(
        fc.nat(paths.length - 1),
        fc.oneof(fc.constant(undefined), fc.constantFrom<JsonValue>(null, 5, true, 'x', '', [], {})),
        (index, value) => {
          const document = readJson(join(trusted, 'application.json'));
          const path = paths[index] as (string | number)[];
          const parent = path
            .slice(0, -1)
            .reduce<JsonValue>(
              (inner, token) => (inner as Record<string, JsonValue>)[token as string] as JsonValue,
              document,
            ) as Record<string, JsonValue>;
          const last = path.at(-1) as string;
          if (value === undefined && !Array.isArray(parent)) delete parent[last];
          else parent[last] = value ?? null;
          if (canonical?.(document) === false && !looser(path, value))
            expect([path, value, errors(document).length > 0]).toEqual([path, value, true]);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each(['ob3-basic.json', 'ob3-complete.json', 'ob3-signed.json', 'clr2-signed.json', 'ob3-endorsement.json'])(
    'reads the published example %s',
    (name) => {
      const result = parseCredential(readJson(join(shared, 'examples', name)));
      expect(result.ok).toBe(true);
    },
  );
});

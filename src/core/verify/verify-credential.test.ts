import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeCryptography } from '../../node/cryptography.ts';
import type { SecretKey } from '../cryptography.ts';
import { toDidKey } from '../did/did-key.ts';
import { UnavailableError } from '../finding.ts';
import type { JsonObject, JsonValue } from '../json/json.ts';
import { canonicalize } from '../json-ld/canonicalize.ts';
import type { Network } from '../network.ts';
import { addProof, type ProofOptions } from '../proof/add-proof.ts';
import { toPublicJwk } from '../proof/jwk.ts';
import { signCompactJws } from '../proof/jws.ts';
import { encodeMultikey } from '../proof/multikey.ts';
import { signVcJwt } from '../proof/vc-jwt.ts';
import { writeEntry } from '../status/bitstring.ts';
import { buildStatusListCredential } from '../status/build-status-list.ts';
import { nameOfEdition } from '../status/refresh.ts';
import { webCryptography } from '../web-cryptography.ts';
import type { StepId, VerificationReport } from './report.ts';
import { verifyCredential } from './verify-credential.ts';

const fixtures = resolve(import.meta.dirname, '../../../fixtures/trusted');
const read = (name: string) => JSON.parse(readFileSync(join(fixtures, `${name}.json`), 'utf8')) as JsonObject;
const now = new Date('2026-07-01T00:00:00Z');

let key: SecretKey;
let did: string;
let other: SecretKey;
beforeAll(async () => {
  key = await nodeCryptography.generateKey('Ed25519');
  other = await nodeCryptography.generateKey('Ed25519');
  did = toDidKey(key.publicKey);
});

async function sign(document: JsonObject, options: Partial<ProofOptions> = {}): Promise<JsonObject> {
  const signer = options.key ?? key;
  const id = toDidKey(signer.publicKey);
  const made = await addProof(
    document,
    {
      cryptosuite: 'eddsa-rdfc-2022',
      key: signer,
      verificationMethod: `${id}#${encodeMultikey(signer.publicKey)}`,
      created: '2026-05-20T09:00:00Z',
      ...options,
    },
    { cryptography: nodeCryptography },
  );
  if (!made.ok) throw new Error(JSON.stringify(made.finding));
  return made.document;
}

function ours(name = 'knowledge', more: JsonObject = {}): JsonObject {
  const document = read(name);
  return { ...document, issuer: { ...(document.issuer as JsonObject), id: did }, ...more };
}

const verify = (document: JsonValue, network?: Network, at = now) =>
  verifyCredential(document, { cryptography: nodeCryptography, now: at, ...(network ? { network } : {}) });
const outcomes = ({ steps }: VerificationReport) =>
  Object.fromEntries(Object.entries(steps).map(([id, { outcome }]) => [id, outcome]));
const codes = ({ steps }: VerificationReport, id: StepId) => steps[id].findings.map(({ code }) => code);

/** A network of fixed answers; everything else does not answer. */
function serving(answers: Record<string, JsonValue | number>, asked: string[] = []): Network {
  return {
    async fetch(url) {
      asked.push(url);
      const answer = answers[url];
      if (answer === undefined) throw new UnavailableError(url, 'connection-failed');
      const status = typeof answer === 'number' ? answer : 200;
      return {
        url,
        status,
        contentType: 'application/json',
        bytes: new TextEncoder().encode(typeof answer === 'string' ? answer : JSON.stringify(answer)),
      };
    },
  };
}

describe('verifyCredential', () => {
  it.each(['application', 'knowledge', 'recognition'])(
    'verifies %s.json once it is signed, on both providers of cryptography',
    async (name) => {
      const signed = await sign(ours(name));
      for (const cryptography of [nodeCryptography, webCryptography]) {
        const report = await verifyCredential(signed, { cryptography, now });
        expect(report.verdict).toBe('verified');
        expect(report.issuer.verifiedAs).toEqual({ kind: 'key', value: did });
        expect(report.verifiedDocument).toMatchObject({ id: signed.id as string });
        expect(report.document).toBe(signed);
      }
    },
  );

  it('verifies a VC-JWT in both profiles, and an envelope around it', async () => {
    const document = ours('application');
    for (const profile of ['open-badges', 'vc-jose-cose'] as const) {
      const made = await signVcJwt(
        document,
        { key, verificationMethod: `${did}#${encodeMultikey(key.publicKey)}`, profile },
        nodeCryptography,
      );
      if (!made.ok) throw new Error(made.finding.code);
      expect(await verify(made.jwt)).toMatchObject({ verdict: 'verified', securedBy: ['jwt'] });
      const envelope = {
        '@context': 'https://www.w3.org/ns/credentials/v2',
        type: 'EnvelopedVerifiableCredential',
        id: `data:application/vc+jwt,${made.jwt}`,
      };
      const opened = await verify(envelope);
      expect(opened.verdict).toBe('verified');
      expect(opened.document).toBe(envelope);
    }
  });

  it('does not verify an unsigned document', async () => {
    const report = await verify(ours());
    expect(report).toMatchObject({ verdict: 'not-verified', securedBy: 'unsigned' });
    expect(codes(report, 'proof')).toEqual(['proof-missing']);
    expect(report.verifiedDocument).toBeUndefined();

    const preview = await verifyCredential(ours(), { cryptography: nodeCryptography, now, isPreview: true });
    expect(preview).toMatchObject({ verdict: 'not-verified', securedBy: 'unsigned' });
    expect(outcomes(preview)).toMatchObject({ proof: 'inapplicable' });
    expect(codes(preview, 'proof')).toEqual(['proof-not-yet']);
    expect(preview.verifiedDocument).toBeUndefined();
  });

  it('says who signed when it was not the issuer', async () => {
    const report = await verify(await sign(ours(), { key: other }));
    expect(report.verdict).toBe('not-verified');
    expect(outcomes(report)).toMatchObject({ proof: 'passed', 'issuer-key': 'failed' });
  });

  it('accepts a co-signature beside the issuer’s own proof, and reports it', async () => {
    const report = await verify(await sign(await sign(ours()), { key: other }));
    expect(report.verdict).toBe('verified');
    expect(codes(report, 'issuer-key')).toEqual(['signed-by-another-too']);
  });

  it('does not let a valid proof excuse an invalid one', async () => {
    const signed = await sign(await sign(ours()), { key: other });
    const [first, second] = signed.proof as JsonObject[];
    const broken = { ...signed, proof: [first, { ...second, created: '2026-05-20T09:00:01Z' }] } as JsonObject;
    expect((await verify(broken)).verdict).toBe('not-verified');
  });

  it('reports an unknown suite beside a valid proof, no more; alone it is cannot-tell', async () => {
    const signed = await sign(ours());
    const unknown = { ...(signed.proof as JsonObject), cryptosuite: 'bbs-2023' };
    expect((await verify({ ...signed, proof: [signed.proof as JsonObject, unknown] })).verdict).toBe('verified');
    expect((await verify({ ...signed, proof: unknown })).verdict).toBe('cannot-tell');
  });

  it('judges dates by the clock it is given, with a skew', async () => {
    const signed = await sign(ours('knowledge', { validUntil: '2026-06-30T00:00:00Z' }));
    const at = async (time: string) => {
      const report = await verify(signed, undefined, new Date(time));
      return [report.verdict, ...codes(report, 'validity-period')];
    };
    const from = Date.parse(String(signed.validFrom));
    expect(await at('2026-06-30T00:01:59Z')).toEqual(['verified']);
    expect(await at('2026-06-30T00:02:01Z')).toEqual(['not-verified', 'expired']);
    expect(await at(new Date(from - 119_000).toISOString())).toEqual(['verified']);
    expect(await at(new Date(from - 121_000).toISOString())).toEqual(['not-verified', 'not-yet-valid']);
  });

  it('fails terms that no context defines, and cannot tell about contexts it does not know', async () => {
    const { proof } = await sign(ours());
    const undefinedTerm = await verify({ ...ours(), skill: 'private', proof: proof as JsonObject });
    expect(outcomes(undefinedTerm)).toMatchObject({ terms: 'failed' });
    expect(undefinedTerm.steps.terms.findings).toContainEqual(
      expect.objectContaining({ code: 'term-undefined', pointer: '/skill' }),
    );
    const document = ours();
    const unknownContext = await verify({
      ...document,
      '@context': [...(document['@context'] as string[]), 'https://unknown.example/v1'],
      proof: proof as JsonObject,
    });
    expect(unknownContext.verdict).toBe('cannot-tell');
    expect(codes(unknownContext, 'terms')).toContain('context-unknown');
  });
});

describe('rearranging signed JSON', () => {
  const canonical = async (document: JsonObject) => {
    const { proof: _, ...rest } = document;
    const result = await canonicalize(rest, { cryptography: nodeCryptography });
    return result.ok ? result.nquads : result.finding.code;
  };

  /** Each leaves the RDF signature valid and changes what a reader sees. */
  const rearrangements: [string, (signed: JsonObject) => JsonObject][] = [
    [
      'hiding the result under a renamed property',
      (signed) => {
        const subject = { ...(signed.credentialSubject as JsonObject) };
        const { result, ...rest } = subject;
        return {
          ...signed,
          '@context': [
            ...(signed['@context'] as JsonValue[]),
            {
              hidden: {
                '@id': 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#result',
                '@type': 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#Result',
                '@container': '@set',
              },
            },
          ],
          credentialSubject: { ...rest, hidden: result as JsonValue },
        };
      },
    ],
    [
      'hiding the result under its full address',
      (signed) => {
        const { result, ...rest } = signed.credentialSubject as JsonObject;
        return {
          ...signed,
          credentialSubject: {
            ...rest,
            'https://purl.imsglobal.org/spec/vc/ob/vocab.html#result': result as JsonValue,
          },
        };
      },
    ],
    [
      'moving evidence into an included block',
      (signed) => {
        const { evidence, ...rest } = signed;
        return { ...rest, '@included': evidence ?? [] };
      },
    ],
    [
      'moving the result to a second object of the same learner',
      (signed) => {
        const { result, ...rest } = signed.credentialSubject as JsonObject;
        const id = 'did:example:learner';
        return {
          ...signed,
          credentialSubject: {
            ...rest,
            id,
            source: { id, type: ['Profile'], name: 'Somebody', result: result as JsonValue },
          },
        };
      },
    ],
    ['naming the id by keyword', ({ id, ...rest }) => ({ ...rest, '@id': id as JsonValue })],
    [
      'an unsigned index',
      (signed) => ({ ...signed, credentialSubject: { ...(signed.credentialSubject as JsonObject), '@index': 'x' } }),
    ],
  ];

  it.each(rearrangements)('is refused: %s', async (_, change) => {
    const report = await verify(change(await sign(ours('knowledge'))));
    expect(report.verdict).toBe('not-verified');
    expect([outcomes(report).terms, outcomes(report).document]).toContain('failed');
  });

  it.each(rearrangements)('is refused inside a token of the holder’s own too: %s', async (_, change) => {
    const forged = change(await sign(ours('knowledge')));
    const own = toDidKey(other.publicKey);
    const headers: JsonObject[] = [
      { kid: `${own}#${encodeMultikey(other.publicKey)}` },
      { jwk: toPublicJwk(other.publicKey) ?? {} },
    ];
    for (const header of headers) {
      const report = await verify(await signCompactJws(forged, header, other, nodeCryptography));
      expect(report.verdict).toBe('not-verified');
      expect(report.verifiedDocument).toBeUndefined();
    }
  });

  it('a token of the issuer’s own around its proof covers the bytes', async () => {
    const signed = await sign(ours('knowledge'));
    const kid = `${did}#${encodeMultikey(key.publicKey)}`;
    const jwt = await signCompactJws(signed, { kid }, key, nodeCryptography);
    expect(await verify(jwt)).toMatchObject({ verdict: 'verified', verifiedDocument: { id: signed.id as string } });
  });

  it('reordered rubric levels keep the signature, which is why mastery does not read their order', async () => {
    const signed = await sign(ours('application'));
    const copy = structuredClone(signed);
    const [description] = ((copy.credentialSubject as JsonObject).achievement as JsonObject)
      .resultDescription as JsonObject[];
    (description as JsonObject).rubricCriterionLevel = (
      (description as JsonObject).rubricCriterionLevel as JsonValue[]
    ).toReversed();
    expect(await canonical(copy)).toBe(await canonical(signed));
    expect((await verify(copy)).verdict).toBe('verified');
  });

  it('swapped contexts are refused', async () => {
    const signed = await sign(ours('knowledge'));
    const [first, second, ...rest] = signed['@context'] as string[];
    expect((await verify({ ...signed, '@context': [second, first, ...rest] as string[] })).verdict).toBe(
      'not-verified',
    );
    expect((await verify({ ...signed, '@context': [first, ...rest, second] as string[] })).verdict).toBe(
      'not-verified',
    );
  });
});

describe('status', () => {
  const url = 'https://issuer.example/status/1';
  const entry = (index: number, purpose = 'revocation') => ({
    id: `${url}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: purpose,
    statusListIndex: String(index),
    statusListCredential: url,
  });
  const list = async (set: number[], purpose = 'revocation', signer = key) => {
    const bits = new Uint8Array(16_384);
    for (const index of set) writeEntry(bits, index, 1, 1);
    const issuer = toDidKey(signer.publicKey);
    return sign(
      await buildStatusListCredential({
        id: url,
        issuer,
        statusPurpose: purpose,
        bits,
        validFrom: '2026-05-01T00:00:00Z',
      }),
      { key: signer },
    );
  };

  it.each([
    ['clear', 7, 'revocation', [8], 'verified'],
    ['revoked', 7, 'revocation', [7], 'not-verified'],
    ['suspended', 7, 'suspension', [7], 'not-verified'],
    ['a refresh bit does not invalidate', 7, 'refresh', [7], 'verified'],
    ['the last place', 131_071, 'revocation', [131_071], 'not-verified'],
    ['outside the list', 131_072, 'revocation', [], 'cannot-tell'],
  ] as const)('%s', async (_, index, purpose, set, verdict) => {
    const signed = await sign(ours('knowledge', { credentialStatus: entry(index, purpose) }));
    expect((await verify(signed, serving({ [url]: await list([...set], purpose) }))).verdict).toBe(verdict);
  });

  it('cannot tell when the list does not answer, is another’s, or is not valid', async () => {
    const signed = await sign(ours('knowledge', { credentialStatus: entry(7) }));
    expect((await verify(signed)).verdict).toBe('cannot-tell');
    expect((await verify(signed, serving({}))).verdict).toBe('cannot-tell');
    expect((await verify(signed, serving({ [url]: 404 }))).verdict).toBe('cannot-tell');
    const foreign = await verify(signed, serving({ [url]: await list([], 'revocation', other) }));
    expect([foreign.verdict, ...codes(foreign, 'status')]).toEqual(['cannot-tell', 'status-list-another-issuer']);
    const tampered = { ...(await list([7])), validFrom: '2026-05-02T00:00:00Z' };
    expect((await verify(signed, serving({ [url]: tampered }))).verdict).toBe('cannot-tell');
  });

  it('checks every entry, and asks each list once', async () => {
    const asked: string[] = [];
    const signed = await sign(ours('knowledge', { credentialStatus: [entry(7), entry(8)] }));
    const report = await verify(signed, serving({ [url]: await list([8]) }, asked));
    expect(report.status.map(({ outcome }) => outcome)).toEqual(['passed', 'failed']);
    expect(report.verdict).toBe('not-verified');
    expect(asked).toEqual([url]);
  });

  it('asks nobody about a document that is not proven', async () => {
    const asked: string[] = [];
    const signed = await sign(ours('knowledge', { credentialStatus: entry(7) }));
    await verify({ ...signed, name: 'changed' }, serving({}, asked));
    expect(asked).toEqual([]);
  });

  it('reads a 1EdTech revocation list of the issuer’s own domain', async () => {
    const domain = 'did:web:issuer.example';
    const revocations = 'https://issuer.example/revocations';
    const method = `${domain}#${encodeMultikey(key.publicKey)}`;
    const document = ours('recognition');
    const signed = await sign(
      {
        ...document,
        '@context': [...(document['@context'] as string[]), 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'],
        issuer: { ...(document.issuer as JsonObject), id: domain },
        credentialStatus: { id: revocations, type: '1EdTechRevocationList' },
      },
      { verificationMethod: method },
    );
    const didDocument = {
      '@context': 'https://www.w3.org/ns/did/v1',
      id: domain,
      verificationMethod: [
        { id: method, type: 'Multikey', controller: domain, publicKeyMultibase: encodeMultikey(key.publicKey) },
      ],
      assertionMethod: [method],
    };
    const at = (revoked: JsonValue) =>
      verify(
        signed,
        serving({
          'https://issuer.example/.well-known/did.json': didDocument,
          [revocations]: { id: revocations, issuer: domain, revokedCredential: revoked },
        }),
      );
    expect((await at([])).verdict).toBe('verified');
    expect((await at([])).issuer.verifiedAs).toEqual({ kind: 'domain', value: 'issuer.example' });
    expect((await at([{ id: signed.id as string }])).verdict).toBe('not-verified');
    expect((await at([{ id: signed.id as string, revoked: false }])).verdict).toBe('verified');
  });
});

describe('refresh', () => {
  const service = 'https://issuer.example/refresh/4f1c';
  const withService = (more: JsonObject = {}) => {
    const document = ours('recognition');
    return {
      ...document,
      '@context': [...(document['@context'] as string[]), 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'],
      refreshService: { id: service, type: '1EdTechCredentialRefresh' },
      ...more,
    };
  };

  it('is superseded by a genuine newer edition only', async () => {
    const old = await sign(withService());
    const newer = await sign(withService({ validFrom: '2026-05-25T00:00:00Z' }));
    const report = await verify(old, serving({ [service]: newer }));
    expect([report.verdict, ...codes(report, 'refresh')]).toEqual(['not-verified', 'refresh-newer-edition']);
    expect(report.refreshed?.verdict).toBe('verified');
    expect((await verify(old, serving({ [service]: old }))).verdict).toBe('verified');
    expect((await verify(old, serving({}))).verdict).toBe('verified');
    expect((await verify(old, serving({ [service]: { ...newer, name: 'forged' } }))).verdict).toBe('verified');
    expect((await verify(old, serving({ [service]: await sign({ ...newer, id: 'urn:uuid:other' }) }))).verdict).toBe(
      'verified',
    );
  });

  it('is superseded by an edition with an id of its own that says so', async () => {
    const old = await sign(withService());
    const named = async (id: string, more: JsonObject = {}) =>
      await sign(
        withService({
          id: 'urn:uuid:bf1c8a5e-3b0f-4b53-8f0e-0d5f3c1c9a11',
          validFrom: '2026-05-25T00:00:00Z',
          relatedResource: [{ id: await nameOfEdition(id, nodeCryptography), digestSRI: 'sha256-47DEQpj8HBSa' }],
          ...more,
        }),
      );
    const verdict = async (served: JsonObject) => (await verify(old, serving({ [service]: served }))).verdict;
    expect(await verdict(await named(old.id as string))).toBe('not-verified');
    expect(await verdict(await named('urn:uuid:another'))).toBe('verified');
    expect(await verdict(await named(old.id as string, { validFrom: '2026-01-01T00:00:00Z' }))).toBe('verified');
    const unsigned = {
      ...(await named('urn:uuid:another')),
      relatedResource: (await named(old.id as string)).relatedResource,
    };
    expect(await verdict(unsigned as JsonObject)).toBe('verified');
  });
});

describe('a key that was taken out of use', () => {
  const issuer = 'did:web:issuer.example';
  const method = () => `${issuer}#${encodeMultikey(key.publicKey)}`;
  const document = (revoked: string) => ({
    'https://issuer.example/.well-known/did.json': {
      '@context': ['https://www.w3.org/ns/did/v1'],
      id: issuer,
      verificationMethod: [
        {
          id: method(),
          type: 'Multikey',
          controller: issuer,
          publicKeyMultibase: encodeMultikey(key.publicKey),
          revoked,
        },
      ],
      assertionMethod: [method()],
    },
  });
  const revoked = '2026-06-01T00:00:00Z';
  const before = new Date('2026-05-20T09:00:01Z');

  it.each([
    ['in the ledger from before', before, 'verified'],
    ['in the ledger from the same moment', new Date(revoked), 'cannot-tell'],
    ['in the ledger from after', new Date('2026-06-02T00:00:00Z'), 'cannot-tell'],
    ['not in the ledger', undefined, 'cannot-tell'],
  ] as const)('%s', async (_, held, verdict) => {
    const content = ours('knowledge');
    const unsigned = { ...content, issuer: { ...(content.issuer as JsonObject), id: issuer } };
    const signed = await sign(unsigned, { verificationMethod: method() });
    const made = await signVcJwt(
      unsigned,
      { key, verificationMethod: method(), profile: 'vc-jose-cose' },
      nodeCryptography,
    );
    if (!made.ok) throw new Error(made.finding.code);
    for (const given of [signed, made.jwt]) {
      const ask = (shown: JsonValue) =>
        verifyCredential(shown, {
          cryptography: nodeCryptography,
          now,
          network: serving(document(revoked)),
          // The very same, not one that only has its id.
          ledger: async ({ document, id }) =>
            id === content.id && JSON.stringify(document) === JSON.stringify(given) ? held : undefined,
        });
      expect((await ask(given)).verdict).toBe(verdict);
      if (typeof given === 'string') continue;
      expect((await ask({ ...given, proof: { ...(given.proof as JsonObject), nonce: 'x' } })).verdict).toBe(
        'cannot-tell',
      );
    }
  });

  it('asks the ledger for nothing else', async () => {
    const asked: string[] = [];
    await verifyCredential(await sign(ours('knowledge')), {
      cryptography: nodeCryptography,
      now,
      ledger: async ({ id }) => {
        asked.push(id);
        return undefined;
      },
    });
    expect(asked).toEqual([]);
  });
});

describe('endorsements', () => {
  const endorsement = async (about: string, signer = other) => {
    const issuer = toDidKey(signer.publicKey);
    return sign(
      {
        '@context': [
          'https://www.w3.org/ns/credentials/v2',
          'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
        ],
        id: 'urn:uuid:71b3c2aa-6d0f-4d4e-a5b8-3f0e9c2d1e99',
        type: ['VerifiableCredential', 'EndorsementCredential'],
        name: 'Endorsement',
        issuer: { id: issuer, type: ['Profile'], name: 'Council' },
        validFrom: '2026-01-15T00:00:00Z',
        credentialSubject: { id: about, type: ['EndorsementSubject'] },
      },
      { key: signer },
    );
  };

  it('have reports of their own at every place and never change the verdict', async () => {
    const base = ours('knowledge');
    const subject = base.credentialSubject as JsonObject;
    const achievement = subject.achievement as JsonObject;
    const good = await endorsement(achievement.id as string);
    const onIssuer = await endorsement(did);
    const tampered = { ...(await endorsement(base.id as string)), name: 'Forged' };
    const signed = await sign({
      ...base,
      endorsement: [tampered],
      issuer: { ...(base.issuer as JsonObject), endorsement: [onIssuer] },
      credentialSubject: {
        ...subject,
        achievement: { ...achievement, endorsement: [good, await endorsement('urn:uuid:something-else')] },
      },
    });
    const report = await verify(signed);
    expect(report.verdict).toBe('verified');
    const seen = report.endorsements.map(({ pointer, aboutCarrier, report: inner }) => [
      pointer,
      aboutCarrier,
      inner.verdict,
    ]);
    expect(seen.toSorted()).toEqual(
      [
        ['/credentialSubject/achievement/endorsement/0', 'passed', 'verified'],
        ['/credentialSubject/achievement/endorsement/1', 'failed', 'verified'],
        ['/endorsement/0', 'passed', 'not-verified'],
        ['/issuer/endorsement/0', 'passed', 'verified'],
      ].toSorted(),
    );
  });
});

describe('a comprehensive learner record', () => {
  const record = async (nested: (document: JsonObject, index: number) => Promise<JsonObject> | JsonObject) => {
    const clr = ours('clr');
    const subject = clr.credentialSubject as JsonObject;
    const inner = await Promise.all(
      (subject.verifiableCredential as JsonObject[]).map((document, index) =>
        nested({ ...document, issuer: { ...(document.issuer as JsonObject), id: did } }, index),
      ),
    );
    return sign({ ...clr, credentialSubject: { ...subject, verifiableCredential: inner } });
  };

  it('gives each nested credential its own report', async () => {
    const report = await verify(
      await record((document, index) =>
        index === 0 ? document : sign(index === 1 ? document : { ...document, validUntil: '2026-05-30T00:00:00Z' }),
      ),
    );
    expect([
      report.verdict,
      Object.values(report.steps).flatMap(({ findings }) => findings.filter((f) => f.severity === 'error')),
    ]).toEqual(['verified', []]);
    expect(
      report.credentials.map(({ verdict, securedBy, pointer }) => [pointer.slice(-2), verdict, securedBy]),
    ).toEqual([
      ['/0', 'cannot-tell', 'unsigned-inclusion'],
      ['/1', 'verified', ['data-integrity']],
      ['/2', 'not-verified', ['data-integrity']],
    ]);
    expect(codes(report.credentials[0] as VerificationReport, 'proof')).toContain('binding-not-protected');
    expect(codes(report.credentials[1] as VerificationReport, 'proof')).not.toContain('binding-not-protected');
  });

  it('says which nested credential is about another subject than the record', async () => {
    const about = (id?: string) => (document: JsonObject) => {
      const { id: _, ...subject } = document.credentialSubject as JsonObject;
      return { ...document, credentialSubject: id === undefined ? subject : { id, ...subject } };
    };
    const subjects = ['did:example:ana', 'did:example:ben', 'urn:uuid:5f4a8f0e-7f4a-4d52-9d4e-0b1e5f6d7c80'];
    const made = await record((document, index) => sign(about(subjects[index])(document)));
    const { proof: _, ...unsigned } = made;
    const whose = async (id?: string) => {
      const report = await verify(await sign(about(id)(unsigned)));
      expect(report.verdict).toBe('verified');
      return report.credentials.map((inner) => codes(inner, 'document').includes('credential-about-another'));
    };
    expect(await whose('did:example:ana')).toEqual([false, true, false]);
    expect(await whose('urn:uuid:5f4a8f0e-7f4a-4d52-9d4e-0b1e5f6d7c81')).toEqual([false, false, false]);
  });

  it('does not notice results exchanged between unsigned inclusions, and says so; notices it between signed ones', async () => {
    const exchange = (signed: JsonObject) => {
      const copy = structuredClone(signed);
      const [, one, two] = (copy.credentialSubject as JsonObject).verifiableCredential as JsonObject[];
      const [a, b] = [one?.credentialSubject as JsonObject, two?.credentialSubject as JsonObject];
      [a.result, b.result] = [b.result as JsonValue, a.result as JsonValue];
      return copy;
    };
    const signedInside = await verify(exchange(await record((document) => sign(document))));
    expect(signedInside.credentials.slice(1).map(({ verdict }) => verdict)).toEqual(['not-verified', 'not-verified']);
    const unsignedInside = await verify(exchange(await record((document) => document)));
    for (const inner of unsignedInside.credentials) expect(codes(inner, 'proof')).toContain('binding-not-protected');
  });
});

describe('hostile input', () => {
  it('never throws and never verifies a changed document', async () => {
    const signed = await sign(ours('recognition'));
    const paths = collectPaths(signed);
    await fc.assert(
      fc.asyncProperty(fc.nat(paths.length - 1), fc.jsonValue({ maxDepth: 2 }), async (index, value) => {
        const copy = structuredClone(signed);
        const path = paths[index] as (string | number)[];
        const before = at(copy, path);
        set(copy, path, value as JsonValue);
        const report = await verify(copy);
        if (JSON.stringify(before) !== JSON.stringify(value) && report.verdict === 'verified') {
          // A language-free rearrangement of one value into a list of one is the same statement.
          expect(JSON.stringify([before])).toBe(JSON.stringify(value));
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    null,
    1,
    'x',
    [],
    {},
    [[]],
    { '@context': [] },
    { type: 'VerifiableCredential' },
    { proof: {} },
    'a.b.c',
    `${'e30.'.repeat(2)}e30`,
    { '@context': { '@vocab': 'x' }, type: {} },
  ])('answers %j with a report', async (value) => {
    const report = await verify(value as JsonValue);
    expect(report.verdict).not.toBe('verified');
  });

  it('ends within its limit on a graph made to cost work', async () => {
    const nodes = Array.from({ length: 60 }, () => ({ type: ['Evidence'], name: 'x' }));
    await verify({ ...(await sign(ours('recognition'))), evidence: nodes as JsonValue });
    // The work limit ends it; without one this would run into the test's own time limit.
  });
});

function collectPaths(value: JsonValue, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const own = path.length > 0 ? [path] : [];
  return [
    ...own,
    ...Object.entries(value).flatMap(([key, member]) =>
      collectPaths(member as JsonValue, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}
function at(value: JsonValue, path: (string | number)[]): JsonValue {
  return path.reduce<JsonValue>(
    (inner, token) => (inner as Record<string, JsonValue>)[token as string] as JsonValue,
    value,
  );
}
function set(value: JsonValue, path: (string | number)[], replacement: JsonValue): void {
  const parent = at(value, path.slice(0, -1)) as Record<string, JsonValue>;
  parent[path.at(-1) as string] = replacement;
}

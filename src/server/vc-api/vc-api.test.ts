import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../core/json/json.ts';
import { addProof } from '../../core/proof/add-proof.ts';
import { encodeBase58 } from '../../core/proof/multibase.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { startTestServer } from '../test-server.ts';
import type { VcApiInstance } from './instances.ts';

let app: FastifyInstance;
let folder: string;
let close: () => Promise<void>;
let instances: VcApiInstance[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-vc-api-'));
  const server = await startTestServer(folder);
  app = server.app;
  close = server.close;
  instances = server.vcApi.instances;
});
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true, force: true });
});

const v2 = 'https://www.w3.org/ns/credentials/v2';
const examples = 'https://www.w3.org/ns/credentials/examples/v2';
const instance = (name: string) => instances.find((entry) => entry.name === name) as VcApiInstance;

async function post(url: string, payload: JsonValue) {
  const response = await app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', host: 'localhost' },
    payload: JSON.stringify(payload),
  });
  return { status: response.statusCode, body: response.json() as JsonObject };
}
const issue = (name: string, credential: JsonValue, options?: JsonObject) =>
  post(`/vc-api/${name}/credentials/issue`, { credential, ...(options ? { options } : {}) } as JsonObject);
const verify = (verifiableCredential: JsonValue) => post('/vc-api/credentials/verify', { verifiableCredential });
const draft = (name = 'eddsa-rdfc-2022', more: JsonObject = {}): JsonObject => ({
  '@context': [v2, examples],
  type: ['VerifiableCredential', 'ExampleDegreeCredential'],
  issuer: instance(name).issuer,
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: {
    id: 'did:example:subject',
    degree: { type: 'ExampleBachelorDegree', name: 'Bachelor of Science' },
  },
  ...more,
});

describe('issue and verify', () => {
  const suites = [
    'eddsa-rdfc-2022',
    'eddsa-jcs-2022',
    'ecdsa-rdfc-2019-p256',
    'ecdsa-rdfc-2019-p384',
    'jwt',
    'with-status',
  ];

  it('lists every instance with its issuer', async () => {
    const { instances: listed } = (
      await app.inject({ url: '/vc-api/instances', headers: { host: 'localhost' } })
    ).json();
    expect(listed.map(({ name }: { name: string }) => name).toSorted()).toEqual(
      [...suites, 'ecdsa-sd-2023'].toSorted(),
    );
    for (const { issuer, endpoint } of listed)
      expect([issuer, endpoint]).toEqual([
        expect.stringMatching(/^did:key:z/),
        expect.stringMatching(/\/credentials\/issue$/),
      ]);
  });

  it.each(suites)('%s: 201, then 200; a changed copy 400 with problem details', async (name) => {
    const issued = await issue(name, draft(name));
    expect(issued.status).toBe(201);
    const vc = issued.body.verifiableCredential as JsonObject;
    expect(await verify(vc)).toMatchObject({ status: 200, body: { verified: true } });
    const changed =
      name === 'jwt'
        ? { ...vc, id: `${String(vc.id).slice(0, -6)}AAAAAA` }
        : { ...vc, validFrom: '2026-01-02T00:00:00Z' };
    const refused = await verify(changed);
    expect(refused).toMatchObject({ status: 400, body: { verified: false } });
    expect((refused.body.problemDetails as JsonObject[])[0]).toMatchObject({
      type: expect.stringMatching(/^https:/),
      title: expect.any(String),
    });
  });

  it('gives an enveloped credential for a JWT', async () => {
    const { body } = await issue('jwt', draft('jwt'));
    expect(body.verifiableCredential).toMatchObject({
      type: 'EnvelopedVerifiableCredential',
      id: expect.stringMatching(/^data:application\/vc\+jwt,/),
    });
  });

  it('derives from a base proof, and refuses the base proof itself', async () => {
    const name = 'ecdsa-sd-2023';
    const issued = await issue(name, draft(name), { mandatoryPointers: ['/issuer', '/validFrom'] });
    expect(issued.status).toBe(201);
    const base = issued.body.verifiableCredential as JsonObject;
    expect((await verify(base)).status).toBe(400);
    const derived = await post('/vc-api/credentials/derive', {
      verifiableCredential: base,
      options: { selectivePointers: ['/credentialSubject/degree/name'] },
    });
    expect(derived.status).toBe(201);
    const shown = derived.body.verifiableCredential as JsonObject;
    expect(await verify(shown)).toMatchObject({ status: 200 });
    expect((await verify({ ...shown, issuer: 'did:example:other' })).status).toBe(400);
    expect((await issue(name, draft(name), { mandatoryPointers: ['/nowhere'] })).status).toBe(400);
    expect(
      (
        await post('/vc-api/credentials/derive', {
          verifiableCredential: base,
          options: { selectivePointers: ['/nowhere'] },
        })
      ).status,
    ).toBe(400);
  });

  it('revokes through its status list and sees it', async () => {
    const issued = await issue(
      'with-status',
      draft('with-status', { id: 'urn:uuid:0b5f4c1e-0000-4000-8000-000000000001' }),
    );
    const vc = issued.body.verifiableCredential as JsonObject;
    expect((vc.credentialStatus as JsonObject).type).toBe('BitstringStatusListEntry');
    expect((await verify(vc)).status).toBe(200);
    const change = (status: boolean) =>
      post('/vc-api/credentials/status', {
        credentialId: vc.id as string,
        credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
        status,
      });
    expect((await change(true)).status).toBe(200);
    const refused = await verify(vc);
    expect(refused.status).toBe(400);
    expect(refused.body.problemDetails).toContainEqual(expect.objectContaining({ code: 'revoked' }));
    expect((await change(false)).status).toBe(200);
    expect((await verify(vc)).status).toBe(200);
    expect((await post('/vc-api/credentials/status', { credentialId: 'urn:uuid:unknown', status: true })).status).toBe(
      404,
    );
  });
});

/** VC Data Model 2.0, the statements of spec/vc.md §1 by number: what must be accepted, and what refused. */
const accepted: [string, JsonObject][] = [
  [
    '5 contexts as URLs and objects',
    {
      type: ['VerifiableCredential'],
      '@context': [v2, { myTerm: 'https://example.org/terms#myTerm' }],
      credentialSubject: { myTerm: 'x' },
    },
  ],
  ['9 no id', {}],
  ['9 an id that is a URL', { id: 'urn:uuid:0b5f4c1e-0000-4000-8000-000000000002' }],
  ['10 type order', { type: ['ExampleDegreeCredential', 'VerifiableCredential'] }],
  ['11 name as a language value', { name: { '@value': 'Grad', '@language': 'de' } }],
  [
    '11 name in two languages',
    {
      name: [
        { '@value': 'Grad', '@language': 'de' },
        { '@value': 'Degree', '@language': 'en', '@direction': 'ltr' },
      ],
    },
  ],
  [
    '13 several subjects',
    {
      credentialSubject: [
        { id: 'did:example:a', degree: 'x' },
        { id: 'did:example:b', degree: 'y' },
      ],
    },
  ],
  ['13 a subject without id', { credentialSubject: { degree: 'x' } }],
  ['14 dates in other zones', { validFrom: '2026-01-01T00:00:00+05:30', validUntil: '2099-01-01T00:00:00.123-08:00' }],
  ['18 schemas', { credentialSchema: [{ id: 'https://example.org/schema', type: 'JsonSchema' }] }],
  ['19 terms of use without id', { termsOfUse: { type: 'ExamplePolicy' } }],
  ['19 evidence in a list', { evidence: [{ type: 'ExampleEvidence', id: 'https://example.org/evidence' }] }],
  [
    '20 related resources with digests',
    { relatedResource: [{ id: 'https://example.org/a', digestSRI: 'sha384-abc' }] },
  ],
];
const refused: [string, JsonObject][] = [
  ['4 no context', { '@context': undefined as unknown as JsonValue }],
  ['5 the base context not first', { '@context': [examples, v2] }],
  ['5 no base context', { '@context': [examples] }],
  ['5 the older base context', { '@context': ['https://www.w3.org/2018/credentials/v1'] }],
  ['6 a context that is a number', { '@context': [v2, 5] }],
  ['8 an undefined term', { '@context': [v2], credentialSubject: { undefinedTerm: 'x' } }],
  ['8 an unknown context', { '@context': [v2, 'https://unknown.example/context'] }],
  ['9 id as a list', { id: ['urn:uuid:1', 'urn:uuid:2'] }],
  ['9 id as a number', { id: 7 }],
  ['9 id null', { id: null }],
  ['9 id no URL', { id: 'not a url' }],
  ['9 id of the subject no URL', { credentialSubject: { id: 'not a url', degree: 'x' } }],
  ['10 no type', { type: undefined as unknown as JsonValue }],
  ['10 type without VerifiableCredential', { type: ['ExampleDegreeCredential'] }],
  [
    '10 type with no meaning',
    {
      '@context': [v2],
      type: ['VerifiableCredential', 'NoSuchType'],
      credentialSubject: { id: 'did:example:a', name: 'x' },
    },
  ],
  ['10 status without type', { credentialStatus: { id: 'https://example.org/status' } }],
  ['11 name as a number', { name: 5 }],
  ['11 language value with other members', { name: { '@value': 'x', '@language': 'en', extra: 'y' } }],
  ['11 language value without value', { name: { '@language': 'en' } }],
  ['11 description with a bad direction', { description: { '@value': 'x', '@direction': 'up' } }],
  ['12 no issuer', { issuer: undefined as unknown as JsonValue }],
  ['12 issuer null', { issuer: null }],
  ['12 issuer as a list', { issuer: ['did:example:a'] }],
  ['12 issuer object without id', { issuer: { name: 'x' } }],
  ['12 issuer no URL', { issuer: 'x' }],
  ['12 another issuer', { issuer: 'did:example:other' }],
  ['13 no subject', { credentialSubject: undefined as unknown as JsonValue }],
  ['13 an empty subject', { credentialSubject: {} }],
  ['13 an empty list of subjects', { credentialSubject: [] }],
  ['13 an empty subject in a list', { credentialSubject: [{ id: 'did:example:a', degree: 'x' }, {}] }],
  ['13 a subject as text', { credentialSubject: 'did:example:a' }],
  ['14 a date without zone', { validFrom: '2026-01-01T00:00:00' }],
  ['14 a date that does not exist', { validFrom: '2026-02-30T00:00:00Z' }],
  ['14 a day only', { validUntil: '2099-01-01' }],
  ['15 dates reversed', { validFrom: '2026-02-01T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' }],
  ['17 status id no URL', { credentialStatus: { id: 'x', type: 'ExampleStatus' } }],
  ['18 schema without id', { credentialSchema: { type: 'JsonSchema' } }],
  ['18 schema without type', { credentialSchema: { id: 'https://example.org/schema' } }],
  ['18 schema id no URL', { credentialSchema: { id: 'x', type: 'JsonSchema' } }],
  ['19 refresh service without type', { refreshService: { id: 'https://example.org/refresh' } }],
  ['19 terms of use without type', { termsOfUse: { id: 'https://example.org/terms' } }],
  ['19 evidence without type', { evidence: { id: 'https://example.org/evidence' } }],
  ['19 evidence as text', { evidence: 'https://example.org/evidence' }],
  ['20 related resource without digest', { relatedResource: [{ id: 'https://example.org/a' }] }],
  ['20 related resource without id', { relatedResource: [{ digestSRI: 'sha384-abc' }] }],
  [
    '20 a related resource twice',
    {
      relatedResource: [
        { id: 'https://example.org/a', digestSRI: 'sha384-abc' },
        { id: 'https://example.org/a', digestSRI: 'sha384-abd' },
      ],
    },
  ],
];

describe('VC Data Model 2.0', () => {
  it.each(accepted)('accepts: %s', async (_, change) => {
    const issued = await issue('eddsa-rdfc-2022', draft('eddsa-rdfc-2022', change));
    expect(issued).toMatchObject({ status: 201 });
    expect(await verify(issued.body.verifiableCredential as JsonObject)).toMatchObject({ status: 200 });
  });

  it.each(refused)('refuses to issue: %s', async (_, change) => {
    const result = await issue('eddsa-rdfc-2022', draft('eddsa-rdfc-2022', change));
    expect(result).toMatchObject({
      status: 400,
      body: {
        verified: false,
        problemDetails: [
          expect.objectContaining({ type: expect.stringMatching(/^https:/) }),
          ...new Array((result.body.problemDetails as []).length - 1).fill(expect.anything()),
        ],
      },
    });
  });

  it.each(refused.filter(([name]) => !/^(8 an unknown|8 an undefined|12 another|10 type with no meaning)/.test(name)))(
    'refuses to verify, also when signed: %s',
    async (_, change) => {
      const { key, verificationMethod } = instance('eddsa-jcs-2022');
      const document = draft('eddsa-jcs-2022', change);
      for (const [name, value] of Object.entries(document)) if (value === undefined) delete document[name];
      const signed = await addProof(
        document,
        { cryptosuite: 'eddsa-jcs-2022', key, verificationMethod, created: '2026-01-01T00:00:00Z' },
        { cryptography: nodeCryptography },
      );
      if (!signed.ok) throw new Error(signed.finding.code);
      expect((await verify(signed.document)).status).toBe(400);
    },
  );

  it('refuses expired and not yet valid credentials', async () => {
    for (const [name, date] of [
      ['validUntil', '2026-01-02T00:00:00Z'],
      ['validFrom', '2999-01-01T00:00:00Z'],
    ] as const) {
      const change: JsonObject = { [name]: date };
      const { body } = await issue('eddsa-rdfc-2022', draft('eddsa-rdfc-2022', change));
      expect((await verify(body.verifiableCredential as JsonObject)).status).toBe(400);
    }
  });

  it('refuses proofs that are missing or malformed', async () => {
    const { body } = await issue('eddsa-rdfc-2022', draft());
    const { proof, ...unsigned } = body.verifiableCredential as { proof: JsonObject } & JsonObject;
    const copies: JsonValue[] = [
      unsigned,
      { ...unsigned, proof: null },
      { ...unsigned, proof: 'x' },
      { ...unsigned, proof: [] },
      { ...unsigned, proof: { ...proof, type: 'NoSuchProof' } },
      { ...unsigned, proof: { ...proof, cryptosuite: 'no-such-suite' } },
      { ...unsigned, proof: { ...proof, cryptosuite: 'eddsa-jcs-2022' } },
      { ...unsigned, proof: { ...proof, proofPurpose: 'authentication' } },
      { ...unsigned, proof: { ...proof, created: 'yesterday' } },
      { ...unsigned, proof: { ...proof, created: '2026-01-01T00:00:01Z' } },
      { ...unsigned, proof: { ...proof, proofValue: String(proof.proofValue).slice(1) } },
      { ...unsigned, proof: { ...proof, proofValue: `u${String(proof.proofValue).slice(1)}` } },
      { ...unsigned, proof: { ...proof, previousProof: 'urn:uuid:missing' } },
      { ...unsigned, proof: { ...proof, verificationMethod: instance('with-status').verificationMethod } },
      { ...unsigned, proof: { ...proof, expires: '2026-01-01T00:00:00Z' } },
    ];
    for (const name of ['type', 'cryptosuite', 'verificationMethod', 'proofPurpose', 'proofValue']) {
      const { [name]: _, ...rest } = proof;
      copies.push({ ...unsigned, proof: rest });
    }
    for (const copy of copies) expect(await verify(copy)).toMatchObject({ status: 400, body: { verified: false } });
  });
});

describe('presentations', () => {
  const present = async (
    credentials: JsonValue,
    options: { challenge?: string; domain?: string; holder?: string } = {},
  ) => {
    const holder = instance('with-status');
    const vp: JsonObject = {
      '@context': [v2],
      type: ['VerifiablePresentation'],
      holder: options.holder ?? holder.issuer,
      verifiableCredential: credentials,
    };
    const signed = await addProof(
      vp,
      {
        cryptosuite: 'eddsa-rdfc-2022',
        key: holder.key,
        verificationMethod: holder.verificationMethod,
        proofPurpose: 'authentication',
        created: '2026-01-01T00:00:00Z',
        ...(options.challenge ? { challenge: options.challenge } : {}),
        ...(options.domain ? { domain: options.domain } : {}),
      },
      { cryptography: nodeCryptography },
    );
    if (!signed.ok) throw new Error(signed.finding.code);
    return signed.document;
  };
  const check = (verifiablePresentation: JsonValue, options: JsonObject = {}) =>
    post('/vc-api/presentations/verify', { verifiablePresentation, options });

  it('holds challenge and domain, holder and every credential', async () => {
    const { body } = await issue('eddsa-rdfc-2022', draft());
    const vc = body.verifiableCredential as JsonObject;
    const { body: jwt } = await issue('jwt', draft('jwt'));
    const both = await present([vc, jwt.verifiableCredential as JsonObject], {
      challenge: 'c1',
      domain: 'receiver.example',
    });
    expect(await check(both, { challenge: 'c1', domain: 'receiver.example' })).toMatchObject({
      status: 200,
      body: { verified: true },
    });
    expect((await check(both, { challenge: 'c2', domain: 'receiver.example' })).status).toBe(400);
    expect((await check(both, { challenge: 'c1', domain: 'other.example' })).status).toBe(400);
    expect((await check(await present([{ ...vc, validFrom: '2026-01-03T00:00:00Z' }]))).status).toBe(400);
    expect((await check(await present([vc], { holder: 'did:example:somebody' }))).status).toBe(400);
    const { proof: _, ...unsigned } = vc;
    expect((await check(await present([unsigned]))).status).toBe(400);
    const { proof: __, ...bare } = both;
    expect((await check(bare)).status).toBe(400);
  });

  it.each([
    ['no type', { type: undefined }],
    ['another type', { type: ['SomethingElse'] }],
    ['no context', { '@context': undefined }],
    ['a credential as text', { verifiableCredential: ['https://example.org/credential'] }],
    ['a credential as a number', { verifiableCredential: [5] }],
    ['a holder that is no URL', { holder: 'somebody' }],
    ['an id that is no URL', { id: 'x' }],
  ])('refuses %s', async (_, change) => {
    const holder = instance('eddsa-jcs-2022');
    const vp = { '@context': [v2], type: ['VerifiablePresentation'], ...change } as unknown as JsonObject;
    for (const [name, value] of Object.entries(vp)) if (value === undefined) delete vp[name];
    const signed = await addProof(
      vp,
      {
        cryptosuite: 'eddsa-jcs-2022',
        key: holder.key,
        verificationMethod: holder.verificationMethod,
        proofPurpose: 'authentication',
      },
      { cryptography: nodeCryptography },
    );
    if (!signed.ok) throw new Error(signed.finding.code);
    expect((await check(signed.document)).status).toBe(400);
  });
});

describe('the door of these endpoints', () => {
  it.each([
    ['not JSON', 'x', '/vc-api/credentials/verify'],
    ['a member twice', '{"verifiableCredential":{},"verifiableCredential":{}}', '/vc-api/credentials/verify'],
    ['a list', '[]', '/vc-api/credentials/verify'],
    ['no credential', '{}', '/vc-api/eddsa-rdfc-2022/credentials/issue'],
    ['a credential as text', '{"verifiableCredential":"x"}', '/vc-api/credentials/verify'],
    [
      'options as a list',
      '{"credential":{},"options":{"mandatoryPointers":"x"}}',
      '/vc-api/ecdsa-sd-2023/credentials/issue',
    ],
  ])('400 for %s', async (_, payload, url) => {
    const response = await app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', host: 'localhost' },
      payload,
    });
    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toContain('application/problem+json');
  });

  it('answers this machine only', async () => {
    const from = (remoteAddress: string, host: string) =>
      app.inject({ url: '/vc-api/instances', remoteAddress, headers: { host } });
    expect((await from('127.0.0.1', 'localhost:4280')).statusCode).toBe(200);
    expect((await from('192.168.1.7', 'localhost')).statusCode).toBe(403);
    expect((await from('127.0.0.1', 'rebound.example')).statusCode).toBe(403);
  });

  it('resolves DIDs with the error codes of did:key', async () => {
    const resolve = async (did: string) =>
      (
        await app.inject({ url: `/vc-api/identifiers/${encodeURIComponent(did)}`, headers: { host: 'localhost' } })
      ).json();
    const { issuer } = instance('eddsa-rdfc-2022');
    expect(await resolve(issuer)).toMatchObject({ didDocument: { id: issuer } });
    for (const [did, error] of [
      ['did:key:a6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK', 'invalidDid'],
      [`did:key:z${encodeBase58(Uint8Array.of(0xed, 1, ...new Uint8Array(31)))}`, 'invalidPublicKeyLength'],
      ['did:key:0:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK', 'invalidDid'],
      ['did:nosuch:x', 'methodNotSupported'],
      ['not-a-did', 'invalidDid'],
    ])
      expect(await resolve(did as string)).toMatchObject({ didDocument: null, didResolutionMetadata: { error } });
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { contexts as citizenship } from '@digitalbazaar/citizenship-context';
import { describe, expect, it } from 'vitest';
import { nodeCryptography } from '../../node/cryptography.ts';
import type { SecretKey } from '../cryptography.ts';
import { resolveVerificationMethod } from '../did/resolve-verification-method.ts';
import type { JsonObject } from '../json/json.ts';
import { bundledContexts, type ContextRegistry } from '../json-ld/contexts.ts';
import { webCryptography } from '../web-cryptography.ts';
import { addProof } from './add-proof.ts';
import { findCryptosuite } from './cryptosuites.ts';
import { verifyProofs } from './data-integrity.ts';
import { groupQuads } from './disclosure-quads.ts';
import { type BaseProof, decodeBaseProof, decodeDerivedProof, encodeBaseProof } from './disclosure-value.ts';
import { hashData, proofConfig } from './hash-data.ts';
import { decodeBase58, decodeMultibase } from './multibase.ts';
import { decodeSecretMultikey } from './multikey.ts';
import { deriveProof } from './selective-disclosure.ts';

const vectors = resolve(import.meta.dirname, '../../../../shared/data/vectors');
const available = existsSync(vectors);
if (!available) console.warn('skipped: published vectors are not beside this checkout');
const contexts: ContextRegistry = new Map([...bundledContexts, ...(citizenship as Map<string, JsonObject>)]);
const readText = (path: string) => readFileSync(join(vectors, path), 'utf8');
const readJson = (path: string) => JSON.parse(readText(path)) as JsonObject;
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const now = new Date('2026-06-01T00:00:00Z');

function verify(document: JsonObject, cryptography = nodeCryptography) {
  return verifyProofs(document, {
    expectedPurpose: 'assertionMethod',
    now,
    clockSkewSeconds: 0,
    cryptography,
    contexts,
    resolveKey: async (method, purpose) => {
      // The published key pairs stand under https addresses that never answered; their fragments are the keys.
      const key = /#(z\w+)$/.exec(method)?.[1];
      const url = method.startsWith('did:') || key === undefined ? method : `did:key:${key}#${key}`;
      return resolveVerificationMethod(url, purpose, { cryptography, issuerId: null, now });
    },
  });
}

interface Folder {
  path: string;
  suffix: string;
  keys: string;
}

const folders: Folder[] = [
  { path: 'vc-di-eddsa/eddsa-rdfc-2022', suffix: 'DataInt', keys: 'vc-di-eddsa/keyPair.json' },
  { path: 'vc-di-eddsa/eddsa-rdfc-2022/employ', suffix: 'DataInt', keys: 'vc-di-eddsa/keyPair.json' },
  { path: 'vc-di-eddsa/eddsa-jcs-2022', suffix: 'JCS', keys: 'vc-di-eddsa/keyPair.json' },
  { path: 'vc-di-eddsa/Ed25519Signature2020', suffix: 'EdSig', keys: 'vc-di-eddsa/keyPair.json' },
  { path: 'vc-di-ecdsa/ecdsa-rdfc-2019-p256', suffix: 'ECDSAP256', keys: 'vc-di-ecdsa/p256KeyPair.json' },
  { path: 'vc-di-ecdsa/ecdsa-rdfc-2019-p256/employ', suffix: 'ECDSAP256', keys: 'vc-di-ecdsa/p256KeyPair.json' },
  { path: 'vc-di-ecdsa/ecdsa-rdfc-2019-p384', suffix: 'ECDSAP384', keys: 'vc-di-ecdsa/p384KeyPair.json' },
  { path: 'vc-di-ecdsa/ecdsa-rdfc-2019-p384/employ', suffix: 'ECDSAP384', keys: 'vc-di-ecdsa/p384KeyPair.json' },
  { path: 'vc-di-ecdsa/ecdsa-jcs-2019-p256', suffix: 'JCSECDSAP256', keys: 'vc-di-ecdsa/p256KeyPair.json' },
  { path: 'vc-di-ecdsa/ecdsa-jcs-2019-p384', suffix: 'JCSECDSAP384', keys: 'vc-di-ecdsa/p384KeyPair.json' },
];

function readKeys(path: string): SecretKey {
  const pair = readJson(path);
  const secret = String(pair.secretKeyMultibase ?? pair.privateKeyMultibase);
  const key = decodeSecretMultikey(secret, String(pair.publicKeyMultibase));
  if (key === undefined) throw new Error(`no key pair in ${path}`);
  return key;
}

describe.skipIf(!available)('published vectors of single proofs', () => {
  it('cover every folder there is', () => {
    const found = ['vc-di-eddsa', 'vc-di-ecdsa'].flatMap((suite) =>
      readdirSync(join(vectors, suite), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => `${suite}/${entry.name}`),
    );
    const covered = new Set([
      ...folders.map(({ path }) => path),
      'vc-di-eddsa/proof-set-chain',
      'vc-di-ecdsa/ecdsa-sd-2023',
    ]);
    expect(found.filter((path) => !covered.has(path))).toEqual([]);
  });

  it.each(folders)('$path: each intermediate value', async ({ path, suffix, keys }) => {
    const signed = readJson(`${path}/signed${suffix}.json`);
    const { proof, ...unsecured } = signed as { proof: JsonObject } & JsonObject;
    const key = readKeys(keys);
    const suite = findCryptosuite(proof.type, proof.cryptosuite);
    if (suite === undefined) throw new Error('unknown suite');
    const data = await hashData(unsecured as JsonObject, proofConfig(proof), suite, key.type, {
      cryptography: nodeCryptography,
      contexts,
    });
    if (!data.ok) throw new Error(JSON.stringify(data.finding));
    expect(data.document).toBe(readText(`${path}/canonDoc${suffix}.txt`));
    expect(data.config).toBe(readText(`${path}/proofCanon${suffix}.txt`));
    const half = data.bytes.length / 2;
    expect(hex(data.bytes.subarray(0, half))).toBe(readText(`${path}/proofHash${suffix}.txt`).trim());
    expect(hex(data.bytes.subarray(half))).toBe(readText(`${path}/docHash${suffix}.txt`).trim());
    expect(hex(data.bytes)).toBe(readText(`${path}/combinedHash${suffix}.txt`).trim());
    const signature = decodeBase58(String(proof.proofValue).slice(1)) as Uint8Array;
    expect(hex(signature)).toBe(readText(`${path}/sigHex${suffix}.txt`).trim());
    expect(proof.proofValue).toBe(readText(`${path}/sigBTC58${suffix}.txt`).trim());
    if (key.type === 'Ed25519') expect(hex(await nodeCryptography.sign(key, data.bytes))).toBe(hex(signature));
    for (const cryptography of [nodeCryptography, webCryptography])
      expect((await verify(signed, cryptography)).proofs.map(({ outcome }) => outcome)).toEqual(['passed']);
    if (suite.signs && suite.cryptosuite) {
      const { type: _, cryptosuite, proofPurpose, verificationMethod, created } = proof as Record<string, string>;
      const made = await addProof(
        unsecured as JsonObject,
        {
          cryptosuite: cryptosuite as string,
          key,
          verificationMethod: verificationMethod as string,
          proofPurpose,
          created,
        },
        { cryptography: nodeCryptography, contexts },
      );
      if (!made.ok) throw new Error(JSON.stringify(made.finding));
      if (key.type === 'Ed25519') expect(made.document).toEqual(signed);
      else expect((await verify(made.document)).proofs[0]?.outcome).toBe('passed');
    }
  });
});

describe.skipIf(!available)('published proof sets and chains', () => {
  it.each(['signedProofSet1', 'signedProofSet2', 'signedProofChain1', 'signedProofChain2'])('%s', async (name) => {
    const document = readJson(`vc-di-eddsa/proof-set-chain/${name}.json`);
    const { proofs } = await verify(document);
    expect(proofs.map(({ outcome, findings }) => [outcome, findings])).toEqual(proofs.map(() => ['passed', []]));
    expect(proofs.length).toBe(Array.isArray(document.proof) ? document.proof.length : 1);
  });

  it('makes the same chain', async () => {
    const folder = 'vc-di-eddsa/proof-set-chain';
    const pairs = readJson(`${folder}/multiKeyPairs.json`) as Record<string, JsonObject>;
    let document = readJson(`${folder}/signedProofSet2.json`);
    for (const [config, expected] of [
      ['proofChainConfig1', 'signedProofChain1'],
      ['proofChainConfig2', 'signedProofChain2'],
    ]) {
      const options = readJson(`${folder}/${config}.json`) as Record<string, string>;
      const pair = Object.values(pairs).find(({ publicKeyMultibase }) =>
        options.verificationMethod?.endsWith(String(publicKeyMultibase)),
      );
      const key = decodeSecretMultikey(
        String(pair?.secretKeyMultibase ?? pair?.privateKeyMultibase),
        String(pair?.publicKeyMultibase),
      );
      if (key === undefined) throw new Error('no key for this member of the chain');
      const { type: _, '@context': __, ...rest } = options;
      const made = await addProof(
        document,
        { ...(rest as { cryptosuite: string; verificationMethod: string }), key },
        { cryptography: nodeCryptography, contexts },
      );
      if (!made.ok) throw new Error(JSON.stringify(made.finding));
      document = made.document;
      expect(document).toEqual(readJson(`${folder}/${expected}.json`));
    }
  });
});

describe.skipIf(!available)('1EdTech signing vectors', () => {
  it.each(['ob3', 'clr2'])('%s: each intermediate value', async (name) => {
    const vector = readJson(`1edtech/${name}-eddsa-rdfc-2022.json`);
    const key = decodeSecretMultikey(String(vector.secretKeyMultibase), String(vector.publicKeyMultibase)) as SecretKey;
    const proof = vector.proof as JsonObject;
    const suite = findCryptosuite(proof.type, proof.cryptosuite);
    if (suite === undefined) throw new Error('unknown suite');
    const options = { cryptography: nodeCryptography };
    const data = await hashData(vector.unsignedCredential as JsonObject, proofConfig(proof), suite, 'Ed25519', options);
    if (!data.ok) throw new Error(JSON.stringify(data.finding));
    const lines = (text: unknown) => `${String(text).trimEnd()}\n`;
    expect(data.document).toBe(lines(vector.documentCanonicalNQuads));
    expect(data.config).toBe(lines(vector.proofCanonicalNQuads));
    expect(hex(data.bytes)).toBe(vector.dataToSignHex);
    expect(hex(await nodeCryptography.sign(key, data.bytes))).toBe(vector.signatureHex);
    expect((await verify(vector.signedCredential as JsonObject)).proofs.map(({ outcome }) => outcome)).toEqual([
      'passed',
    ]);
  });
});

describe.skipIf(!available)('published vectors of ecdsa-sd-2023', () => {
  const folder = 'vc-di-ecdsa/ecdsa-sd-2023';
  const material = available ? readJson(`${folder}/SDKeyMaterial.json`) : {};
  const bytes = (text: unknown) => Uint8Array.from(Buffer.from(String(text), 'hex'));
  const pairs = material as Record<string, JsonObject>;

  it.each([
    ['employ', 'employMandatory', 'employSelective'],
    ['prc', 'prCredMandatory', 'prCredSelective'],
  ])('%s: each intermediate value', async (name, mandatoryFile, selectiveFile) => {
    const path = `${folder}/${name}`;
    const mandatoryPointers = JSON.parse(readText(`vc-di-ecdsa/${mandatoryFile}.json`)) as string[];
    const selectivePointers = JSON.parse(readText(`vc-di-ecdsa/${selectiveFile}.json`)) as string[];
    const base = readJson(`${path}/addSignedSDBase.json`);
    const { proof: baseProof, ...unsecured } = base as { proof: JsonObject } & JsonObject;
    const hmacKey = bytes(material.hmacKeyString);
    const options = { cryptography: nodeCryptography, contexts };

    const grouped = await groupQuads(unsecured as JsonObject, [mandatoryPointers], hmacKey, options);
    if (!grouped.ok) throw new Error(JSON.stringify(grouped.finding));
    expect(grouped.nquads).toEqual(readJson(`${path}/addBaseDocHMACCanon.json`));
    const transform = readJson(`${path}/addBaseTransform.json`) as {
      mandatory: { value: [number, string][] };
      nonMandatory: { value: [number, string][] };
    };
    expect(grouped.groups[0]?.indexes).toEqual(transform.mandatory.value.map(([index]) => index));

    const decodedBase = decodeBaseProof(decodeMultibase(String(baseProof.proofValue)) as Uint8Array);
    const raw = readJson(`${path}/addRawBaseSignatureInfo.json`) as Record<string, string> & { signatures: string[] };
    expect(hex(decodedBase?.baseSignature as Uint8Array)).toBe(raw.baseSignature);
    expect(decodedBase?.signatures.map(hex)).toEqual(raw.signatures);
    expect(decodedBase?.mandatoryPointers).toEqual(mandatoryPointers);
    expect(encodeBaseProof(decodedBase as BaseProof)).toBe(baseProof.proofValue);

    const derived = await deriveProof(base, selectivePointers, options);
    if (!derived.ok) throw new Error(JSON.stringify(derived.finding));
    const published = readJson(`${path}/derivedRevealDocument.json`);
    expect(derived.document).toEqual(published);
    const decoded = decodeDerivedProof(
      decodeMultibase(String((published.proof as JsonObject).proofValue)) as Uint8Array,
    );
    if (decoded === 'base' || decoded === undefined) throw new Error('not a derived proof');
    const disclosure = readJson(`${path}/derivedDisclosureData.json`) as {
      mandatoryIndexes: number[];
      labelMap: { value: [string, string][] };
    };
    expect(decoded.mandatoryIndexes).toEqual(disclosure.mandatoryIndexes);
    expect(
      [...decoded.labelMap].map(([number, label]) => [`c14n${number}`, `u${Buffer.from(label).toString('base64url')}`]),
    ).toEqual(disclosure.labelMap.value);

    for (const cryptography of [nodeCryptography, webCryptography])
      expect(
        (await verify(published, cryptography)).proofs.map(({ outcome, findings }) => [outcome, findings]),
      ).toEqual([['passed', []]]);
    expect((await verify(base)).proofs[0]).toMatchObject({
      outcome: 'failed',
      findings: [{ code: 'base-proof-shown' }],
    });
  });

  it('makes base proofs that derive and verify', async () => {
    const { proof, ...unsecured } = readJson(`${folder}/employ/addSignedSDBase.json`) as {
      proof: JsonObject;
    } & JsonObject;
    const pair = pairs.baseKeyPair as JsonObject;
    const key = decodeSecretMultikey(String(pair.secretKeyMultibase), String(pair.publicKeyMultibase)) as SecretKey;
    const options = { cryptography: nodeCryptography, contexts };
    const made = await addProof(
      unsecured as JsonObject,
      {
        cryptosuite: 'ecdsa-sd-2023',
        key,
        verificationMethod: String(proof.verificationMethod),
        created: String(proof.created),
        mandatoryPointers: ['/issuer'],
      },
      options,
    );
    if (!made.ok) throw new Error(JSON.stringify(made.finding));
    const derived = await deriveProof(made.document, [], options);
    if (!derived.ok) throw new Error(JSON.stringify(derived.finding));
    expect((await verify(derived.document)).proofs[0]?.outcome).toBe('passed');
    expect((await verify({ ...derived.document, issuer: 'did:example:other' })).proofs[0]?.outcome).toBe('failed');
    expect(
      await addProof(
        unsecured as JsonObject,
        { cryptosuite: 'ecdsa-sd-2023', key, verificationMethod: 'did:example:1', mandatoryPointers: ['/nowhere'] },
        options,
      ),
    ).toMatchObject({
      ok: false,
      finding: { code: 'pointer-selects-nothing', type: 'https://w3id.org/security#PROOF_GENERATION_ERROR' },
    });
  });
});

import { bakeCredential } from '../../core/baking/bake.ts';
import { isJsonObject, type JsonObject } from '../../core/json/json.ts';
import { contextUrl } from '../../core/json-ld/contexts.ts';
import { addProof } from '../../core/proof/add-proof.ts';
import { encodeMultikey } from '../../core/proof/multikey.ts';
import type { TrustSource } from '../../core/trust/trust-source.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { type DataFolder, loadOrMakeKey } from '../data-folder.ts';
import { type ListSigner, renderStatusList } from '../status-list/render.ts';
import { findOrInsertStatusList, type StatusListStore, updateStatus } from '../status-list/store.ts';
import template from './application.json' with { type: 'json' };

export interface Sample {
  id: 'verified' | 'revoked' | 'cannot-tell';
  title: string;
  json: JsonObject;
  svg: Uint8Array;
}

export interface Samples {
  samples: Sample[];
  /** What this instance publishes for them, by path under its public address. */
  published: Map<string, () => Promise<JsonObject>>;
  trustSource: TrustSource;
}

const issuerName = 'Northfield Polytechnic (sample, fictional)';
const listName = 'samples';
/** Places that the samples have in the list; the others stay free. */
const places = { verified: 4711, revoked: 90210 } as const;

/**
 * Three real credentials to try, signed with this instance's own sample key: one in force, one revoked, one whose status
 * list does not answer. Issuer, learner and everything else in them is fictional.
 */
export async function makeSamples(
  publicUrl: string,
  folder: DataFolder,
  lists: StatusListStore,
  now: Date,
): Promise<Samples> {
  const key = await loadOrMakeKey(folder, 'samples', 'Ed25519');
  const { host } = new URL(publicUrl);
  const did = `did:web:${host.replace(':', '%3A')}:issuers:sample`;
  const fragment = encodeMultikey(key.publicKey);
  const signer: ListSigner = { issuer: did, key, verificationMethod: `${did}#${fragment}` };
  const listUrl = `https://${host}/status-lists/${listName}`;

  const list = await findOrInsertStatusList(lists, listName, 'revocation');
  for (const index of Object.values(places)) list.taken.add(index);
  await updateStatus(lists, list, places.revoked, true);

  const issue = async (
    id: Sample['id'],
    title: string,
    name: string,
    statusListCredential: string,
    index: number,
  ): Promise<Sample> => {
    const unsigned = draft(did, id, name, { statusListCredential, index });
    const created = `${now.toISOString().slice(0, 19)}Z`;
    const signed = await addProof(
      unsigned,
      { cryptosuite: 'eddsa-rdfc-2022', key, verificationMethod: signer.verificationMethod, created },
      { cryptography: nodeCryptography },
    );
    if (!signed.ok) throw new Error(`a sample does not sign: ${signed.finding.code}`);
    const json = { ...signed.document, proof: [signed.document.proof as JsonObject] };
    const baked = bakeCredential(new TextEncoder().encode(picture), JSON.stringify(json), 'openbadgecredential');
    if (!baked.ok) throw new Error(`a sample does not bake: ${baked.finding.code}`);
    return { id, title, json, svg: baked.bytes };
  };

  return {
    samples: [
      await issue('verified', 'Genuine and in force', 'Robin Example', listUrl, places.verified),
      await issue('revoked', 'Revoked by its issuer', 'Kim Example', listUrl, places.revoked),
      // No such host exists: names under .invalid never do (RFC 2606).
      await issue(
        'cannot-tell',
        'A status list that does not answer',
        'Alex Example',
        'https://status.sample.invalid/lists/1',
        7,
      ),
    ],
    published: new Map([
      ['/issuers/sample/did.json', async () => didDocument(did, fragment)],
      [`/status-lists/${listName}`, () => renderStatusList(list, listUrl, signer, new Date())],
    ]),
    trustSource: {
      name: 'Sample register (fictional)',
      date: now.toISOString().slice(0, 10),
      issuers: [
        {
          id: did,
          name: issuerName,
          vouchesFor: 'A fictional issuer, listed so that the samples show all five stamps.',
        },
      ],
    },
  };
}

function didDocument(did: string, fragment: string): JsonObject {
  const id = `${did}#${fragment}`;
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod: [{ id, type: 'Multikey', controller: did, publicKeyMultibase: fragment }],
    assertionMethod: [id],
  };
}

function draft(
  did: string,
  id: Sample['id'],
  name: string,
  status: { statusListCredential: string; index: number },
): JsonObject {
  const base = structuredClone(template) as unknown as JsonObject;
  const { endorsement: _, issuer, credentialSubject, ...rest } = base;
  if (!isJsonObject(issuer) || !isJsonObject(credentialSubject) || !isJsonObject(credentialSubject.achievement))
    throw new TypeError('the sample is malformed');
  const { endorsement: __, ...achievement } = credentialSubject.achievement;
  const last = { verified: '1', revoked: '2', 'cannot-tell': '3' }[id];
  return {
    ...rest,
    id: `urn:uuid:5a3b1c00-0000-4000-8000-00000000000${last}`,
    '@context': [contextUrl.credentials2, ...(rest['@context'] as JsonObject[]).slice(1)],
    description: `Sample: awarded to ${name}, who does not exist, after three site visits, a laboratory practical and a moderated field report.`,
    issuer: { ...issuer, id: did, name: issuerName },
    credentialSubject: {
      ...credentialSubject,
      id: `urn:uuid:5a3b1c00-0000-4000-8000-00000000010${last}`,
      identifier: [{ type: 'IdentityObject', hashed: false, identityHash: name, identityType: 'name' }],
      achievement,
    },
    credentialStatus: {
      id: `urn:uuid:5a3b1c00-0000-4000-8000-00000000020${last}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: String(status.index),
      statusListCredential: status.statusListCredential,
    },
  };
}

/** The samples' badge: a drop over a survey grid. */
const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="240" viewBox="0 0 240 240" role="img" aria-label="Sample badge: a drop over a survey grid"><rect width="240" height="240" fill="#e8ecea"/><path d="M40 0v240M80 0v240M120 0v240M160 0v240M200 0v240M0 40h240M0 80h240M0 120h240M0 160h240M0 200h240" stroke="#b9c4c0" fill="none"/><path d="M120 44c32 44 52 72 52 100a52 52 0 0 1-104 0c0-28 20-56 52-100z" fill="#2f5d7c"/></svg>`;

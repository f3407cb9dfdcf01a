import { randomBytes } from 'node:crypto';
import type { Finding } from '../../core/finding.ts';
import { signBuilt } from '../../core/issue/issue-credential.ts';
import type { Learner } from '../../core/issue/learner.ts';
import { prepareSigning, type Signing } from '../../core/issue/prepare-signing.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { signVcJwt } from '../../core/proof/vc-jwt.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import type { Database } from '../database.ts';
import { sha256Hex } from '../digest.ts';
import { didOf } from '../issuer/did.ts';
import { jwtKeyOf, signingKeyOf } from '../issuer/keys.ts';
import type { IssuerRow } from '../issuer/store.ts';
import type { MasterKey } from '../master-key.ts';
import { findPolicy, type Policy } from '../policy/policy.ts';
import { isReal } from '../public-url.ts';
import type { StatusPlace } from '../status-list/allocate.ts';
import { statusEntries } from '../status-list/publish.ts';
import { revocationListOf } from '../status-list/revocation-list.ts';
import { sealPerson } from './person.ts';
import { recipientOf } from './recipient.ts';
import type { CredentialRow } from './store.ts';

/** What everything that an issuer signs has in common. */
export interface Signer {
  /** The issuer's profile with its id. */
  issuer: JsonObject;
  issuerId: string;
  slug: string;
  /** The keys of the formats that are wanted. */
  signing: { proof: Signing | null; jwt: Signing | null };
  policy: Policy;
  publicUrl: string;
  masterKey: MasterKey;
  /** Nothing of it is for real use. */
  isTest: boolean;
}

/** `proof`: instead of what the policy says. */
export async function openSigner(
  { db, masterKey, publicUrl, now }: { db: Database; masterKey: MasterKey; publicUrl: string; now(): Date },
  issuer: IssuerRow,
  proof?: Policy['proof'],
): Promise<{ ok: true; signer: Signer } | { ok: false; findings: Finding[] }> {
  const decided = (await findPolicy(db, issuer.id)).policy;
  const policy = { ...decided, proof: proof ?? decided.proof };
  const profile = { ...(JSON.parse(issuer.profile) as JsonObject), id: didOf(publicUrl, issuer.slug) };
  const signing: Signer['signing'] = { proof: null, jwt: null };
  for (const use of ['proof', 'jwt'] as const) {
    if (policy.proof === (use === 'proof' ? 'vc-jwt' : 'data-integrity')) continue;
    const key =
      use === 'proof' ? await signingKeyOf(db, issuer.id, masterKey) : await jwtKeyOf(db, issuer.id, masterKey, now());
    const prepared = prepareSigning(profile, key);
    if (!prepared.ok) return prepared;
    signing[use] = prepared.signing;
  }
  return {
    ok: true,
    signer: {
      issuer: profile,
      issuerId: issuer.id,
      slug: issuer.slug,
      signing,
      policy,
      publicUrl,
      masterKey,
      isTest: issuer.sample || !isReal(publicUrl),
    },
  };
}

/** 128 random bits: whoever does not know the address cannot find it. */
export const newCredentialId = () => randomBytes(16).toString('base64url');

/** Where the status of a credential stands. */
export function statusOf({ publicUrl, slug, policy }: Omit<Signer, 'masterKey'>, place: StatusPlace): JsonObject[] {
  const list = { id: revocationListOf(publicUrl, slug), type: '1EdTechRevocationList' };
  return [...statusEntries(publicUrl, place), ...(policy.revocationList ? [list] : [])];
}

export interface SignedForms {
  document: string;
  jwt: string | null;
  validUntil: Date | null;
}

/** An embedded proof first, then the JWT around it (Open Badges 3.0 §8.3), as far as each is wanted. */
export async function signForms(
  { signing: { proof, jwt } }: Pick<Signer, 'signing'>,
  built: JsonObject,
  now: Date,
): Promise<{ ok: true; forms: SignedForms } | { ok: false; findings: Finding[] }> {
  const cryptography = nodeCryptography;
  const made =
    proof === null
      ? { ok: true as const, credential: built }
      : await signBuilt(built, { now, cryptography, signing: proof });
  if (!made.ok) return made;
  const { credential } = made;
  const document = JSON.stringify(credential);
  const validUntil = typeof credential.validUntil === 'string' ? new Date(credential.validUntil) : null;
  if (jwt === null) return { ok: true, forms: { document, jwt, validUntil } };
  const around = await signVcJwt(credential, { ...jwt, profile: 'open-badges' }, cryptography);
  return around.ok
    ? { ok: true, forms: { document, jwt: around.jwt, validUntil } }
    : { ok: false, findings: [around.finding] };
}

export interface Issued {
  id: string;
  place: StatusPlace;
  learner: Learner;
  now: Date;
  by: Pick<CredentialRow, 'issued_by' | 'issue_reason'>;
}

/** A credential as it is kept when it was just signed; of no achievement. */
export function newRow(
  { issuerId, masterKey, policy, isTest }: Signer,
  { document, jwt, validUntil }: SignedForms,
  { id, place, learner, now, by }: Issued,
): CredentialRow {
  return {
    id,
    issuer_id: issuerId,
    achievement_id: null,
    achievement_version: null,
    status_list_id: place.listId,
    status_index: place.index,
    state: 'active',
    document,
    digest: sha256Hex(document),
    test: isTest,
    issued_at: now,
    recipient: recipientOf(masterKey, learner),
    person: sealPerson(masterKey, id, learner),
    roster_id: null,
    erased_at: null,
    hidden_at: null,
    jwt,
    jwt_digest: jwt === null ? null : sha256Hex(jwt),
    batch: null,
    ...by,
    valid_until: validUntil,
    reminded_at: null,
    revocation_listed: policy.revocationList,
    status_reason: null,
    status_at: null,
    superseded_by: null,
    waiver: null,
    claim_version: 1,
    claim_state: 'waiting',
    claimed_at: null,
    indexed: false,
  };
}

import { randomUUID } from 'node:crypto';
import type { SecretKey } from '../../core/cryptography.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { decodeSecretMultikey, encodeMultikey, encodeSecretMultikey } from '../../core/proof/multikey.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { appendAudit } from '../audit/append.ts';
import type { DatabaseTransaction, Executor } from '../database.ts';
import type { MasterKey } from '../master-key.ts';
import { ApiError } from '../problem.ts';
import { findActiveKey, findIssuer, type IssuerKeyRow, type IssuerRow } from './store.ts';

export interface NewIssuer {
  slug: string;
  profile: JsonObject;
  parentId: string | null;
}

/** Make an issuer and its first key, in one transaction. */
export async function createIssuer(
  trx: DatabaseTransaction,
  { slug, profile, parentId }: NewIssuer,
  actor: string,
  masterKey: MasterKey,
  now: Date,
): Promise<IssuerRow> {
  if ((await findIssuer(trx, slug)) !== undefined)
    throw new ApiError('conflict', `There is an issuer with the name ${slug} already.`);
  const issuer: IssuerRow = {
    id: randomUUID(),
    parent_id: parentId,
    slug,
    profile: JSON.stringify(profile),
    created_at: now,
  };
  await trx.insertInto('issuer').values(issuer).execute();
  await appendAudit(trx, { chain: issuer.id, actor, action: 'issuer.create', subject: issuer.id }, now);
  await makeKey(trx, issuer.id, 'Ed25519', actor, masterKey, now);
  return issuer;
}

/** A new key for signing. The one before stays published, since credentials need it for as long as they are shown. */
export async function rotateKey(
  trx: DatabaseTransaction,
  issuerId: string,
  type: SecretKey['type'],
  reason: string,
  actor: string,
  masterKey: MasterKey,
  now: Date,
): Promise<IssuerKeyRow> {
  await trx
    .updateTable('issuer_key')
    .set({ state: 'published', ended_at: now })
    .where('issuer_id', '=', issuerId)
    .where('state', '=', 'active')
    .execute();
  return await makeKey(trx, issuerId, type, actor, masterKey, now, reason);
}

async function makeKey(
  trx: DatabaseTransaction,
  issuerId: string,
  type: SecretKey['type'],
  actor: string,
  masterKey: MasterKey,
  now: Date,
  reason = '',
): Promise<IssuerKeyRow> {
  const key = await nodeCryptography.generateKey(type);
  const id = randomUUID();
  const row: IssuerKeyRow = {
    id,
    issuer_id: issuerId,
    type,
    public_key: encodeMultikey(key.publicKey),
    secret: masterKey.seal(new TextEncoder().encode(encodeSecretMultikey(key)), purposeOf(id)),
    state: 'active',
    created_at: now,
    ended_at: null,
    compromised_from: null,
  };
  await trx.insertInto('issuer_key').values(row).execute();
  const detail = { publicKey: row.public_key, type };
  await appendAudit(trx, { chain: issuerId, actor, action: 'key.make', subject: id, reason, detail }, now);
  return row;
}

const purposeOf = (keyId: string) => `issuer-key ${keyId}`;

/** Opened keys of this process: opening one for every credential would cost as much as signing it. */
const opened = new Map<string, SecretKey>();

/** The key that an issuer signs with now. */
export async function signingKeyOf(db: Executor, issuerId: string, masterKey: MasterKey): Promise<SecretKey> {
  const row = await findActiveKey(db, issuerId);
  if (row === undefined)
    throw new ApiError('conflict', 'This issuer has no key to sign with. Make a new one under its keys.');
  const known = opened.get(row.id);
  if (known !== undefined) return known;
  const secret = new TextDecoder().decode(masterKey.open(row.secret, purposeOf(row.id)));
  const key = decodeSecretMultikey(secret, row.public_key);
  if (key === undefined) throw new Error(`the key ${row.id} is damaged`);
  opened.set(row.id, key);
  return key;
}

import { randomUUID } from 'node:crypto';
import type { SecretKey } from '../../core/cryptography.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { decodeSecretMultikey, encodeMultikey, encodeSecretMultikey } from '../../core/proof/multikey.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { appendAudit } from '../audit/append.ts';
import type { Database, DatabaseTransaction, Executor } from '../database.ts';
import type { MasterKey } from '../master-key.ts';
import { ApiError } from '../problem.ts';
import { findActiveKey, type IssuerKeyRow } from './store.ts';

type KeyUse = IssuerKeyRow['use'];

/** A new key for signing. The one before stays published, since credentials need it for as long as they are shown. */
export async function rotateKey(
  trx: DatabaseTransaction,
  issuerId: string,
  { type, use }: { type: SecretKey['type']; use: KeyUse },
  reason: string,
  actor: string,
  masterKey: MasterKey,
  now: Date,
): Promise<IssuerKeyRow> {
  await trx
    .updateTable('issuer_key')
    .set({ state: 'published', ended_at: now })
    .where('issuer_id', '=', issuerId)
    .where('use', '=', use)
    .where('state', '=', 'active')
    .execute();
  return await makeKey(trx, issuerId, { type, use }, actor, masterKey, now, reason);
}

/** Make a key that is used from now on. */
export async function makeKey(
  trx: DatabaseTransaction,
  issuerId: string,
  { type, use }: { type: SecretKey['type']; use: KeyUse },
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
    use,
  };
  await trx.insertInto('issuer_key').values(row).execute();
  const detail = { publicKey: row.public_key, type, use };
  await appendAudit(trx, { chain: issuerId, actor, action: 'key.make', subject: id, reason, detail }, now);
  return row;
}

/**
 * Take a key out of use. `retire`: it is published no more, so that nothing that it signed verifies any longer. `compromise`:
 * it stays published as revoked since a date. Where it was the key in use, a new one is made; status lists are signed anew.
 */
export async function endKey(
  trx: DatabaseTransaction,
  {
    issuerId,
    id,
    reason,
    how,
  }: { issuerId: string; id: string; reason: string; how: 'retire' | { compromisedFrom: Date } },
  actor: string,
  masterKey: MasterKey,
  now: Date,
): Promise<void> {
  const key = await trx
    .selectFrom('issuer_key')
    .selectAll()
    .where('issuer_id', '=', issuerId)
    .where('id', '=', id)
    .where('state', 'in', ['active', 'published'])
    .forUpdate()
    .executeTakeFirst();
  if (key === undefined) throw new ApiError('not-found', 'There is no such key that is published.');
  const ended =
    how === 'retire'
      ? { state: 'retired' as const }
      : { state: 'compromised' as const, compromised_from: how.compromisedFrom };
  await trx
    .updateTable('issuer_key')
    .set({ ...ended, ended_at: now })
    .where('id', '=', id)
    .execute();
  // Lists before the audit log, as whoever revokes a credential takes them: in another order each could wait for the other.
  await trx
    .updateTable('status_list')
    .set((list) => ({ revision: list('revision', '+', 1) }))
    .where('issuer_id', '=', issuerId)
    .execute();
  const detail: JsonObject = how === 'retire' ? {} : { from: how.compromisedFrom.toISOString() };
  const action = how === 'retire' ? 'key.retire' : 'key.compromise';
  await appendAudit(trx, { chain: issuerId, actor, action, subject: id, reason, detail }, now);
  if (key.state === 'active')
    await makeKey(trx, issuerId, { type: key.type as SecretKey['type'], use: key.use }, actor, masterKey, now, reason);
}

const purposeOf = (keyId: string) => `issuer-key ${keyId}`;

/** Throws MasterKeyWrong when a key was sealed under another master key: better at start than when somebody issues. */
export function checkMasterKey(masterKey: MasterKey, { id, secret }: Pick<IssuerKeyRow, 'id' | 'secret'>): void {
  masterKey.open(secret, purposeOf(id));
}

/** Opened keys of this process: opening one for every credential would cost as much as signing it. */
const opened = new Map<string, SecretKey>();

/** The key that an issuer signs proofs and lists with now. */
export async function signingKeyOf(db: Executor, issuerId: string, masterKey: MasterKey): Promise<SecretKey> {
  const row = await findActiveKey(db, issuerId, 'proof');
  if (row === undefined)
    throw new ApiError('conflict', 'This issuer has no key to sign with. Make a new one under its keys.');
  return openKey(row, masterKey);
}

/** The key that an issuer signs JWTs with, made when it is first needed: verifiers of the JWT form take ES256, not EdDSA. */
export async function jwtKeyOf(db: Database, issuerId: string, masterKey: MasterKey, now: Date): Promise<SecretKey> {
  const found = await findActiveKey(db, issuerId, 'jwt');
  if (found !== undefined) return openKey(found, masterKey);
  const made = await db.transaction().execute(async (trx) => {
    // One after the other: whoever waited here finds the key that the other made.
    await trx.selectFrom('issuer').select('id').where('id', '=', issuerId).forUpdate().execute();
    return (
      (await findActiveKey(trx, issuerId, 'jwt')) ??
      (await makeKey(
        trx,
        issuerId,
        { type: 'P-256', use: 'jwt' },
        'system',
        masterKey,
        now,
        'first credential as a JWT',
      ))
    );
  });
  return openKey(made, masterKey);
}

function openKey(row: IssuerKeyRow, masterKey: MasterKey): SecretKey {
  const known = opened.get(row.id);
  if (known !== undefined) return known;
  const secret = new TextDecoder().decode(masterKey.open(row.secret, purposeOf(row.id)));
  const key = decodeSecretMultikey(secret, row.public_key);
  if (key === undefined) throw new Error(`the key ${row.id} is damaged`);
  opened.set(row.id, key);
  return key;
}

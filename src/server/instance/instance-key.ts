import type { SecretKey } from '../../core/cryptography.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { decodeSecretMultikey, encodeMultikey, encodeSecretMultikey } from '../../core/proof/multikey.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { appendAudit } from '../audit/append.ts';
import type { Database } from '../database.ts';
import { didDocument } from '../issuer/did.ts';
import type { MasterKey } from '../master-key.ts';

const setting = 'instance-key';

interface Kept {
  publicKey: string;
  /** Sealed under the master key, in base64. */
  secret: string;
}

/** The did:web of this instance: its host, then its path if it has one. */
export function instanceDid(publicUrl: string): string {
  const { host, pathname } = new URL(publicUrl);
  const path = pathname.split('/').filter((part) => part !== '');
  return ['did:web', host.replace(':', '%3A'), ...path].join(':');
}

/** The instance's own DID document; its key is made when somebody first asks. */
export async function instanceDocument(
  deps: { db: Database; masterKey: MasterKey; now(): Date },
  publicUrl: string,
): Promise<JsonObject> {
  const { publicKey } = await findOrMake(deps);
  return didDocument(instanceDid(publicUrl), [
    { public_key: publicKey, use: 'proof', state: 'active', compromised_from: null },
  ]);
}

/** What the instance signs with, as itself. */
export async function instanceKey(deps: { db: Database; masterKey: MasterKey; now(): Date }): Promise<SecretKey> {
  const { publicKey, secret } = await findOrMake(deps);
  const opened = new TextDecoder().decode(deps.masterKey.open(Buffer.from(secret, 'base64'), setting));
  const key = decodeSecretMultikey(opened, publicKey);
  if (key === undefined) throw new Error('the key of the instance is damaged');
  return key;
}

async function findOrMake({ db, masterKey, now }: { db: Database; masterKey: MasterKey; now(): Date }): Promise<Kept> {
  const find = (from: Pick<Database, 'selectFrom'>) =>
    from.selectFrom('setting').select('value').where('name', '=', setting).executeTakeFirst();
  const kept = await find(db);
  if (kept !== undefined) return JSON.parse(kept.value) as Kept;
  const key = await nodeCryptography.generateKey('Ed25519');
  const publicKey = encodeMultikey(key.publicKey);
  const sealed = masterKey.seal(new TextEncoder().encode(encodeSecretMultikey(key)), setting);
  const value = JSON.stringify({ publicKey, secret: Buffer.from(sealed).toString('base64') });
  return await db.transaction().execute(async (trx) => {
    const made = await trx
      .insertInto('setting')
      .values({ name: setting, value })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .returning('name')
      .executeTakeFirst();
    if (made !== undefined) {
      const act = { chain: 'instance', actor: 'instance', action: 'instance-key.make', subject: 'instance' };
      await appendAudit(trx, { ...act, detail: { publicKey } }, now());
    }
    // Another process may have been first.
    return JSON.parse((await find(trx))?.value ?? value) as Kept;
  });
}

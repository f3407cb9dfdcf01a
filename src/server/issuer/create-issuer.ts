import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../core/json/json.ts';
import { appendAudit } from '../audit/append.ts';
import type { DatabaseTransaction } from '../database.ts';
import type { MasterKey } from '../master-key.ts';
import { ApiError, phrase } from '../problem.ts';
import { makeKey } from './keys.ts';
import { findIssuer, findIssuerById, type IssuerRow } from './store.ts';

export interface NewIssuer {
  slug: string;
  profile: JsonObject;
  parentId: string | null;
  /** Of the sample data; units below are of them anyway. */
  sample?: boolean;
}

/** Make an issuer and its first key, in one transaction. */
export async function createIssuer(
  trx: DatabaseTransaction,
  { slug, profile, parentId, sample = false }: NewIssuer,
  actor: string,
  masterKey: MasterKey,
  now: Date,
): Promise<IssuerRow> {
  if ((await findIssuer(trx, slug)) !== undefined)
    throw new ApiError('conflict', phrase`There is an issuer with the name "${slug}" already.`);
  const parent = parentId === null ? undefined : await findIssuerById(trx, parentId);
  const issuer: IssuerRow = {
    id: randomUUID(),
    parent_id: parentId,
    slug,
    profile: JSON.stringify(profile),
    created_at: now,
    sample: sample || (parent?.sample ?? false),
  };
  await trx.insertInto('issuer').values(issuer).execute();
  await appendAudit(trx, { chain: issuer.id, actor, action: 'issuer.create', subject: issuer.id }, now);
  await makeKey(trx, issuer.id, { type: 'Ed25519', use: 'proof' }, actor, masterKey, now);
  return issuer;
}

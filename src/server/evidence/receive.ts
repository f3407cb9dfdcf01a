import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Actor } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import type { Database } from '../database.ts';
import type { MasterKey } from '../master-key.ts';
import { findPolicy } from '../policy/policy.ts';
import { ApiError, phrase } from '../problem.ts';
import type { Storage } from '../storage/storage.ts';
import { newContentKey, sealSecret, storageKeyOf, storeContent, tooLarge } from './content.ts';
import { fileName } from './media-type.ts';
import type { EvidenceFileRow } from './store.ts';

export interface EvidenceDeps {
  db: Database;
  masterKey: MasterKey;
  storage: Storage;
  now(): Date;
}

export interface Upload {
  name: string;
  mediaType: string;
  source: Readable;
  /** What the request says; null when it does not. */
  length: number | null;
}

/**
 * Take in a file of evidence within the issuer's limits. Its row is there before its content, so that whatever breaks off in
 * between is found and removed.
 */
export async function receiveFile(
  deps: EvidenceDeps,
  { name: actor, issuer }: Actor,
  { name, mediaType, source, length }: Upload,
): Promise<EvidenceFileRow> {
  const { db, masterKey, storage } = deps;
  const { evidenceTypes, evidenceMaximumBytes } = (await findPolicy(db, issuer.id)).policy;
  if (!evidenceTypes.includes(mediaType))
    throw new ApiError('unsupported', phrase`Evidence may not be ${mediaType || 'of no type'} here.`, {
      possible: evidenceTypes,
    });
  if (length !== null && length > evidenceMaximumBytes) throw tooLarge(evidenceMaximumBytes);
  const id = randomBytes(16).toString('base64url');
  const key = newContentKey();
  const begun: EvidenceFileRow = {
    id,
    issuer_id: issuer.id,
    sealed: sealSecret(masterKey, id, { name: fileName(name, mediaType), key }),
    media_type: mediaType,
    size: 0,
    digest: '',
    state: 'receiving',
    uploaded_at: deps.now(),
  };
  await db.insertInto('evidence_file').values(begun).execute();
  try {
    const received = await storeContent(storage, { id, key }, source, {
      mediaType,
      maximumBytes: evidenceMaximumBytes,
    });
    return await db.transaction().execute(async (trx) => {
      const kept = await trx
        .updateTable('evidence_file')
        .set({ ...received, state: 'kept' })
        .where('id', '=', id)
        .where('state', '=', 'receiving')
        .returningAll()
        .executeTakeFirst();
      if (kept === undefined) throw new ApiError('conflict', 'The upload took too long. Send it again.');
      const detail = { ...received, mediaType };
      await appendAudit(trx, { chain: issuer.id, actor, action: 'evidence.upload', subject: id, detail }, deps.now());
      return kept;
    });
  } catch (error) {
    await storage.delete(storageKeyOf(id));
    await db.deleteFrom('evidence_file').where('id', '=', id).execute();
    drain(source);
    if (!(error instanceof ApiError) && source.readableAborted)
      throw new ApiError('malformed-request', 'The upload broke off.');
    throw error;
  }
}

/** In milliseconds. */
const drainedFor = 10_000;

/** Whoever is refused while they still send shall hear why, and not keep the connection for ever. */
function drain(source: Readable): void {
  const timer = setTimeout(() => source.destroy(), drainedFor);
  source.once('close', () => clearTimeout(timer));
  source.on('error', () => undefined);
  source.resume();
}

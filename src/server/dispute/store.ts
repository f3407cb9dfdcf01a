import type { Selectable } from 'kysely';
import type { Executor, Tables } from '../database.ts';
import type { MasterKey } from '../master-key.ts';
import { isBehind, type Place } from '../paging.ts';

export type DisputeRow = Selectable<Tables['dispute']>;

/** What a learner can say that a dispute is about. */
export const subjects = ['name', 'result', 'not-mine', 'other'] as const satisfies DisputeRow['about'][];

const purposeOf = (id: string, part: 'words' | 'answer') => `dispute ${id} ${part}`;

export function sealPart(masterKey: MasterKey, id: string, part: 'words' | 'answer', text: string): Uint8Array {
  return masterKey.seal(new TextEncoder().encode(text), purposeOf(id, part));
}

/** A dispute in clear, for the learner who wrote it and the issuer's people. Throws MasterKeyWrong. */
export function openDispute(masterKey: MasterKey, { id, words, answer, ...row }: DisputeRow) {
  const open = (sealed: Uint8Array, part: 'words' | 'answer') =>
    new TextDecoder().decode(masterKey.open(sealed, purposeOf(id, part)));
  return {
    id,
    credential: row.credential_id,
    about: row.about,
    state: row.state,
    words: open(words, 'words'),
    answer: answer === null ? null : open(answer, 'answer'),
    createdAt: row.created_at.toISOString(),
    changedAt: row.changed_at.toISOString(),
  };
}

export type Dispute = ReturnType<typeof openDispute>;

/** Of one credential, the newest first. */
export function listOfCredential(db: Executor, credentialId: string): Promise<DisputeRow[]> {
  return db
    .selectFrom('dispute')
    .selectAll()
    .where('credential_id', '=', credentialId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute();
}

/** Of an issuer, the newest first. `before`: the last one of the page before. */
export function listDisputes(
  db: Executor,
  issuerId: string,
  { state, before, limit }: { state: DisputeRow['state'] | undefined; before: Place | null; limit: number },
): Promise<DisputeRow[]> {
  let query = db.selectFrom('dispute').selectAll().where('issuer_id', '=', issuerId);
  if (state !== undefined) query = query.where('state', '=', state);
  if (before !== null) query = query.where(isBehind('created_at', before));
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

/** How many of an issuer were opened after a time, counted up to `most`. */
export async function countSince(db: Executor, issuerId: string, time: Date, most: number): Promise<number> {
  const found = await db
    .selectFrom('dispute')
    .select('id')
    .where('issuer_id', '=', issuerId)
    .where('created_at', '>', time)
    .limit(most)
    .execute();
  return found.length;
}

import { z } from 'zod';
import type { Database, Executor } from './database.ts';
import { sha256Hex } from './digest.ts';
import { ApiError } from './problem.ts';

/** The header under which a request is done once. */
export const idempotencyKey = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[\x21-\x7e]{1,200}$/)
    .optional(),
});

export interface Answer {
  status: number;
  body: string;
}

export type KeepAnswer = (executor: Executor, answer: Answer) => Promise<void>;

/** Longer than any request takes; after that, whoever asked first is gone. */
const givenUpAfter = 60_000;
const pending = 0;

/**
 * Do what a request asks once, however often it is sent under one Idempotency-Key. `work` keeps its answer with `keep`, best
 * in the transaction of what it does; the same question later gets that answer, another question under the same key is
 * refused, and so is the same question of somebody else. Without a key the request is simply done.
 */
export async function answerOnce(
  db: Database,
  { issuerId, actor, key, question }: { issuerId: string; actor: string; key: string | undefined; question: string },
  now: Date,
  work: (keep: KeepAnswer) => Promise<Answer>,
): Promise<Answer> {
  if (key === undefined) return await work(async () => undefined);
  const digest = sha256Hex(`${actor} ${question}`);
  const place = { issuer_id: issuerId, key };
  const begun = await db
    .insertInto('idempotent_request')
    .values({ ...place, digest, status: pending, body: '', created_at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['issuer_id', 'key'])
        .doUpdateSet({ created_at: now })
        .where('idempotent_request.status', '=', pending)
        .where('idempotent_request.digest', '=', digest)
        .where('idempotent_request.created_at', '<', new Date(now.getTime() - givenUpAfter)),
    )
    .returning('key')
    .executeTakeFirst();
  if (begun === undefined) return await earlierAnswer(db, place, digest);
  const keep: KeepAnswer = async (executor, { status, body }) => {
    const kept = await executor
      .updateTable('idempotent_request')
      .set({ status, body })
      .where('issuer_id', '=', issuerId)
      .where('key', '=', key)
      .where('status', '=', pending)
      .where('created_at', '=', now)
      .returning('key')
      .executeTakeFirst();
    // It took so long that somebody else began anew: only one of both may be done.
    if (kept === undefined) throw new ApiError('conflict', 'This took too long, and was begun again. Send it again.');
  };
  try {
    return await work(keep);
  } catch (error) {
    // Nothing was done: the same request may try again.
    await db
      .deleteFrom('idempotent_request')
      .where('issuer_id', '=', issuerId)
      .where('key', '=', key)
      .where('status', '=', pending)
      .where('created_at', '=', now)
      .execute();
    throw error;
  }
}

async function earlierAnswer(
  db: Database,
  { issuer_id, key }: { issuer_id: string; key: string },
  digest: string,
): Promise<Answer> {
  const earlier = await db
    .selectFrom('idempotent_request')
    .selectAll()
    .where('issuer_id', '=', issuer_id)
    .where('key', '=', key)
    .executeTakeFirst();
  if (earlier === undefined || (earlier.digest === digest && earlier.status === pending))
    throw new ApiError('conflict', 'This request is being answered at the moment. Send it again in a minute.');
  if (earlier.digest !== digest)
    throw new ApiError(
      'conflict',
      'This Idempotency-Key was used for another request, or by somebody else. Take a new one.',
    );
  return { status: earlier.status, body: earlier.body };
}

import { canonicalJson } from '../../core/json/canonical-json.ts';
import type { JsonObject } from '../../core/json/json.ts';
import type { DatabaseTransaction, Executor, Tables } from '../database.ts';
import { sha256Hex } from '../digest.ts';

/** Who did what, and why. `detail` holds ids and digests, never people: the chain outlives their erasure. */
export interface Act {
  /** An issuer's id, or `instance`. */
  chain: string;
  actor: string;
  action: string;
  subject: string;
  reason?: string;
  detail?: JsonObject;
}

const beginning = '0'.repeat(64);

/**
 * Add one entry to a chain, inside the transaction of what it tells about: both are there, or neither. Entries of one chain
 * come one after the other; each hash covers the entry and the hash before it.
 */
export async function appendAudit(trx: DatabaseTransaction, act: Act, now: Date): Promise<void> {
  const head = (await holdHead(trx, act.chain)) ?? (await beginChain(trx, act.chain));
  const entry = {
    chain: act.chain,
    number: head.number + 1,
    at: now,
    actor: act.actor,
    action: act.action,
    subject: act.subject,
    reason: act.reason ?? '',
    detail: canonicalJson(act.detail ?? {}),
    previous: head.hash,
  };
  const hash = hashOf(entry);
  await trx
    .insertInto('audit_entry')
    .values({ ...entry, hash })
    .execute();
  await trx.updateTable('audit_head').set({ number: entry.number, hash }).where('chain', '=', act.chain).execute();
}

/** Where the chain ends, held until the transaction ends. */
const holdHead = (trx: DatabaseTransaction, chain: string) =>
  trx.selectFrom('audit_head').selectAll().where('chain', '=', chain).forUpdate().executeTakeFirst();

async function beginChain(trx: DatabaseTransaction, chain: string): Promise<Tables['audit_head']> {
  await trx
    .insertInto('audit_head')
    .values({ chain, number: 0, hash: beginning })
    .onConflict((conflict) => conflict.column('chain').doNothing())
    .execute();
  return (await holdHead(trx, chain)) as Tables['audit_head'];
}

type Entry = Tables['audit_entry'];

function hashOf({ at, ...entry }: Omit<Entry, 'hash'>): string {
  return sha256Hex(canonicalJson({ ...entry, at: at.toISOString() }));
}

export type AuditFault = { number: number; fault: 'missing' | 'altered' | 'cut-off' };

/** The first entry of a chain that was altered or taken out; null when all is as it was written. */
export async function verifyAudit(db: Executor, chain: string): Promise<AuditFault | null> {
  let previous = beginning;
  let number = 0;
  for (;;) {
    const entries = await db
      .selectFrom('audit_entry')
      .selectAll()
      .where('chain', '=', chain)
      .where('number', '>', number)
      .orderBy('number')
      .limit(1000)
      .execute();
    for (const { hash, ...entry } of entries) {
      if (entry.number !== number + 1) return { number: number + 1, fault: 'missing' };
      if (entry.previous !== previous || hashOf(entry) !== hash) return { number: entry.number, fault: 'altered' };
      previous = hash;
      number = entry.number;
    }
    if (entries.length < 1000) break;
  }
  const head = await db.selectFrom('audit_head').selectAll().where('chain', '=', chain).executeTakeFirst();
  return (head?.number ?? 0) === number && (head?.hash ?? beginning) === previous
    ? null
    : { number: number + 1, fault: 'cut-off' };
}

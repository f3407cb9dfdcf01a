import { type AuditFault, verifyAudit } from '../audit/append.ts';
import { type LedgerFault, verifyLedger } from '../audit/ledger.ts';
import type { Executor } from '../database.ts';

export interface VerifiedChain {
  chain: string;
  /** The issuer's slug, or `instance`. */
  name: string;
  entries: number;
  /** Of the last entry: who keeps it elsewhere can tell later that the log was not written anew. */
  hash: string | null;
  fault: AuditFault | null;
}

/** Every chain of the audit log, also those of which nothing is left: each issuer began with an entry. */
export async function verifyAllChains(db: Executor): Promise<VerifiedChain[]> {
  const issuers = await db.selectFrom('issuer').select(['id', 'slug']).orderBy('slug').execute();
  const heads = await db.selectFrom('audit_head').selectAll().execute();
  const begun = await db.selectFrom('audit_entry').select('chain').distinct().execute();
  const names = new Map(issuers.map(({ id, slug }) => [id, slug]));
  const chains = new Set([...names.keys(), ...heads.map(({ chain }) => chain), ...begun.map(({ chain }) => chain)]);
  const verified: VerifiedChain[] = [];
  for (const chain of chains) {
    const head = heads.find((one) => one.chain === chain);
    const fault = await verifyAudit(db, chain);
    verified.push({
      chain,
      name: names.get(chain) ?? chain,
      entries: head?.number ?? 0,
      hash: head?.hash ?? null,
      fault: fault ?? (names.has(chain) && head === undefined ? { number: 1, fault: 'missing' } : null),
    });
  }
  return verified;
}

export interface VerifiedRecord extends VerifiedChain {
  /** Where the ledger of the issuer's credentials disagrees with the log; null also for the instance, which has none. */
  ledger: LedgerFault | null;
}

/** Every chain, and every ledger against its chain. */
export async function verifyAllRecords(db: Executor): Promise<VerifiedRecord[]> {
  const verified: VerifiedRecord[] = [];
  for (const chain of await verifyAllChains(db))
    verified.push({ ...chain, ledger: await verifyLedger(db, chain.chain) });
  return verified;
}

import { z } from 'zod';
import { appendAudit } from '../audit/append.ts';
import type { DatabaseTransaction, Executor } from '../database.ts';

const days = z.number().int().min(1).max(36_500).nullable();

/** What an issuer may decide, for itself and the units below it. Defaults hold where nobody above decided either. */
export const policySchema = z.object({
  /** What becomes of a credential that supports less than `gateClass`. */
  gate: z.enum(['off', 'warn', 'block']).default('warn'),
  gateClass: z.enum(['recognition', 'knowledge', 'application']).default('recognition'),
  /** Write the draft type of a TrustEd class into credentials that support it (framework.md §1). */
  classToken: z.boolean().default(false),
  /**
   * How a learner's name stands in the credential (ob3.md §3.6): as a salted hash, in clear for those who consented, or in
   * clear for all, where the issuer holds everybody's consent.
   */
  learnerName: z.enum(['hashed', 'with-consent', 'clear']).default('hashed'),
  /** IANA name; dates without a zone are read in it. */
  timeZone: z.string().refine(isTimeZone, { error: 'an IANA time zone such as Europe/Madrid' }).default('UTC'),
  /** How credentials are signed. */
  proof: z.enum(['data-integrity', 'vc-jwt', 'both']).default('data-integrity'),
  /** Name a refresh service, so that verifiers of a superseded credential hear of the newer edition. */
  refreshService: z.boolean().default(true),
  /**
   * Also name a 1EdTechRevocationList, for verifiers that read no Bitstring Status List. It publishes addresses of revoked
   * credentials with the reason, so it is off unless wanted (ob3.md §6).
   */
  revocationList: z.boolean().default(false),
  /** Write to learners when a credential is issued. */
  deliver: z.enum(['email', 'none']).default('email'),
  /** Of letters and pages to learners who chose none. */
  language: z.enum(['en', 'es']).default('en'),
  /** Remind the learner so many days before a credential ends; null for never. */
  expiryReminderDays: days.default(null),
  evidenceMaximumBytes: z.number().int().min(1).max(1_000_000_000).default(20_000_000),
  /** Media types that evidence files may have. */
  evidenceTypes: z
    .array(z.string().regex(/^[a-z]+\/[a-z0-9.+-]+$/))
    .max(50)
    .default(['application/pdf', 'image/png', 'image/jpeg', 'text/plain', 'text/csv', 'application/zip', 'video/mp4']),
  /** Days after which files of evidence, lists of learners and sent letters are removed; null keeps them. */
  retainEvidenceDays: days.default(null),
  retainRosterDays: days.default(null),
  retainMailDays: days.default(90),
});
export type Policy = z.infer<typeof policySchema>;
export type PolicyName = keyof Policy;

const names = Object.keys(policySchema.shape) as PolicyName[];

/** What an issuer decides itself: "never" where that can be, and null takes a decision back. */
export type PolicyChange = {
  [Name in PolicyName]?: Policy[Name] | (null extends Policy[Name] ? 'never' : never) | null | undefined;
};
export const policyChange: z.ZodType<PolicyChange> = z.strictObject(
  Object.fromEntries(
    names.map((name) => {
      const decision = policySchema.shape[name].removeDefault();
      return [name, (decision.isNullable() ? decision.or(z.literal('never')) : decision).nullable().optional()];
    }),
  ),
);

export interface FoundPolicy {
  policy: Policy;
  /** The issuer that decided, by its id; nobody for defaults. */
  decidedBy: Partial<Record<PolicyName, string>>;
}

/** What holds for an issuer: its own decision, else the nearest one above it, else the default. */
export async function findPolicy(db: Executor, issuerId: string): Promise<FoundPolicy> {
  const decisions = await db
    .withRecursive('above', (query) =>
      query
        .selectFrom('issuer')
        .select(['id', 'parent_id', (select) => select.lit(0).as('depth')])
        .where('id', '=', issuerId)
        .unionAll((next) =>
          next
            .selectFrom('issuer')
            .innerJoin('above', 'above.parent_id', 'issuer.id')
            .select([
              'issuer.id',
              'issuer.parent_id',
              (select) => select('above.depth', '+', select.lit(1)).as('depth'),
            ]),
        ),
    )
    .selectFrom('above')
    .innerJoin('policy', 'policy.issuer_id', 'above.id')
    .select(['policy.name', 'policy.value', 'above.id as issuerId', 'above.depth'])
    .orderBy('above.depth', 'desc')
    .execute();
  const values: Record<string, unknown> = {};
  const decidedBy: FoundPolicy['decidedBy'] = {};
  // From the top down, so that the nearest one is written last.
  for (const { name, value, issuerId: by } of decisions) {
    values[name] = JSON.parse(value);
    decidedBy[name as PolicyName] = by;
  }
  return { policy: policySchema.parse(values), decidedBy };
}

/** Keep what an issuer decides, with the reason. */
export async function changePolicy(
  trx: DatabaseTransaction,
  { issuerId, change, reason }: { issuerId: string; change: PolicyChange; reason: string },
  actor: string,
  now: Date,
): Promise<void> {
  for (const name of names) {
    const value = change[name];
    if (value === undefined) continue;
    await trx.deleteFrom('policy').where('issuer_id', '=', issuerId).where('name', '=', name).execute();
    if (value !== null)
      await trx
        .insertInto('policy')
        .values({
          issuer_id: issuerId,
          name,
          value: JSON.stringify(value === 'never' ? null : value),
          changed_at: now,
          changed_by: actor,
        })
        .execute();
  }
  await appendAudit(
    trx,
    { chain: issuerId, actor, action: 'policy.change', subject: issuerId, reason, detail: { change: { ...change } } },
    now,
  );
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

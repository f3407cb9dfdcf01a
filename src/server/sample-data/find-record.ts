import type { CredentialRow } from '../credential/store.ts';
import type { Executor } from '../database.ts';

/** Who puts the learner record together, of its own and its unit's credentials. */
export const recordIssuer = 'sample-quillmere';
/** With what reason all of the sample data is issued. */
export const why = 'sample data';

/** The learner record of the sample data; undefined where there are none. */
export function findSampleRecord(
  db: Executor,
): Promise<Pick<CredentialRow, 'id' | 'claim_state' | 'claim_version'> | undefined> {
  return db
    .selectFrom('credential')
    .innerJoin('issuer', 'issuer.id', 'credential.issuer_id')
    .select(['credential.id', 'claim_state', 'claim_version'])
    .where('issuer.slug', '=', recordIssuer)
    .where('issuer.sample', '=', true)
    .where('achievement_id', 'is', null)
    .where('issue_reason', '=', why)
    .where('document', 'is not', null)
    .orderBy('issued_at')
    .limit(1)
    .executeTakeFirst();
}

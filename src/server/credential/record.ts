import type { JsonObject } from '../../core/json/json.ts';
import type { CredentialRow } from './store.ts';
import type { KeptWaiver } from './waiver.ts';

/** What the issuer's books say of a credential, for everybody who may see it; its learner is not in it. */
export interface CredentialRecord {
  id: string;
  state: CredentialRow['state'];
  /** Not for real use. */
  test: boolean;
  kind: 'OpenBadgeCredential' | 'ClrCredential';
  /** Null in a record, which is of no achievement. */
  achievement: string | null;
  version: number | null;
  digest: string;
  issuedAt: string;
  awardedDate: string | null;
  validFrom: string | null;
  validUntil: string | null;
  /** It was issued although the issuer's gate refuses it: who answers for that, and why. */
  waiver: KeptWaiver | null;
}

/** A Comprehensive Learner Record is of no achievement: it holds credentials. */
export const kindOf = ({ achievement_id }: Pick<CredentialRow, 'achievement_id'>): CredentialRecord['kind'] =>
  achievement_id === null ? 'ClrCredential' : 'OpenBadgeCredential';

/** The public record of a credential. */
export function credentialRecord(row: CredentialRow): CredentialRecord {
  // Nothing is left of it once it was erased.
  const document = JSON.parse(row.document ?? '{}') as JsonObject;
  const date = (name: string) => (typeof document[name] === 'string' ? document[name] : null);
  return {
    id: row.id,
    state: row.state,
    test: row.test,
    kind: kindOf(row),
    achievement: row.achievement_id,
    version: row.achievement_version,
    digest: row.digest,
    issuedAt: row.issued_at.toISOString(),
    awardedDate: date('awardedDate'),
    validFrom: date('validFrom'),
    validUntil: date('validUntil'),
    waiver: row.waiver === null ? null : (JSON.parse(row.waiver) as KeptWaiver),
  };
}

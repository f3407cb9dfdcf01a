import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { Assessment } from '../../../../core/assess.ts';
import type { ShownCredential } from '../../../../server/credential/routes.ts';
import { askJson } from '../../../api.ts';
import { useIssuer } from '../../issuer.ts';

/** What a stranger who holds the file is told: the same check, of what was signed. */
export function useAssessment({ id, digest, erasedAt }: ShownCredential): UseQueryResult<Assessment> {
  const { slug } = useIssuer();
  return useQuery({
    queryKey: [slug, 'assessment', id, digest],
    enabled: erasedAt === null,
    queryFn: async () => {
      const signed = await fetch(`/api/issuers/${slug}/credentials/${id}/document`);
      const body = new Blob([await signed.text()], { type: 'application/octet-stream' });
      return await askJson<Assessment>('/api/verify', { method: 'POST', body });
    },
  });
}

const become = {
  revoke: { outcome: 'failed', reason: 'current-revoked' },
  suspend: { outcome: 'failed', reason: 'current-suspended' },
  reissue: { outcome: 'failed', reason: 'current-superseded' },
} as const;
export type Act = keyof typeof become | 'reinstate';

/** The same answer after an act: only whether it is in force differs. Null where a suspension ends, since dates then decide. */
export function afterAct(assessment: Assessment, act: Act): Assessment | null {
  if (act === 'reinstate') return null;
  const { verification, hallmark } = assessment;
  return {
    ...assessment,
    verification: { ...verification, verdict: 'not-verified' },
    hallmark: { ...hallmark, stamps: { ...hallmark.stamps, current: become[act] } },
  };
}

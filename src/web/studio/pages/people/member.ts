import type { ShownMember } from '../../../../server/people/routes.ts';
import { useIssuer } from '../../issuer.ts';
import type { Sent } from '../../queries.ts';

export type Member = Sent<ShownMember>;

/** Owners and admins are made and unmade by owners alone. */
export function useMayGive(): (role: Member['role']) => boolean {
  const { roles } = useIssuer();
  return (role) => roles.includes('owner') || (role !== 'owner' && role !== 'admin');
}

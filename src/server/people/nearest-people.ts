import { type Role, roles, type Scope, scopesOf } from '../access/roles.ts';
import type { DatabaseTransaction } from '../database.ts';
import { type IssuerRow, listAncestors } from '../issuer/store.ts';

/** Addresses of the issuer's own people who have a right; where none of them has it, of those of the nearest unit above. */
export async function findNearestPeople(trx: DatabaseTransaction, issuer: IssuerRow, scope: Scope): Promise<string[]> {
  const may: Role[] = roles.filter((role) => scopesOf[role].includes(scope));
  const nearestFirst = await listAncestors(trx, issuer);
  const members = await trx
    .selectFrom('member')
    .innerJoin('user', 'user.id', 'member.user_id')
    .select(['user.email', 'member.issuer_id'])
    .where('member.issuer_id', 'in', nearestFirst)
    .where('member.role', 'in', may)
    .orderBy('user.email')
    .execute();
  const nearest = nearestFirst.find((id) => members.some(({ issuer_id }) => issuer_id === id));
  return members.filter(({ issuer_id }) => issuer_id === nearest).map(({ email }) => email);
}

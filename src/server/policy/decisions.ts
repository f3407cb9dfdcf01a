import type { Database } from '../database.ts';
import type { IssuerRow } from '../issuer/store.ts';
import { findPolicy, type Policy, type PolicyName } from './policy.ts';

export interface Decisions {
  policy: Policy;
  /** What the issuer decided itself. */
  own: Partial<Policy>;
  /** What would hold without its own decisions. */
  inherited: Policy;
  /** Which issuer above decided what is inherited; nobody for defaults. */
  from: Partial<Record<PolicyName, { slug: string; name: string }>>;
}

/** What an issuer decided, apart from what comes to it from above. */
export async function findDecisions(db: Database, issuer: IssuerRow): Promise<Decisions> {
  const { policy } = await findPolicy(db, issuer.id);
  const kept = await db.selectFrom('policy').select(['name', 'value']).where('issuer_id', '=', issuer.id).execute();
  // Nobody is above an issuer of no id: what holds there are the defaults.
  const above = await findPolicy(db, issuer.parent_id ?? '');
  const deciders = [...new Set(Object.values(above.decidedBy))];
  const rows =
    deciders.length === 0
      ? []
      : await db.selectFrom('issuer').select(['id', 'slug', 'profile']).where('id', 'in', deciders).execute();
  const known = new Map(rows.map(({ id, slug, profile }) => [id, { slug, name: nameIn(profile) }]));
  return {
    policy,
    own: Object.fromEntries(kept.map(({ name, value }) => [name, JSON.parse(value)])) as Partial<Policy>,
    inherited: above.policy,
    from: Object.fromEntries(
      Object.entries(above.decidedBy).flatMap(([name, id]) => {
        const decider = known.get(id);
        return decider === undefined ? [] : [[name, decider]];
      }),
    ),
  };
}

/** The name of an issuer. */
export const nameIn = (profile: string) => (JSON.parse(profile) as { name: string }).name;

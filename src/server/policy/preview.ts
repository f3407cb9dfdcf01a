import { sql } from 'kysely';
import { defaultPack } from '../../core/framework/default-pack.ts';
import type { EvidenceRequirement } from '../../core/issue/check-mastery.ts';
import { reachesClass } from '../../core/issue/gate.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { attainableClass, commonOf } from '../achievement/framework-report.ts';
import { listPublished } from '../achievement/published.ts';
import type { Database } from '../database.ts';
import type { IssuerRow } from '../issuer/store.ts';
import { findDecisions, nameIn } from './decisions.ts';
import { findPolicy, type Policy, type PolicyChange, type PolicyName } from './policy.ts';

/** What a change of policy would mean, before it is made. */
export interface PolicyPreview {
  /** Units below that take it over, and those that decided for themselves. */
  units: { follow: number; apart: { slug: string; name: string; names: PolicyName[] }[] };
  /** What the next tidying removes because of it, for ever. */
  removed: { evidence: number; rosters: number; letters: number };
  /**
   * Approved achievements whose credentials could not support the class that the gate would ask for; null when the gate is not
   * touched, or off.
   */
  gate: { checked: number; below: { id: string; name: string }[] } | null;
}

/** As many achievements are judged at most: each takes some milliseconds. */
const maximumChecked = 100;
const day = 86_400_000;

export async function previewPolicy(
  { db, publicUrl, now }: { db: Database; publicUrl: string; now: Date },
  issuer: IssuerRow,
  change: PolicyChange,
): Promise<PolicyPreview> {
  const names = (Object.keys(change) as PolicyName[]).filter((name) => change[name] !== undefined);
  const before = (await findPolicy(db, issuer.id)).policy;
  const after = await policyAfter(db, issuer, change);
  const units = await listUnits(db, issuer.id, names);
  const apart = units.filter(({ decided }) => decided.length > 0);
  const removed = (name: RetainName) =>
    countOld(db, name, { before: before[name], after: after[name] }, [issuer.id, ...followers(units, name)], now);
  return {
    units: {
      follow: units.length - apart.length,
      apart: apart.map(({ slug, profile, decided }) => ({ slug, name: nameIn(profile), names: decided })),
    },
    removed: {
      evidence: await removed('retainEvidenceDays'),
      rosters: await removed('retainRosterDays'),
      letters: await removed('retainMailDays'),
    },
    gate:
      names.some((name) => name === 'gate' || name === 'gateClass') && after.gate !== 'off'
        ? await judgeAchievements(db, issuer, after.gateClass, publicUrl, now)
        : null,
  };
}

/** A decision that is taken back gives way to what comes from above. */
async function policyAfter(db: Database, issuer: IssuerRow, change: PolicyChange): Promise<Policy> {
  const { policy } = await findPolicy(db, issuer.id);
  const { inherited } = await findDecisions(db, issuer);
  return Object.fromEntries(
    Object.entries(policy).map(([name, value]) => {
      const wanted = change[name as PolicyName];
      if (wanted === undefined) return [name, value];
      return [name, wanted === 'never' ? null : (wanted ?? inherited[name as PolicyName])];
    }),
  ) as Policy;
}

interface Unit {
  id: string;
  slug: string;
  profile: string;
  /** Which of the names it, or a unit between, decided. */
  decided: PolicyName[];
}

/** All units below, each with what it does not take over. */
async function listUnits(db: Database, issuerId: string, names: readonly PolicyName[]): Promise<Unit[]> {
  const units = await db
    .withRecursive('below', (query) =>
      query
        .selectFrom('issuer')
        .select(['id', 'parent_id', 'slug', 'profile'])
        .where('parent_id', '=', issuerId)
        .unionAll((next) =>
          next
            .selectFrom('issuer')
            .innerJoin('below', 'below.id', 'issuer.parent_id')
            .select(['issuer.id', 'issuer.parent_id', 'issuer.slug', 'issuer.profile']),
        ),
    )
    .selectFrom('below')
    .selectAll()
    .orderBy('slug')
    .execute();
  if (units.length === 0 || names.length === 0) return units.map((unit) => ({ ...unit, decided: [] }));
  const decisions = await db
    .selectFrom('policy')
    .select(['issuer_id', 'name'])
    .where(
      'issuer_id',
      'in',
      units.map(({ id }) => id),
    )
    .where('name', 'in', [...names])
    .execute();
  const parents = new Map(units.map(({ id, parent_id }) => [id, parent_id]));
  const decidedBy = (id: string): PolicyName[] => {
    const own = decisions.filter(({ issuer_id }) => issuer_id === id).map(({ name }) => name as PolicyName);
    const parent = parents.get(id) ?? issuerId;
    return parent === issuerId ? own : [...new Set([...own, ...decidedBy(parent)])];
  };
  return units.map((unit) => ({ ...unit, decided: decidedBy(unit.id) }));
}

const followers = (units: readonly Unit[], name: PolicyName) =>
  units.filter(({ decided }) => !decided.includes(name)).map(({ id }) => id);

/** Where that lies, what tells its age, and in which states it is removed; see `privacy/retention.ts`. */
const kept = {
  retainEvidenceDays: ['evidence_file', 'uploaded_at', ['kept']],
  retainRosterDays: ['roster', 'created_at', ['ready', 'paused', 'done', 'cancelled']],
  retainMailDays: ['mail', 'created_at', ['sent', 'failed']],
} as const;
type RetainName = keyof typeof kept;

/** What is older than a new number of days. */
async function countOld(
  db: Database,
  name: RetainName,
  days: { before: number | null; after: number | null },
  issuers: readonly string[],
  now: Date,
): Promise<number> {
  if (days.after === null || days.after === days.before) return 0;
  const cutOff = new Date(now.getTime() - days.after * day);
  const [table, time, states] = kept[name];
  const { count } = await db
    .selectFrom(table)
    .select(sql<string>`count(*)`.as('count'))
    .where('issuer_id', 'in', issuers)
    .where(sql<boolean>`${sql.ref(time)} < ${cutOff}`)
    .where('state', 'in', states)
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function judgeAchievements(
  db: Database,
  issuer: IssuerRow,
  wanted: Policy['gateClass'],
  publicUrl: string,
  now: Date,
): Promise<NonNullable<PolicyPreview['gate']>> {
  const published = await listPublished(db, issuer.id, maximumChecked);
  const below: { id: string; name: string }[] = [];
  for (const { id, document, evidence } of published) {
    const common = commonOf(publicUrl, JSON.parse(document) as JsonObject, id, issuer);
    const asked = evidence === null ? null : (JSON.parse(evidence) as EvidenceRequirement);
    const report = await attainableClass(common, asked, now);
    if (report === null || !reachesClass(report, wanted, defaultPack))
      below.push({ id, name: String(common.achievement.name) });
  }
  return { checked: published.length, below };
}

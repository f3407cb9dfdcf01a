import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { JsonObject } from '../../core/json/json.ts';
import { authorize } from '../access/authorize.ts';
import type { Database } from '../database.ts';
import type { IssuingDeps } from '../issuing.ts';
import { inIssuer, typed } from '../typed.ts';

/** What waits for somebody in an issuer, and how much there is of each. */
export interface Overview {
  achievements: { draft: number; review: number; approved: number; retired: number };
  /** The first of each, the one that waits longest first. */
  waiting: { id: string; name: string; version: number; state: 'draft' | 'review'; changedAt: string }[];
  /** Lists that are not done: to be started, running or paused. */
  rosters: {
    id: string;
    name: string;
    state: 'ready' | 'running' | 'paused';
    rows: number;
    faulty: number;
    issued: number;
    failed: number;
    createdAt: string;
  }[];
  letters: { waiting: number; failed: number };
  /** Credentials, with every later edition. */
  issued: number;
}

const shownOfEach = 5;

/** What the studio begins with. */
export function overviewRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  typed(app).get(
    '/api/issuers/:slug/overview',
    { schema: { summary: 'What waits for somebody, and how much there is of each', params: inIssuer } },
    async (request): Promise<Overview> => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const { db } = deps;
      const achievements = { draft: 0, review: 0, approved: 0, retired: 0 };
      for (const { state, count } of await countAchievements(db, issuer.id)) achievements[state] = Number(count);
      const letters = { waiting: 0, failed: 0 };
      for (const { state, count } of await countLetters(db, issuer.id)) letters[state] = Number(count);
      const rosters = await listOpenRosters(db, issuer.id);
      return {
        achievements,
        waiting: [...(await listWaiting(db, issuer.id, 'review')), ...(await listWaiting(db, issuer.id, 'draft'))],
        rosters: rosters.map(({ created_at, ...roster }) => ({ ...roster, createdAt: created_at.toISOString() })),
        letters,
        issued: await countIssued(db, issuer.id),
      };
    },
  );
}

/** By the state of the newest version of each. */
const newestOf = (db: Database, issuerId: string) =>
  db
    .selectFrom('achievement')
    .innerJoin('achievement_version as v', 'v.achievement_id', 'achievement.id')
    .where('issuer_id', '=', issuerId)
    .where('v.version', '=', ({ selectFrom }) =>
      selectFrom('achievement_version as other')
        .select(({ fn }) => fn.max<number>('other.version').as('newest'))
        .whereRef('other.achievement_id', '=', 'achievement.id'),
    );

function countAchievements(db: Database, issuerId: string) {
  return newestOf(db, issuerId)
    .select([
      sql<keyof Overview['achievements']>`case when retired_at is null then v.state else 'retired' end`.as('state'),
      sql<string>`count(*)`.as('count'),
    ])
    .groupBy(sql`1`)
    .execute();
}

async function listWaiting(db: Database, issuerId: string, state: 'draft' | 'review'): Promise<Overview['waiting']> {
  const found = await newestOf(db, issuerId)
    .select(['achievement.id', 'v.version', 'v.document', 'v.changed_at'])
    .where('retired_at', 'is', null)
    .where('v.state', '=', state)
    .orderBy('v.changed_at')
    .orderBy('achievement.id')
    .limit(shownOfEach)
    .execute();
  return found.map(({ id, version, document, changed_at }) => ({
    id,
    name: String((JSON.parse(document) as JsonObject).name),
    version,
    state,
    changedAt: changed_at.toISOString(),
  }));
}

function listOpenRosters(db: Database, issuerId: string) {
  return db
    .selectFrom('roster')
    .select(['id', 'name', 'rows', 'faulty', 'issued', 'failed', 'created_at'])
    .select(({ ref }) => ref('state').$castTo<'ready' | 'running' | 'paused'>().as('state'))
    .where('issuer_id', '=', issuerId)
    .where('state', 'in', ['ready', 'running', 'paused'])
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(shownOfEach)
    .execute();
}

function countLetters(db: Database, issuerId: string) {
  return db
    .selectFrom('mail')
    .select(({ ref }) => ref('state').$castTo<'waiting' | 'failed'>().as('state'))
    .select(sql<string>`count(*)`.as('count'))
    .where('issuer_id', '=', issuerId)
    .where('state', 'in', ['waiting', 'failed'])
    .groupBy('state')
    .execute();
}

/** Each took a place in a status list: summing a few lists is quick where counting millions of rows is not. */
async function countIssued(db: Database, issuerId: string): Promise<number> {
  const { taken } = await db
    .selectFrom('status_list')
    .select(sql<string>`coalesce(sum(taken), 0)`.as('taken'))
    .where('issuer_id', '=', issuerId)
    .executeTakeFirstOrThrow();
  return Number(taken);
}

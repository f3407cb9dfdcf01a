import { sql } from 'kysely';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json/json.ts';
import type { Actor } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import type { Database, Executor } from '../database.ts';
import { listDescendants } from '../issuer/store.ts';
import { ApiError } from '../problem.ts';
import { type FrameworkRow, findFramework } from './store.ts';

const chunkSize = 2000;
const pageSize = 100;

/** An achievement whose newest version is aligned with skills of a framework. */
export interface FrameworkUse {
  issuer: string;
  achievement: string;
  name: string;
  version: number;
  /** How many of the skills. */
  items: number;
}

/** What is aligned with a framework, in its issuer and all units below. They stay as they are when it is removed. */
export async function listUses(db: Executor, framework: FrameworkRow): Promise<FrameworkUse[]> {
  const issuers = await listDescendants(db, framework.issuer_id);
  const uses: FrameworkUse[] = [];
  for (let after = ''; ; ) {
    const page = await newestVersions(
      db,
      issuers.map(({ id }) => id),
      after,
    );
    const aligned = page.map(({ document, ...achievement }) => {
      const content = JSON.parse(document) as JsonObject;
      return { ...achievement, name: String(content.name ?? ''), targets: [...targetsIn(content)] };
    });
    const known = await findKnown(db, framework.id, [...new Set(aligned.flatMap(({ targets }) => targets))]);
    for (const { id, issuer_id, name, version, targets } of aligned) {
      const items = targets.filter((target) => known.has(target)).length;
      const issuer = issuers.find((one) => one.id === issuer_id)?.slug ?? '';
      if (items > 0) uses.push({ issuer, achievement: id, name, version, items });
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return uses;
    after = last.id;
  }
}

function newestVersions(db: Executor, issuerIds: readonly string[], after: string) {
  return db
    .selectFrom('achievement')
    .innerJoin('achievement_version', 'achievement_version.achievement_id', 'achievement.id')
    .select(['achievement.id', 'issuer_id', 'version', 'document'])
    .where('issuer_id', 'in', issuerIds)
    .where('achievement.id', '>', after)
    .where('version', '=', ({ selectFrom }) =>
      selectFrom('achievement_version as other')
        .select(({ fn }) => fn.max<number>('other.version').as('newest'))
        .whereRef('other.achievement_id', '=', 'achievement.id'),
    )
    .orderBy('achievement.id')
    .limit(pageSize)
    .execute();
}

/** Every `targetUrl` in a document. */
function targetsIn(value: JsonValue, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const entry of value) targetsIn(entry, found);
  else if (isJsonObject(value)) {
    if (typeof value.targetUrl === 'string') found.add(value.targetUrl);
    for (const member of Object.values(value)) targetsIn(member, found);
  }
  return found;
}

/** Which of these addresses are skills of a framework. */
async function findKnown(db: Executor, frameworkId: string, uris: readonly string[]): Promise<Set<string>> {
  if (uris.length === 0) return new Set();
  const found = await db
    .selectFrom('skill_item')
    .select('uri')
    .where('framework_id', '=', frameworkId)
    .where('uri', 'in', uris)
    .execute();
  return new Set(found.map(({ uri }) => uri));
}

/** Remove a framework; achievements that are aligned with it keep their alignments. */
export async function removeFramework(
  { db, now }: { db: Database; now(): Date },
  actor: Actor,
  id: string,
  reason: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const framework = await findFramework(trx, actor.issuer.id, id);
    if (framework === undefined) throw new ApiError('not-found', 'This issuer has no such framework of its own.');
    await trx.updateTable('skill_framework').set({ state: 'removing' }).where('id', '=', id).execute();
    const detail = { items: framework.items };
    const act = { actor: actor.name, action: 'skill-framework.remove', subject: id, reason, detail };
    await appendAudit(trx, { chain: actor.issuer.id, ...act }, now());
  });
  await removeItems(db, id);
}

/** In parts, since requests wait for each on the embedded database. */
export async function removeItems(db: Database, frameworkId: string): Promise<void> {
  for (let deleted = chunkSize; deleted === chunkSize; ) {
    const result = await sql`delete from skill_item where framework_id = ${frameworkId} and number in
      (select number from skill_item where framework_id = ${frameworkId} order by number limit ${chunkSize})`.execute(
      db,
    );
    deleted = Number(result.numAffectedRows ?? 0n);
  }
  await db.deleteFrom('skill_framework').where('id', '=', frameworkId).execute();
}

/** What a process left that ended while it read a file, or removed a framework. */
export async function removeUnfinished(db: Database, olderThan: Date): Promise<void> {
  const left = await db
    .selectFrom('skill_framework')
    .select('id')
    .where(({ or, and, eb }) =>
      or([eb('state', '=', 'removing'), and([eb('state', '=', 'reading'), eb('created_at', '<', olderThan)])]),
    )
    .execute();
  for (const { id } of left) await removeItems(db, id);
}

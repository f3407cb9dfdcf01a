import { createHash, randomUUID } from 'node:crypto';
import { type Readable, Transform } from 'node:stream';
import { sql } from 'kysely';
import type { FindingCode } from '../../core/finding.ts';
import type { Actor } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import type { Database, Tables } from '../database.ts';
import { inWords } from '../in-words.ts';
import { ApiError, phrase } from '../problem.ts';
import { wordsOf } from '../words-of.ts';
import { maximumFaults, maximumItems, type SkillFault, type SkillFile, type SkillItem } from './item.ts';
import { readCase } from './read-case.ts';
import { readCsvSkills } from './read-csv-skills.ts';
import { removeItems } from './remove.ts';
import { type FrameworkRow, findFramework } from './store.ts';

/** In bytes. */
export const maximumFile = 100_000_000;
const maximumFrameworks = 100;
/** Small, since requests wait for each on the embedded database. */
const chunkSize = 200;

export interface FrameworkImport {
  source: Readable;
  format: 'case' | 'csv';
  /** Instead of what the file says. */
  name: string | undefined;
  uri: string | undefined;
}

/** Take the skills of a file in as one framework: all of them, or every fault by its place and none. */
export async function importFramework(
  { db, now }: { db: Database; now(): Date },
  actor: Actor,
  { source, format, name, uri }: FrameworkImport,
): Promise<FrameworkRow> {
  const { issuer } = actor;
  await requireRoom(db, issuer.id);
  const id = randomUUID();
  const row = {
    id,
    issuer_id: issuer.id,
    name: '',
    uri: null,
    source: format,
    state: 'reading' as const,
    items: 0,
    created_at: now(),
    created_by: actor.name,
  };
  await db.insertInto('skill_framework').values(row).execute();
  try {
    const file: SkillFile = { framework: { name: null, uri: null }, parents: [], faults: [] };
    const measured = measure(source, file);
    const read = format === 'case' ? readCase(measured.stream, file) : readCsvSkills(measured.stream, file);
    const items = await keepItems(db, id, read, file);
    const title = name ?? file.framework.name ?? '';
    const wrong = (code: FindingCode) =>
      file.faults.push({ line: null, column: null, finding: { code, severity: 'error' } });
    if (file.faults.length === 0 && items === 0) wrong('skill-file-empty');
    if (file.faults.length === 0 && title.trim() === '') wrong('skill-framework-unnamed');
    if (file.faults.length > 0)
      throw new ApiError('refused', 'The framework cannot be taken in.', { faults: file.faults.map(shownFault) });
    await db.transaction().execute(async (trx) => {
      const done = { name: title.slice(0, 300), uri: uri ?? file.framework.uri, items, state: 'ready' as const };
      await trx.updateTable('skill_framework').set(done).where('id', '=', id).execute();
      const detail = { items, file: measured.digest() };
      const act = { actor: actor.name, action: 'skill-framework.import', subject: id, detail };
      await appendAudit(trx, { chain: issuer.id, ...act }, now());
    });
  } catch (error) {
    source.resume();
    await removeItems(db, id);
    throw error;
  }
  return (await findFramework(db, issuer.id, id)) as FrameworkRow;
}

const shownFault = ({ line, column, finding }: SkillFault) => ({ line, column, ...inWords([finding])[0] });

async function requireRoom(db: Database, issuerId: string): Promise<void> {
  const { count } = await db
    .selectFrom('skill_framework')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('issuer_id', '=', issuerId)
    .executeTakeFirstOrThrow();
  if (Number(count) >= maximumFrameworks)
    throw new ApiError('conflict', phrase`An issuer has at most ${maximumFrameworks} frameworks. Remove one first.`);
}

/** The same bytes, counted and digested; too many end the file with a fault. */
function measure(source: Readable, { faults }: SkillFile) {
  const hash = createHash('sha256');
  let size = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.length;
      if (size > maximumFile) {
        const finding = {
          code: 'skill-file-too-large' as const,
          severity: 'error' as const,
          params: { limit: maximumFile },
        };
        faults.unshift({ line: null, column: null, finding });
        source.unpipe(stream);
        this.push(null);
        return done();
      }
      hash.update(chunk);
      done(null, chunk);
    },
  });
  source.once('error', (error) => stream.destroy(error));
  source.once('close', () => source.readableEnded || stream.destroy(new Error('the upload was cut off')));
  return { stream: source.pipe(stream), digest: () => hash.digest('hex') };
}

async function keepItems(
  db: Database,
  frameworkId: string,
  read: AsyncGenerator<SkillItem>,
  { faults, parents }: SkillFile,
): Promise<number> {
  const numbers = new Map<string, number>();
  const above: { number: number; parent: string; line: number | null }[] = [];
  let waiting: Tables['skill_item'][] = [];
  let count = 0;
  const keep = async () => {
    const rows = waiting;
    waiting = [];
    if (rows.length === 0 || faults.length > 0) return;
    // As one value: fewer parameters to bind than one for each cell.
    const list = JSON.stringify(rows);
    await sql`insert into skill_item select * from json_populate_recordset(null::skill_item, ${list}::json)`.execute(
      db,
    );
  };
  for await (const item of read) {
    count++;
    if (count > maximumItems) {
      faults.push(faultAt(null, 'skill-too-many', { limit: maximumItems }));
      return count;
    }
    const line = item.line ?? null;
    if (item.uri !== '' && numbers.has(item.uri)) faults.push(faultAt(line, 'skill-uri-twice'));
    // Several skills may have one code: the first one is meant.
    for (const key of item.keys) if (!numbers.has(key)) numbers.set(key, count);
    if (item.parent !== null) above.push({ number: count, parent: item.parent, line });
    if (faults.length >= maximumFaults) return count;
    waiting.push(rowOf(frameworkId, count, item));
    if (waiting.length >= chunkSize) await keep();
  }
  await keep();
  const pairs: [number, number][] = [];
  for (const { number, parent, line } of above) {
    const found = numbers.get(parent);
    if (found !== undefined) pairs.push([number, found]);
    else if (faults.length < maximumFaults)
      faults.push(faultAt(line, 'skill-parent-unknown', { value: parent.slice(0, 200) }));
  }
  // The document itself stands above the uppermost ones.
  for (const [child, parent] of parents) {
    const [number, found] = [numbers.get(child), numbers.get(parent)];
    if (number !== undefined && found !== undefined) pairs.push([number, found]);
  }
  if (faults.length > 0) return count;
  await linkParents(db, frameworkId, pairs);
  // New words wait in a list, which every search reads whole until it is worked in.
  await sql`select gin_clean_pending_list('skill_item_by_words'::regclass)`.execute(db);
  return count;
}

const faultAt = (line: number | null, code: FindingCode, params: Record<string, string | number> = {}): SkillFault => ({
  line,
  column: null,
  finding: { code, severity: 'error', params },
});

async function linkParents(db: Database, frameworkId: string, pairs: readonly [number, number][]): Promise<void> {
  for (let at = 0; at < pairs.length; at += chunkSize) {
    const chunk = pairs.slice(at, at + chunkSize);
    const [numbers, parents] = [chunk.map(([number]) => number), chunk.map(([, parent]) => parent)];
    await sql`update skill_item set parent = pair.parent
      from unnest(${numbers}::integer[], ${parents}::integer[]) as pair (number, parent)
      where framework_id = ${frameworkId} and skill_item.number = pair.number`.execute(db);
  }
}

function rowOf(frameworkId: string, number: number, item: SkillItem): Tables['skill_item'] {
  const { code, name, statement, uri, kind, targetType } = item;
  const words = wordsOf(code, name, statement).join(' ');
  return {
    framework_id: frameworkId,
    number,
    code,
    name,
    statement,
    uri,
    kind,
    target_type: targetType,
    parent: null,
    words,
  };
}

import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Finding } from '../../core/finding.ts';
import { type Learner, parseLearner } from '../../core/issue/learner.ts';
import {
  type RosterColumns,
  type RosterFault,
  type RosterOptions,
  readRosterHeader,
  readRosterRow,
} from '../../core/issue/roster.ts';
import { canonicalJson } from '../../core/json/canonical-json.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { type CsvRow, readCsv } from '../../node/csv/read-csv.ts';
import type { Actor } from '../access/authorize.ts';
import { findLatestVersion } from '../achievement/store.ts';
import { appendAudit } from '../audit/append.ts';
import type { IssueDeps } from '../credential/issue.ts';
import { recipientOf } from '../credential/recipient.ts';
import { type Series, tryCredential } from '../credential/sign.ts';
import type { CredentialRow } from '../credential/store.ts';
import type { Tables } from '../database.ts';
import { findEvidenceFiles, nameFiles } from '../evidence/use.ts';
import { ApiError, phrase } from '../problem.ts';
import type { RosterRow } from '../roster/store.ts';
import { correctedLearner, holdsSame, learnerOf } from './edition.ts';
import { listActive, listMatches } from './match.ts';
import { sealCorrected, seriesOfCorrection } from './reissue-chunk.ts';
import { type CorrectionRow, findCorrection, insertItems, removeCorrection } from './store.ts';

const chunkSize = 200;

export interface CorrectRequest {
  roster: RosterRow;
  source: Readable;
  columns: RosterOptions;
  /** How a row finds its credential: by who it is for, or by its line in the first list. */
  match: 'learner' | 'line';
  /** What becomes of credentials that no row is for. */
  missing: 'keep' | 'revoke';
  version: 'newest' | 'same';
  reason: string;
}

/**
 * Read a corrected list: which credentials of the roster it changes, which it leaves as they are, which it takes out, and every
 * fault. Nothing is changed until the correction is started.
 */
export async function readCorrectedRoster(
  deps: IssueDeps,
  actor: Actor,
  request: CorrectRequest,
): Promise<CorrectionRow> {
  const { db } = deps;
  const { roster } = request;
  if (roster.state === 'running' || roster.state === 'ready')
    throw new ApiError(
      'conflict',
      phrase`This roster is ${roster.state}: nothing of it can be corrected before it is issued.`,
    );
  const newest = await findLatestVersion(db, roster.achievement_id, ['approved']);
  const correction: CorrectionRow = {
    id: randomUUID(),
    issuer_id: actor.issuer.id,
    kind: 'correct',
    state: 'reading',
    reason: request.reason,
    actor: actor.name,
    roster_id: roster.id,
    achievement_id: roster.achievement_id,
    achievement_version:
      request.version === 'newest' ? (newest?.version ?? roster.achievement_version) : roster.achievement_version,
    created_at: deps.now(),
    total: 0,
    done: 0,
    skipped: 0,
    failed: 0,
  };
  const series = await seriesOfCorrection(deps, correction);
  const rows = readCsv(request.source);
  const first = await rows.next();
  const header = first.done ? [] : (first.value.cells ?? []);
  const read = readRosterHeader(header, series.achievement, request.columns);
  if (!read.ok) throw new ApiError('refused', 'The header of the list cannot be used.', { faults: read.faults });
  await db.insertInto('correction').values(correction).execute();
  try {
    const counts = await keepRows(deps, { correction, series, columns: read.columns, request }, rows);
    await db.transaction().execute(async (trx) => {
      await trx
        .updateTable('correction')
        .set({ ...counts, state: 'ready' })
        .where('id', '=', correction.id)
        .execute();
      const detail = { ...counts, roster: roster.id };
      const { actor: by, id: subject, reason } = correction;
      const entry = { actor: by, action: 'correction.read', subject, reason, detail };
      await appendAudit(trx, { chain: actor.issuer.id, ...entry }, deps.now());
    });
  } catch (error) {
    await removeCorrection(db, correction.id);
    throw error;
  }
  return (await findCorrection(db, actor.issuer.id, correction.id)) as CorrectionRow;
}

interface Reading {
  correction: CorrectionRow;
  series: Series;
  columns: RosterColumns;
  request: CorrectRequest;
}

type Item = Tables['correction_item'];

async function keepRows(
  deps: IssueDeps,
  reading: Reading,
  rows: AsyncGenerator<CsvRow>,
): Promise<{ total: number; skipped: number; failed: number }> {
  const { correction, request } = reading;
  const counts = { total: 0, skipped: 0, failed: 0 };
  const seen = new Set<string>();
  let last = 0;
  const keep = async (items: Item[]) => {
    counts.total += items.length;
    counts.skipped += items.filter(({ state }) => state === 'skipped').length;
    counts.failed += items.filter(({ state }) => state === 'failed').length;
    last = items.at(-1)?.number ?? last;
    await insertItems(deps.db, items);
    // The event loop belongs to everybody.
    await new Promise((resolve) => setImmediate(resolve));
  };
  let chunk: CsvRow[] = [];
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length < chunkSize) continue;
    await keep(await readChunk(deps, reading, chunk, seen));
    chunk = [];
  }
  await keep(await readChunk(deps, reading, chunk, seen));
  if (request.missing === 'keep') return counts;
  if (counts.failed > 0)
    throw new ApiError(
      'refused',
      phrase`${counts.failed} rows cannot be read or belong to no credential, so it is not sure who is missing. Mend them, or send "missing=keep".`,
      { failed: counts.failed },
    );
  for await (const page of listActive(deps.db, request.roster.id)) {
    const missing = page.filter((id) => !seen.has(id));
    await keep(
      missing.map((id, index) => ({ ...blank(correction.id, last + index + 1), credential_id: id, act: 'revoke' })),
    );
  }
  return counts;
}

const blank = (correctionId: string, number: number): Item => ({
  correction_id: correctionId,
  number,
  credential_id: null,
  act: 'none',
  state: 'waiting',
  learner: null,
  faults: null,
  edition_id: null,
});

async function readChunk(
  deps: IssueDeps,
  reading: Reading,
  rows: readonly CsvRow[],
  seen: Set<string>,
): Promise<Item[]> {
  const { series, columns, request, correction } = reading;
  const { timeZone } = series.policy;
  const read = rows.map((row) => ({
    row,
    learner:
      row.cells === null
        ? { ok: false as const, faults: [whole({ code: 'roster-row-unreadable', severity: 'error' })] }
        : readRosterRow(columns, row.cells, { timeZone }),
  }));
  const recipients = read.map(({ learner }) => (learner.ok ? recipientOf(deps.masterKey, learner.learner) : null));
  const matches = await listMatches(
    deps.db,
    request.roster,
    request.match === 'line' ? { lines: rows.map(({ line }) => line) } : { recipients },
  );
  const items: Item[] = [];
  for (const [index, { row, learner }] of read.entries()) {
    const item = blank(correction.id, row.line);
    const refuse = (faults: RosterFault[]) => items.push({ ...item, state: 'failed', faults: JSON.stringify(faults) });
    if (!learner.ok) {
      refuse(learner.faults);
      continue;
    }
    const credential = matches.get(request.match === 'line' ? row.line : (recipients[index] ?? ''));
    if (credential === undefined) {
      refuse([whole({ code: 'correction-row-unmatched', severity: 'error' })]);
      continue;
    }
    if (seen.has(credential.id)) {
      refuse([whole({ code: 'correction-row-again', severity: 'error' })]);
      continue;
    }
    seen.add(credential.id);
    const change = await changeOf(deps, reading, credential, learner.learner);
    if (change.kind === 'faulty') refuse(change.findings.map(whole));
    else if (change.kind === 'same') items.push({ ...item, credential_id: credential.id, state: 'skipped' });
    else
      items.push({
        ...item,
        credential_id: credential.id,
        act: 'reissue',
        learner: sealCorrected(deps.masterKey, item, change.learner),
      });
  }
  return items;
}

const whole = (finding: Finding): RosterFault => ({ column: null, finding });

type Change =
  | { kind: 'same' }
  | { kind: 'changed'; learner: JsonObject }
  | { kind: 'faulty'; findings: readonly Finding[] };

/** A column that is not in the list says nothing, and an empty cell takes nothing out: what was issued stays. */
async function changeOf(
  deps: IssueDeps,
  { series, correction }: Reading,
  credential: CredentialRow,
  given: Learner,
): Promise<Change> {
  if (credential.document === null)
    return { kind: 'faulty', findings: [{ code: 'correction-row-unmatched', severity: 'error' }] };
  const before = learnerOf(credential, deps.masterKey);
  const learner = JSON.parse(JSON.stringify(given)) as JsonObject;
  const merged = correctedLearner(before, learner, series.policy.timeZone);
  if (!merged.ok) return { kind: 'faulty', findings: merged.findings };
  const unchanged = parseLearner(before, { timeZone: series.policy.timeZone });
  const { identifiers, ...rest } = merged.learner;
  const isSame =
    credential.achievement_version === correction.achievement_version &&
    unchanged.ok &&
    canonicalJson(comparable(rest)) === canonicalJson(comparable(unchanged.learner)) &&
    (await holdsSame(credential, identifiers));
  if (isSame) return { kind: 'same' };
  const named = nameFiles(deps.publicUrl, merged.learner);
  const files = await findEvidenceFiles(deps.db, series, [named]);
  const { findings } = await tryCredential(series, named, {}, deps.now(), files);
  return findings.length > 0 ? { kind: 'faulty', findings } : { kind: 'changed', learner };
}

/** Without what a signed credential adds, so that a row compares with what was issued from one. */
function comparable(learner: Learner): JsonObject {
  const {
    result,
    evidence,
    validFrom: _,
    awardedDate,
    validUntil,
    activityStartDate,
    activityEndDate,
    ...rest
  } = learner;
  const bare = (list: readonly object[] | undefined) =>
    (list ?? []).map((entry) => {
      const { type: __, ...members } = entry as JsonObject;
      return members;
    });
  const dates = { awardedDate, validUntil, activityStartDate, activityEndDate };
  return {
    ...(JSON.parse(JSON.stringify(rest)) as JsonObject),
    result: bare(result),
    evidence: bare(evidence),
    ...Object.fromEntries(
      Object.entries(dates).flatMap(([name, date]) => (date === undefined ? [] : [[name, Date.parse(date)]])),
    ),
  };
}

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Finding } from '../../core/finding.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { findVersion } from '../achievement/store.ts';
import { appendAudit } from '../audit/append.ts';
import type { IssueDeps } from '../credential/issue.ts';
import { digestOfBatch, keepCredentials } from '../credential/keep.ts';
import { findHeld, holdAchievement } from '../credential/recipient.ts';
import { openSeries, type Series } from '../credential/sign.ts';
import type { DatabaseTransaction } from '../database.ts';
import { findIssuerById } from '../issuer/store.ts';
import type { MasterKey } from '../master-key.ts';
import { findRoster } from '../roster/store.ts';
import type { StatusPlace } from '../status-list/allocate.ts';
import { countLists } from './change-chunk.ts';
import {
  correctedLearner,
  type Edition,
  findForeignFiles,
  keepFiles,
  learnerOf,
  markSuperseded,
  signEdition,
} from './edition.ts';
import { countDone, markItems } from './progress.ts';
import type { CorrectionItem, CorrectionRow } from './store.ts';

const purposeOf = ({ correction_id, number }: Pick<CorrectionItem, 'correction_id' | 'number'>) =>
  `correction ${correction_id} ${number}`;

/** What a correction says of a learner, sealed until it is done. */
export function sealCorrected(
  masterKey: MasterKey,
  item: Pick<CorrectionItem, 'correction_id' | 'number'>,
  learner: JsonObject,
): Uint8Array {
  return masterKey.seal(new TextEncoder().encode(JSON.stringify(learner)), purposeOf(item));
}

function openCorrected(masterKey: MasterKey, item: CorrectionItem): JsonObject {
  if (item.learner === null) return {};
  return JSON.parse(new TextDecoder().decode(masterKey.open(item.learner, purposeOf(item)))) as JsonObject;
}

/** What the new editions of a correction have in common. */
export async function seriesOfCorrection(deps: IssueDeps, correction: CorrectionRow): Promise<Series> {
  const { issuer_id, achievement_id, achievement_version, roster_id } = correction;
  const issuer = await findIssuerById(deps.db, issuer_id);
  const version =
    achievement_id === null || achievement_version === null
      ? undefined
      : await findVersion(deps.db, achievement_id, achievement_version);
  const roster = roster_id === null ? undefined : await findRoster(deps.db, issuer_id, roster_id);
  const exceptions = { waiver: null, allowBelowPassMark: (roster?.below_pass_mark ?? null) !== null };
  const opened =
    issuer === undefined || version === undefined
      ? undefined
      : await openSeries(deps, issuer, version, exceptions, roster?.proof);
  if (!opened?.ok) throw new Error(`the correction ${correction.id} cannot be worked on`);
  return opened.series;
}

interface Made extends Edition {
  item: CorrectionItem;
}

export interface ReissueWork {
  series: Series;
  places: readonly StatusPlace[];
  items: readonly CorrectionItem[];
  writesTo: boolean;
}

/** Issue the new editions of these items, each once, all in the transaction of the old ones' new state. */
export async function reissueItems(
  trx: DatabaseTransaction,
  deps: IssueDeps,
  correction: CorrectionRow,
  { series, places, items, writesTo }: ReissueWork,
  now: Date,
): Promise<string[]> {
  const { issuer_id, reason, actor, id } = correction;
  await holdAchievement(trx, series.version.achievement_id);
  const olds = await trx
    .selectFrom('credential')
    .selectAll()
    .where('issuer_id', '=', issuer_id)
    .where(
      'id',
      'in',
      items.flatMap(({ credential_id }) => credential_id ?? []),
    )
    .orderBy('id')
    .forUpdate()
    .execute();
  const byId = new Map(olds.map((old) => [old.id, old]));
  const made: Made[] = [];
  const skipped: number[] = [];
  const failed: { item: CorrectionItem; findings: Finding[] }[] = [];
  for (const [index, item] of items.entries()) {
    const old = byId.get(item.credential_id ?? '');
    const place = places[index];
    // It changed since it was looked at, or its learner's data was erased.
    if (old?.state !== 'active' || old.document === null || place === undefined) {
      skipped.push(item.number);
      continue;
    }
    const given = openCorrected(deps.masterKey, item);
    const read = correctedLearner(learnerOf(old, deps.masterKey), given, series.policy.timeZone);
    const signed = read.ok
      ? await signEdition(trx, series, place, old, read.learner, now, { issued_by: actor, issue_reason: reason })
      : read;
    if (signed.ok) made.push({ item, old, edition: signed.credential, files: signed.files });
    else failed.push({ item, findings: signed.findings });
  }
  await takeOutHeld(trx, series.version.achievement_id, made, failed);
  const foreign = await findForeignFiles(trx, made);
  for (const one of made.splice(0))
    if (!foreign.has(one.edition.id)) made.push(one);
    else failed.push({ item: one.item, findings: [{ code: 'issue-evidence-file-of-another', severity: 'error' }] });
  const batch = randomUUID();
  const editions = made.map(({ edition }) => ({ ...edition, batch }));
  await keepCredentials(trx, deps, editions, writesTo);
  await keepFiles(trx, made);
  await markSuperseded(trx, made, reason, now);
  const lists = [...new Set(made.map(({ old }) => old.status_list_id))];
  await countLists(trx, lists);
  await keepEditions(trx, id, made);
  await markItems(trx, id, skipped, 'skipped');
  for (const { item, findings } of failed) await keepFaults(trx, item, findings);
  await countDone(trx, id, { done: made.length, skipped: skipped.length, failed: failed.length });
  if (made.length > 0) {
    const detail = { correction: id, count: made.length, batch, credentials: digestOfBatch(editions) };
    const entry = { actor, action: 'credential.reissue', subject: id, reason, detail };
    await appendAudit(trx, { chain: issuer_id, ...entry }, now);
  }
  return lists;
}

/** A corrected learner may turn out to be one who holds a credential of this achievement already. */
export async function takeOutHeld(
  trx: DatabaseTransaction,
  achievementId: string,
  made: Made[],
  failed: { item: CorrectionItem; findings: Finding[] }[],
): Promise<void> {
  const isNew = ({ old, edition }: Made) => edition.recipient !== null && edition.recipient !== old.recipient;
  const held = await findHeld(
    trx,
    achievementId,
    made.filter(isNew).map(({ edition }) => edition.recipient),
  );
  const seen = new Set<string | null>();
  for (const one of made.splice(0)) {
    const { recipient } = one.edition;
    if (isNew(one) && (held.has(recipient ?? '') || seen.has(recipient)))
      failed.push({ item: one.item, findings: [{ code: 'issue-held-already', severity: 'error' }] });
    else {
      made.push(one);
      seen.add(recipient);
    }
  }
}

async function keepEditions(trx: DatabaseTransaction, correctionId: string, made: readonly Made[]): Promise<void> {
  if (made.length === 0) return;
  const pairs = made.map(({ item, edition }) => sql`(${item.number}::integer, ${edition.id}::text)`);
  await sql`
    update correction_item set state = 'done', learner = null, edition_id = given.id
    from (values ${sql.join(pairs)}) as given (number, id)
    where correction_item.correction_id = ${correctionId} and correction_item.number = given.number`.execute(trx);
}

async function keepFaults(
  trx: DatabaseTransaction,
  { correction_id, number }: CorrectionItem,
  findings: readonly Finding[],
): Promise<void> {
  await trx
    .updateTable('correction_item')
    .set({
      state: 'failed',
      learner: null,
      faults: JSON.stringify(findings.map((finding) => ({ column: null, finding }))),
    })
    .where('correction_id', '=', correction_id)
    .where('number', '=', number)
    .execute();
}

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readMoment } from '../../core/issue/learner.ts';
import { canonicalJson } from '../../core/json/canonical-json.ts';
import type { CredentialRow } from '../credential/store.ts';
import type { Executor } from '../database.ts';
import { ApiError, phrase } from '../problem.ts';
import { findRoster } from '../roster/store.ts';
import { moment } from '../typed.ts';

const maximumIds = 10_000;
const pageSize = 5000;

/** Which credentials are meant: those that all of this is true of. */
export const selectionSchema = z
  .strictObject({
    ids: z
      .array(z.string().regex(/^[A-Za-z0-9_-]{22}$/))
      .min(1)
      .max(maximumIds)
      .optional(),
    roster: z.uuid().optional(),
    achievement: z.uuid().optional(),
    version: z.number().int().min(1).optional(),
    issuedFrom: moment.optional(),
    issuedBefore: moment.optional(),
  })
  .refine((selection) => Object.values(selection).some((value) => value !== undefined), {
    error: 'say which credentials are meant',
  })
  .refine(({ version, achievement }) => version === undefined || achievement !== undefined, {
    error: '"version" is a version of "achievement"',
  });
export type Selection = z.infer<typeof selectionSchema>;

export const bulkActs = ['revoke', 'suspend', 'reinstate', 'reissue'] as const;
export type BulkAct = (typeof bulkActs)[number];

/** From which states an act leads to which. */
export const becomes = {
  revoke: { from: ['active', 'suspended'], to: 'revoked' },
  suspend: { from: ['active'], to: 'suspended' },
  reinstate: { from: ['suspended'], to: 'active' },
  reissue: { from: ['active'], to: 'superseded' },
} as const satisfies Record<BulkAct, { from: readonly CredentialRow['state'][]; to: CredentialRow['state'] }>;

export type Selected = Pick<CredentialRow, 'id' | 'state'>;

/** Dates in the issuer's zone; a roster of another issuer is not there. */
export async function readSelection(
  db: Executor,
  issuerId: string,
  selection: Selection,
  timeZone: string,
): Promise<Selection> {
  if (selection.roster !== undefined && (await findRoster(db, issuerId, selection.roster)) === undefined)
    throw new ApiError('not-found', 'There is no such roster.');
  const read = { ...selection };
  for (const name of ['issuedFrom', 'issuedBefore'] as const) {
    const written = selection[name];
    if (written === undefined) continue;
    const time = readMoment(written, timeZone);
    if (time === undefined)
      throw new ApiError(
        'malformed-request',
        phrase`"${name}" is no date. Write it as 2026-05-18 or 2026-05-18T09:00:00Z.`,
      );
    read[name] = time;
  }
  return read;
}

/** The credentials of a selection in the order of their ids, page by page: what each is now. */
export async function* listSelected(db: Executor, issuerId: string, selection: Selection): AsyncGenerator<Selected[]> {
  const ids = selection.ids && [...new Set(selection.ids)].sort();
  if (ids !== undefined) {
    for (let at = 0; at < ids.length; at += pageSize)
      yield await pageOf(db, issuerId, { ...selection, ids: ids.slice(at, at + pageSize) }, '');
    return;
  }
  for (let after = ''; ; ) {
    const page = await pageOf(db, issuerId, selection, after);
    yield page;
    if (page.length < pageSize) return;
    after = page.at(-1)?.id ?? '';
    // The event loop belongs to everybody.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function pageOf(db: Executor, issuerId: string, selection: Selection, after: string): Promise<Selected[]> {
  const { ids, roster, achievement, version, issuedFrom, issuedBefore } = selection;
  let query = db.selectFrom('credential').select(['id', 'state']).where('issuer_id', '=', issuerId);
  if (ids !== undefined) query = query.where('id', 'in', ids);
  if (roster !== undefined) query = query.where('roster_id', '=', roster);
  if (achievement !== undefined) query = query.where('achievement_id', '=', achievement);
  if (version !== undefined) query = query.where('achievement_version', '=', version);
  if (issuedFrom !== undefined) query = query.where('issued_at', '>=', new Date(issuedFrom));
  if (issuedBefore !== undefined) query = query.where('issued_at', '<', new Date(issuedBefore));
  return query.where('id', '>', after).orderBy('id').limit(pageSize).execute();
}

/** A digest of what is to be done with whom, so that what was looked at is what is done. */
export function openDigest(question: { act: BulkAct; version: number | null }) {
  const hash = createHash('sha256').update(canonicalJson(question));
  return {
    add(page: readonly Selected[]): void {
      for (const { id, state } of page) hash.update(`\n${id} ${state}`);
    },
    end: () => hash.digest('hex'),
  };
}

import { isEmail, isIdentifier } from '../../core/issue/learner.ts';
import type { Actor } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import type { Database } from '../database.ts';
import type { MasterKey } from '../master-key.ts';
import { isBehind, type Place } from '../paging.ts';
import { findCredentials } from '../privacy/learner.ts';
import { wordsOf } from '../words-of.ts';
import { openPerson } from './person.ts';
import { type CredentialRow, findOwnCredential } from './store.ts';

/** What somebody has in hand: an address or id of a credential, or whom it is for. */
export type Asked = { by: 'credential' | 'email' | 'learner-id' | 'name'; value: string };

export interface Found {
  rows: CredentialRow[];
  /** Of credentials that were looked through for a name: the last one, when there are more. */
  next: Place | null;
}

/** Names are sealed, each by itself: to look for one, every credential is opened, and so many at a time. */
const lookedThrough = 5000;
const pageSize = 500;

/** What a text means, as people paste it. */
export function readAsked(text: string): Asked {
  const [, id] = /(?:^|\/credentials\/)([A-Za-z0-9_-]{22})(?:$|[.?#/])/.exec(text) ?? [];
  if (id !== undefined) return { by: 'credential', value: id };
  if (isEmail(text)) return { by: 'email', value: text };
  return isIdentifier(text) ? { by: 'learner-id', value: text } : { by: 'name', value: text };
}

/** Find credentials of an issuer, in whatever state. That somebody looked is logged, and not for whom. */
export async function lookUp(
  { db, masterKey, now }: { db: Database; masterKey: MasterKey; now(): Date },
  actor: Actor,
  asked: Asked,
  after: Place | null,
): Promise<Found> {
  const { issuer } = actor;
  const found = await find(db, masterKey, issuer.id, asked, after);
  const detail = { by: asked.by, found: found.rows.length };
  const act = { chain: issuer.id, actor: actor.name, action: 'credential.look-up', subject: issuer.id, detail };
  await db.transaction().execute((trx) => appendAudit(trx, act, now()));
  return found;
}

async function find(
  db: Database,
  masterKey: MasterKey,
  issuerId: string,
  { by, value }: Asked,
  after: Place | null,
): Promise<Found> {
  if (by === 'name') return await findByName(db, masterKey, issuerId, value, after);
  if (by === 'credential') {
    const row = await findOwnCredential(db, issuerId, value);
    return { rows: row === undefined ? [] : [row], next: null };
  }
  const who = by === 'email' ? { email: value } : { id: value };
  const rows = await findCredentials(db, masterKey, issuerId, who, false);
  return { rows: rows.sort((a, b) => b.issued_at.getTime() - a.issued_at.getTime()), next: null };
}

/** Whole words, so that nobody reads the names of all learners by asking for every beginning. */
async function findByName(
  db: Database,
  masterKey: MasterKey,
  issuerId: string,
  name: string,
  after: Place | null,
): Promise<Found> {
  const wanted = wordsOf(name);
  const ids: string[] = [];
  let place = after;
  for (let looked = 0; looked < lookedThrough && wanted.length > 0; looked += pageSize) {
    const people = db.selectFrom('credential').select(['id', 'person', 'issued_at']).where('issuer_id', '=', issuerId);
    const page = await (place === null ? people : people.where(isBehind('issued_at', place)))
      .orderBy('issued_at', 'desc')
      .orderBy('id', 'desc')
      .limit(pageSize)
      .execute();
    for (const row of page) {
      const words = new Set(wordsOf(openPerson(masterKey, row).name ?? null));
      if (wanted.every((word) => words.has(word))) ids.push(row.id);
    }
    const last = page.at(-1);
    place = last === undefined || page.length < pageSize ? null : { at: last.issued_at, id: last.id };
    if (place === null) break;
    // Requests come first.
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (ids.length === 0) return { rows: [], next: place };
  const rows = await db
    .selectFrom('credential')
    .selectAll()
    .where('id', 'in', ids)
    .orderBy('issued_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return { rows, next: place };
}

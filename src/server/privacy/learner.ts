import { sql } from 'kysely';
import { z } from 'zod';
import { writeLetter } from '../claim/letters.ts';
import { holds } from '../credential/around.ts';
import { openPerson } from '../credential/person.ts';
import { recipientOf } from '../credential/recipient.ts';
import type { CredentialRow } from '../credential/store.ts';
import type { Executor } from '../database.ts';
import type { EvidenceFileRow } from '../evidence/store.ts';
import { findIssuerById, type IssuerRow, listAncestors } from '../issuer/store.ts';
import { type Letter, type MailRow, openLetter } from '../mail/queue.ts';
import type { MasterKey } from '../master-key.ts';
import { findPolicy } from '../policy/policy.ts';
import { markOf, markOfName } from '../roster/sealed-row.ts';
import type { RosterLine } from '../roster/store.ts';
import { credentialId } from '../typed.ts';
import type { RecordsAbove } from './tell-above.ts';

/** Whom it is about: by what they were issued to, or by one of their credentials. */
export const whoSchema = z
  .strictObject({
    email: z.string().trim().min(3).max(254).optional(),
    id: z.string().min(1).max(2000).optional(),
    identifiers: z.record(z.string(), z.string()).optional(),
    credential: credentialId.optional(),
  })
  .refine((who) => Object.values(who).some((value) => value !== undefined), { error: 'says nobody' });
export type Who = z.infer<typeof whoSchema>;

export type KeptLetter = Letter & { id: string; state: string; createdAt: Date; sentAt: Date | null };

/** Everything of one learner that an issuer keeps. */
export interface LearnerData {
  credentials: CredentialRow[];
  /** As their credentials were issued to. */
  names: string[];
  emails: string[];
  files: EvidenceFileRow[];
  letters: KeptLetter[];
  rows: RosterLine[];
}

/** Find everything of one learner that an issuer keeps. `lock`: rows and credentials stay as they are until the transaction ends. */
export async function findLearner(
  { db, masterKey }: { db: Executor; masterKey: MasterKey },
  issuerId: string,
  who: Who,
  lock = false,
): Promise<LearnerData> {
  const before = await findCredentials(db, masterKey, issuerId, who, false);
  const known = peopleOf(masterKey, before, who);
  const rows = await findRows({ db, masterKey }, issuerId, who, known, before, lock);
  // What was being issued while its row was waited for is there now.
  const credentials = lock ? await findCredentials(db, masterKey, issuerId, who, true) : before;
  const people = peopleOf(masterKey, credentials, who);
  const ids = credentials.map(({ id }) => id);
  return {
    credentials,
    ...people,
    files: await findFiles(db, ids),
    letters: await findLetters(db, masterKey, issuerId, credentials, people.emails),
    rows,
  };
}

/** What is kept of one credential's learner for that credential: its file, its letters, its row. */
export async function findOneCredential(
  { db, masterKey }: { db: Executor; masterKey: MasterKey },
  credential: CredentialRow,
): Promise<LearnerData> {
  const { id, issuer_id, roster_id } = credential;
  const rows =
    roster_id === null
      ? []
      : await db
          .selectFrom('roster_row')
          .selectAll()
          .where('roster_id', '=', roster_id)
          .where('credential_id', '=', id)
          .execute();
  return {
    credentials: [credential],
    ...peopleOf(masterKey, [credential], {}),
    files: await findFiles(db, [id]),
    letters: await findLetters(db, masterKey, issuer_id, [credential], []),
    rows,
  };
}

/** Every credential of a learner, in whatever state. */
export async function findCredentials(
  db: Executor,
  masterKey: MasterKey,
  issuerId: string,
  { email, id, identifiers, credential }: Who,
  lock: boolean,
): Promise<CredentialRow[]> {
  const own = () => db.selectFrom('credential').selectAll().where('issuer_id', '=', issuerId);
  const found = new Map<string, CredentialRow>();
  const recipients = new Set<string>();
  for (const known of [{ email }, { id }, { identifiers }]) {
    const recipient = Object.values(known)[0] === undefined ? null : recipientOf(masterKey, known as { email: string });
    if (recipient !== null) recipients.add(recipient);
  }
  if (credential !== undefined) {
    const row = await own().where('id', '=', credential).executeTakeFirst();
    if (row?.recipient) recipients.add(row.recipient);
    if (row !== undefined) for (const edition of await findEditions(db, issuerId, row)) found.set(edition.id, edition);
  }
  for (const row of await findOfRecipients(db, issuerId, [...recipients])) found.set(row.id, row);
  const ids = [...found.keys()].sort();
  if (!lock || ids.length === 0) return ids.map((key) => found.get(key) as CredentialRow);
  return await own().where('id', 'in', ids).orderBy('id').forUpdate().execute();
}

/** What recipients were issued, in whatever state. Some of it may come twice. */
async function findOfRecipients(
  db: Executor,
  issuerId: string,
  recipients: readonly string[],
): Promise<CredentialRow[]> {
  if (recipients.length === 0) return [];
  // Three ways, so that each has an index: those in force by achievement, records by having none, the others by status list.
  const theirs = db
    .selectFrom('credential')
    .selectAll()
    .where('issuer_id', '=', issuerId)
    .where('recipient', 'in', recipients);
  const inForce = theirs.where('state', 'in', ['active', 'suspended']);
  const ofAchievements = inForce.where('achievement_id', 'in', (query) =>
    query.selectFrom('achievement').select('id').where('issuer_id', '=', issuerId),
  );
  const records = inForce.where('achievement_id', 'is', null);
  const others = theirs
    .where('state', '<>', 'active')
    .where('status_list_id', 'in', (query) =>
      query.selectFrom('status_list').select('id').where('issuer_id', '=', issuerId),
    );
  const found: CredentialRow[] = [];
  for (const query of [ofAchievements, records, others]) found.push(...(await query.execute()));
  return found;
}

/** The learner records of each issuer above that hold any of these. What else is kept there of a learner is no unit's business. */
export async function findRecordsAbove(
  db: Executor,
  issuer: IssuerRow,
  { credentials }: Pick<LearnerData, 'credentials'>,
): Promise<RecordsAbove[]> {
  const recipients = [...new Set(credentials.map(({ recipient }) => recipient).filter((one) => one !== null))];
  const all: RecordsAbove[] = [];
  for (const id of await listAncestors(db, issuer)) {
    if (id === issuer.id) continue;
    const found = await findOfRecipients(db, id, recipients);
    const kept = found.filter(
      (record) =>
        record.achievement_id === null &&
        record.document !== null &&
        credentials.some((credential) => holds(record, `/credentials/${credential.id}"`)),
    );
    const records = [...new Map(kept.map((record) => [record.id, record])).values()];
    const above = records.length === 0 ? undefined : await findIssuerById(db, id);
    if (above !== undefined) all.push({ issuer: above, records });
  }
  return all;
}

/** A credential, and of a learner who is known by name alone the editions before and after it. */
async function findEditions(db: Executor, issuerId: string, credential: CredentialRow): Promise<CredentialRow[]> {
  const found = new Map([[credential.id, credential]]);
  for (let edge = credential.recipient === null ? [credential] : []; edge.length > 0; ) {
    const next = await db
      .selectFrom('credential')
      .selectAll()
      .where('issuer_id', '=', issuerId)
      .where('recipient', 'is', null)
      .where(({ or, eb }) =>
        or([
          eb(
            'superseded_by',
            'in',
            edge.map(({ id }) => id),
          ),
          eb(
            'id',
            'in',
            edge.map(({ superseded_by, id }) => superseded_by ?? id),
          ),
        ]),
      )
      .execute();
    edge = next.filter(({ id }) => !found.has(id));
    for (const row of edge) found.set(row.id, row);
  }
  return [...found.values()];
}

function peopleOf(masterKey: MasterKey, credentials: readonly CredentialRow[], who: Who) {
  const people = credentials.map((credential) => openPerson(masterKey, credential));
  const distinct = (values: (string | undefined)[]) => [
    ...new Set(values.filter((value) => value !== undefined && value !== '')),
  ];
  return {
    names: distinct(people.map(({ name }) => name)) as string[],
    emails: distinct([who.email, ...people.map(({ email }) => email)].map((email) => email?.toLowerCase())) as string[],
  };
}

/**
 * Rows of lists: those of the credentials, those that hold an address or identifier of the learner, and those that could not be
 * read and bear the name.
 */
async function findRows(
  { db, masterKey }: { db: Executor; masterKey: MasterKey },
  issuerId: string,
  { id, identifiers }: Who,
  { names, emails }: { names: string[]; emails: string[] },
  credentials: readonly CredentialRow[],
  lock: boolean,
): Promise<RosterLine[]> {
  const ids = credentials.map((credential) => credential.id);
  const marks = textsOf({ id, identifiers }, { emails }).map((text) => markOf(masterKey, text));
  marks.push(...names.map((name) => markOfName(masterKey, name)));
  let query = db
    .selectFrom('roster_row')
    .selectAll()
    .where('roster_id', 'in', (rosters) => rosters.selectFrom('roster').select('id').where('issuer_id', '=', issuerId))
    .where(({ or, eb }) =>
      or([
        ...(ids.length > 0 ? [eb('credential_id', 'in', ids)] : []),
        ...(marks.length > 0 ? [sql<boolean>`marks && ${marks}::text[]`] : []),
      ]),
    )
    .orderBy('roster_id')
    .orderBy('line');
  if (lock) query = query.forUpdate();
  return await query.execute();
}

/** How addresses and identifiers of a learner stand in JSON, with the quotes: no part of another's. */
export function marksOf(who: Who, { emails }: Pick<LearnerData, 'emails'>): string[] {
  return textsOf(who, { emails }).map((text) => JSON.stringify(text).toLowerCase());
}

const textsOf = ({ id, identifiers }: Who, { emails }: Pick<LearnerData, 'emails'>): string[] => [
  ...emails,
  ...(id === undefined ? [] : [id]),
  ...Object.values(identifiers ?? {}),
];

async function findFiles(db: Executor, credentialIds: readonly string[]): Promise<EvidenceFileRow[]> {
  if (credentialIds.length === 0) return [];
  return await db
    .selectFrom('evidence_file')
    .selectAll()
    .where('state', '=', 'kept')
    .where('id', 'in', (uses) =>
      uses.selectFrom('evidence_use').select('evidence_id').where('credential_id', 'in', credentialIds),
    )
    .orderBy('id')
    .execute();
}

/** About the credentials, and those about none that were written to one of the addresses. */
async function findLetters(
  db: Executor,
  masterKey: MasterKey,
  issuerId: string,
  credentials: readonly CredentialRow[],
  emails: readonly string[],
): Promise<KeptLetter[]> {
  const found: KeptLetter[] = [];
  const own = () => db.selectFrom('mail').selectAll().where('issuer_id', '=', issuerId).orderBy('id');
  const kept = (row: MailRow, letter: Letter): KeptLetter => ({
    ...letter,
    id: row.id,
    state: row.state,
    createdAt: row.created_at,
    sentAt: row.sent_at,
  });
  const { language } = (await findPolicy(db, issuerId)).policy;
  const ids = credentials.map(({ id }) => id);
  const about = ids.length === 0 ? [] : await own().where('credential_id', 'in', ids).execute();
  for (const row of about) {
    const credential = credentials.find(({ id }) => id === row.credential_id);
    if (row.kind === 'letter' || credential === undefined) continue;
    // The link that speaks in the learner's name stays out of what others read.
    const letter = writeLetter(masterKey, row.kind, credential, language, { claim: '…', page: '…' });
    found.push(kept(row, letter ?? { to: '', subject: '', text: '' }));
  }
  if (emails.length === 0) return found;
  for (let after = ''; ; ) {
    const rows = await own().where('credential_id', 'is', null).where('id', '>', after).limit(500).execute();
    for (const row of rows) {
      const letter = openLetter(masterKey, row);
      if (emails.includes(letter.to.toLowerCase())) found.push(kept(row, letter));
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < 500) return found;
    after = last.id;
  }
}

import { randomUUID } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { Executor, Tables } from '../database.ts';
import type { MasterKey } from '../master-key.ts';

/** What is written to one person. */
export interface Letter {
  to: string;
  subject: string;
  text: string;
  html?: string;
}

export type NewLetter = Letter & {
  /** Null for letters of the instance. */
  issuerId: string | null;
};
export type MailRow = Selectable<Tables['mail']>;

const purposeOf = (mailId: string) => `mail ${mailId}`;

/** Put letters into the queue, best in the transaction of what they tell about: both happen, or neither. */
export async function queueMail(
  db: Executor,
  masterKey: MasterKey,
  letters: readonly NewLetter[],
  now: Date,
): Promise<void> {
  if (letters.length === 0) return;
  const rows = letters.map(({ issuerId, ...content }) => {
    const id = randomUUID();
    const kind = 'letter' as const;
    return { id, issuer_id: issuerId, kind, content: seal(masterKey, id, content), next_at: now, created_at: now };
  });
  await db.insertInto('mail').values(rows).execute();
}

/** The same for letters about credentials of an issuer, which are written when they are sent. */
export async function queueAbout(
  db: Executor,
  kind: 'claim' | 'reminder',
  credentials: readonly { id: string; issuer_id: string }[],
  now: Date,
): Promise<void> {
  const [first] = credentials;
  if (first === undefined) return;
  const pairs = credentials.map(({ id }) => sql`(${randomUUID()}, ${id})`);
  await sql`
    insert into mail (id, credential_id, issuer_id, kind, next_at, created_at)
    select given.*, ${first.issuer_id}::text, ${kind}::text, ${now}::timestamptz, ${now}::timestamptz
    from (values ${sql.join(pairs)}) as given`.execute(db);
}

/** The same letter once more, under an id of its own; gives that id. */
export async function queueAgain(db: Executor, masterKey: MasterKey, row: MailRow, now: Date): Promise<string> {
  const id = randomUUID();
  const again = { state: 'waiting', attempts: 0, next_at: now, created_at: now, sent_at: null, fault: null } as const;
  const content = row.content === null ? null : seal(masterKey, id, openLetter(masterKey, row));
  await db
    .insertInto('mail')
    .values({ ...row, ...again, id, content })
    .execute();
  return id;
}

const seal = (masterKey: MasterKey, id: string, content: object) =>
  masterKey.seal(new TextEncoder().encode(JSON.stringify(content)), purposeOf(id));

/** Which of these letters are there. */
export async function findKept(db: Executor, ids: readonly string[]): Promise<Set<string>> {
  const found = await db.selectFrom('mail').select('id').where('id', 'in', ids).execute();
  return new Set(found.map(({ id }) => id));
}

/** A letter of the kind `letter`. Throws MasterKeyWrong. */
export function openLetter(masterKey: MasterKey, { id, content }: Pick<MailRow, 'id' | 'content'>): Letter {
  if (content === null) throw new Error('this letter is written from its credential');
  return JSON.parse(new TextDecoder().decode(masterKey.open(content, purposeOf(id)))) as Letter;
}

/** To whom a letter of the kind `letter` goes. Throws MasterKeyWrong. */
export const addresseeOf = (masterKey: MasterKey, row: Pick<MailRow, 'id' | 'content'>): string =>
  openLetter(masterKey, row).to;

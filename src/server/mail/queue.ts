import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Executor, Tables } from '../database.ts';
import type { MasterKey } from '../master-key.ts';
import { type LetterLanguage, writeClaimLetter, writeReminder } from './texts.ts';

/** What is written to one person. */
export interface Letter {
  to: string;
  subject: string;
  text: string;
  html?: string;
}

/** What tells a learner of a credential. Its text is written when it is sent: the claim link is kept nowhere. */
export interface ClaimLetter {
  to: string;
  /** The learner's; null when it is not known. */
  name: string | null;
  title: string;
  issuer: string;
  language: LetterLanguage;
}

/** What reminds a learner that a credential ends; also written when it is sent. */
export interface Reminder extends Omit<ClaimLetter, 'name'> {
  /** ISO 8601. */
  endsAt: string;
}

/** Of a credential, as they hold when a letter is sent. */
export interface CredentialLinks {
  claim: string;
  /** What its learner opens: the claim link, until everybody who has the address may read it. */
  page: string;
}

interface About {
  /** Null for letters of the instance. */
  issuerId: string | null;
  /** The credential that it is about. */
  credentialId?: string;
}
export type NewLetter = Letter & About;
export type NewClaimLetter = ClaimLetter & { issuerId: string; credentialId: string };
export type NewReminder = Reminder & { issuerId: string; credentialId: string };
export type MailRow = Selectable<Tables['mail']>;

const purposeOf = (mailId: string) => `mail ${mailId}`;

/** Put letters into the queue, best in the transaction of what they tell about: both happen, or neither. */
export function queueMail(db: Executor, masterKey: MasterKey, letters: readonly NewLetter[], now: Date): Promise<void> {
  return queue(db, masterKey, 'letter', letters, now);
}

/** The same for letters that bring a claim link, or do while the credential is not accepted. */
export function queueClaimLetters(
  db: Executor,
  masterKey: MasterKey,
  letters: readonly (NewClaimLetter | NewReminder)[],
  now: Date,
): Promise<void> {
  return queue(db, masterKey, 'claim', letters, now);
}

async function queue(
  db: Executor,
  masterKey: MasterKey,
  kind: MailRow['kind'],
  letters: readonly About[],
  now: Date,
): Promise<void> {
  if (letters.length === 0) return;
  const rows = letters.map(({ issuerId, credentialId, ...content }) => {
    const id = randomUUID();
    return {
      id,
      issuer_id: issuerId,
      credential_id: credentialId ?? null,
      kind,
      content: seal(masterKey, id, content),
      next_at: now,
      created_at: now,
    };
  });
  await db.insertInto('mail').values(rows).execute();
}

/** The same letter once more, under an id of its own; gives that id. */
export async function queueAgain(db: Executor, masterKey: MasterKey, row: MailRow, now: Date): Promise<string> {
  const id = randomUUID();
  const again = { state: 'waiting', attempts: 0, next_at: now, created_at: now, sent_at: null, fault: null } as const;
  await db
    .insertInto('mail')
    .values({ ...row, ...again, id, content: seal(masterKey, id, open(masterKey, row)) })
    .execute();
  return id;
}

const seal = (masterKey: MasterKey, id: string, content: object) =>
  masterKey.seal(new TextEncoder().encode(JSON.stringify(content)), purposeOf(id));

function open(masterKey: MasterKey, { id, content }: Pick<MailRow, 'id' | 'content'>): object {
  return JSON.parse(new TextDecoder().decode(masterKey.open(content, purposeOf(id)))) as object;
}

/** Which of these letters are there. */
export async function findKept(db: Executor, ids: readonly string[]): Promise<Set<string>> {
  const found = await db.selectFrom('mail').select('id').where('id', 'in', ids).execute();
  return new Set(found.map(({ id }) => id));
}

/** To whom a row of the queue goes. Throws MasterKeyWrong. */
export function addresseeOf(masterKey: MasterKey, row: Pick<MailRow, 'id' | 'content'>): string {
  return (open(masterKey, row) as { to: string }).to;
}

/** The letter of a row of the queue, with the links of its credential. Throws MasterKeyWrong. */
export function openLetter(
  masterKey: MasterKey,
  row: Pick<MailRow, 'id' | 'content' | 'kind'>,
  links: CredentialLinks | null = null,
): Letter {
  const content = open(masterKey, row);
  if (row.kind === 'letter') return content as Letter;
  if (links === null) throw new Error('a claim letter needs its link');
  const letter = content as ClaimLetter | Reminder;
  const written = 'endsAt' in letter ? writeReminder(letter, links.page) : writeClaimLetter(letter, links.claim);
  return { to: letter.to, ...written };
}

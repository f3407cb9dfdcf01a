import { randomUUID } from 'node:crypto';
import type { Executor, Tables } from '../database.ts';
import type { MasterKey } from '../master-key.ts';

/** What is written to one person. */
export interface Letter {
  to: string;
  subject: string;
  text: string;
  html?: string;
}

export interface NewLetter extends Letter {
  /** Null for letters of the instance. */
  issuerId: string | null;
  /** The credential that it is about. */
  credentialId?: string;
}

const purposeOf = (mailId: string) => `mail ${mailId}`;

/** Put letters into the queue, best in the transaction of what they tell about: both happen, or neither. */
export async function queueMail(
  db: Executor,
  masterKey: MasterKey,
  letters: readonly NewLetter[],
  now: Date,
): Promise<void> {
  if (letters.length === 0) return;
  const rows: Tables['mail'][] = letters.map(({ issuerId, credentialId, ...letter }) => {
    const id = randomUUID();
    return {
      id,
      issuer_id: issuerId,
      credential_id: credentialId ?? null,
      content: masterKey.seal(new TextEncoder().encode(JSON.stringify(letter)), purposeOf(id)),
      state: 'waiting',
      attempts: 0,
      next_at: now,
      created_at: now,
      sent_at: null,
      fault: null,
    };
  });
  await db.insertInto('mail').values(rows).execute();
}

/** The letter of a row of the queue. Throws MasterKeyWrong. */
export function openLetter(masterKey: MasterKey, { id, content }: Pick<Tables['mail'], 'id' | 'content'>): Letter {
  return JSON.parse(new TextDecoder().decode(masterKey.open(content, purposeOf(id)))) as Letter;
}

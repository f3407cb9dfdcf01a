import { titleOf } from '../../core/answer.ts';
import type { JsonObject } from '../../core/json/json.ts';
import type { Database } from '../database.ts';
import { type NewLetter, queueMail } from '../mail/queue.ts';
import type { MasterKey } from '../master-key.ts';
import { findPolicy, type Policy } from '../policy/policy.ts';
import { Runner } from '../runner.ts';
import { openPerson } from './person.ts';
import type { CredentialRow } from './store.ts';

interface RemindDeps {
  db: Database;
  masterKey: MasterKey;
  publicUrl: string;
  now(): Date;
}

const day = 86_400_000;
const chunkSize = 100;
/** In milliseconds. */
const lookEvery = 60_000;

/** Writes to learners whose credentials end soon, where their issuers want it. */
export function runReminders(deps: RemindDeps, onError: (error: unknown) => void): Runner {
  return new Runner(
    () => {
      let next = 0;
      return async () => {
        if (performance.now() < next) return 0;
        const reminded = await remind(deps);
        if (reminded === 0) next = performance.now() + lookEvery;
        return reminded;
      };
    },
    { lanes: 1, onError },
  );
}

/**
 * One letter for each credential that ends soon, once: the letter and the mark that it was written are one transaction, and
 * several processes take different credentials. Gives how many were taken.
 */
export async function remind(deps: RemindDeps): Promise<number> {
  const { db, masterKey, now } = deps;
  const decided = await db.selectFrom('policy').select('value').where('name', '=', 'expiryReminderDays').execute();
  const longest = Math.max(0, ...decided.map(({ value }) => Number(JSON.parse(value) ?? 0)));
  if (longest === 0) return 0;
  const at = now();
  const issuers = await db
    .selectFrom('credential')
    .select('issuer_id')
    .distinct()
    .where('valid_until', '>', at)
    .where('valid_until', '<=', new Date(at.getTime() + longest * day))
    .where('reminded_at', 'is', null)
    .where('state', '=', 'active')
    .execute();
  let taken = 0;
  for (const { issuer_id } of issuers) {
    const { policy } = await findPolicy(db, issuer_id);
    if (policy.expiryReminderDays === null) continue;
    const until = new Date(at.getTime() + policy.expiryReminderDays * day);
    taken += await db.transaction().execute(async (trx) => {
      const found = await trx
        .selectFrom('credential')
        .selectAll()
        .where('issuer_id', '=', issuer_id)
        .where('valid_until', '>', at)
        .where('valid_until', '<=', until)
        .where('reminded_at', 'is', null)
        .where('state', '=', 'active')
        .where('claim_state', '<>', 'declined')
        .where('person', 'is not', null)
        .where('document', 'is not', null)
        .orderBy('valid_until')
        .limit(chunkSize)
        .forUpdate()
        .skipLocked()
        .execute();
      if (found.length === 0) return 0;
      await trx
        .updateTable('credential')
        .set({ reminded_at: at })
        .where(
          'id',
          'in',
          found.map(({ id }) => id),
        )
        .execute();
      const letters = found.flatMap((credential) => writeReminder(deps, credential, policy.language));
      await queueMail(trx, masterKey, letters, at);
      return found.length;
    });
  }
  return taken;
}

const texts = {
  en: {
    subject: (title: string) => `Your credential “${title}” ends soon`,
    text: (title: string, issuer: string, date: string) =>
      `Your credential “${title}” from ${issuer} ends on ${date}.\n\nYou find it here:`,
  },
  es: {
    subject: (title: string) => `Su credencial «${title}» vence pronto`,
    text: (title: string, issuer: string, date: string) =>
      `Su credencial «${title}», de ${issuer}, vence el ${date}.\n\nLa encuentra aquí:`,
  },
} satisfies Record<Policy['language'], unknown>;

function writeReminder(
  { masterKey, publicUrl }: RemindDeps,
  credential: CredentialRow,
  language: Policy['language'],
): NewLetter[] {
  const { email } = openPerson(masterKey, credential);
  if (email === undefined || credential.document === null) return [];
  const document = JSON.parse(credential.document) as JsonObject & { issuer: { name: string } };
  const words = texts[language];
  // Written by people: nothing of it begins a line of its own.
  const title = oneLine(titleOf(document) ?? '');
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    credential.valid_until ?? 0,
  );
  return [
    {
      issuerId: credential.issuer_id,
      credentialId: credential.id,
      to: email,
      subject: words.subject(title),
      text: `${words.text(title, oneLine(document.issuer.name), date)}\n${publicUrl}/credentials/${credential.id}\n`,
    },
  ];
}

const oneLine = (text: string) =>
  text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069\s]+/gu, ' ').slice(0, 300);

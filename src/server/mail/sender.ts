import { sql } from 'kysely';
import { claimUrl } from '../claim/claim.ts';
import { writeLetter } from '../claim/letters.ts';
import type { CredentialRow } from '../credential/store.ts';
import type { Database } from '../database.ts';
import type { MasterKey } from '../master-key.ts';
import { findPolicy } from '../policy/policy.ts';
import { type Letter, type MailRow, openLetter } from './queue.ts';
import type { LetterLanguage } from './texts.ts';
import { connections, faultOf, MailRefused, type MailTransport } from './transport.ts';

interface SenderDeps {
  db: Database;
  masterKey: MasterKey;
  publicUrl: string;
  now(): Date;
}

type About = Pick<
  CredentialRow,
  'id' | 'issuer_id' | 'claim_version' | 'claim_state' | 'document' | 'person' | 'valid_until'
> & { language: LetterLanguage };

const batch = 20;
/** Longer than a batch can take; then the letters of a killed process go to another one. In milliseconds. */
const lease = 600_000;
const idle = 1000;
/** After a fault of the connection itself. */
const pause = 5000;
/** About three days, with waits from one minute to four hours. */
const maximumAttempts = 24;
const minute = 60_000;

/** How long a letter waits after so many attempts; spread, so that a server that comes back is not overrun. */
export const waitAfter = (attempts: number, random = Math.random()) =>
  Math.min(minute * 2 ** (attempts - 1), 240 * minute) * (0.75 + random / 2);

/**
 * Sends what waits in the queue until it is closed. Any number of processes do so side by side. A letter is taken by moving
 * its next attempt into the future, so that no transaction is open while a mail server thinks; who takes it counts the
 * attempt, and only the holder of the last attempt writes down what came of it.
 */
export class MailSender {
  private readonly deps: SenderDeps;
  private readonly transport: MailTransport;
  private readonly onError: (error: unknown) => void;
  private readonly working: Promise<void>;
  private closed = false;
  private wake: () => void = () => undefined;

  constructor(
    deps: SenderDeps,
    transport: MailTransport,
    { onError }: { onError: (error: unknown) => void } = { onError: () => undefined },
  ) {
    this.deps = deps;
    this.transport = transport;
    this.onError = onError;
    this.working = this.work();
  }

  /** Letters under way are given up: they are tried again later, as after a kill. */
  async close(): Promise<void> {
    this.closed = true;
    this.wake();
    await this.transport.close();
    await this.working;
  }

  private async work(): Promise<void> {
    while (!this.closed) {
      const wait = await this.step().catch((error: unknown) => {
        // The database may be gone for a while; the letters are still there.
        this.onError(error);
        return pause;
      });
      if (wait > 0 && !this.closed) await this.rest(wait);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Gives how long to wait before the next step. */
  private async step(): Promise<number> {
    const rows = await this.take();
    if (rows.length === 0) return idle;
    const credentials = await this.findCredentials(rows);
    const sent: MailRow[] = [];
    let faults = 0;
    const left = [...rows];
    const lane = async () => {
      for (let row = left.shift(); row !== undefined; row = left.shift()) {
        // What is not begun when the process ends stays for the next.
        if (this.closed) return await this.giveBack(row);
        try {
          await this.transport.send({ ...this.letterOf(row, credentials), id: row.id, date: row.created_at });
          sent.push(row);
        } catch (error) {
          if (!(error instanceof MailRefused)) faults++;
          await this.keepFault(row, error);
        }
      }
    };
    try {
      await Promise.all(Array.from({ length: connections }, lane));
    } finally {
      await this.keepSent(sent);
    }
    if (faults === rows.length) return pause;
    return (await this.isIssuing()) ? idle : 0;
  }

  private async take(): Promise<MailRow[]> {
    const { db, now } = this.deps;
    const until = new Date(now().getTime() + lease);
    return await db
      .updateTable('mail')
      .set((mail) => ({ attempts: mail('attempts', '+', 1), next_at: until }))
      .where(({ selectFrom }) => {
        const next = selectFrom('mail')
          .select('id')
          .where('state', '=', 'waiting')
          .where('next_at', '<=', now())
          .orderBy('next_at')
          .limit(batch)
          .forUpdate()
          .skipLocked();
        // An array is made once; a plan may ask a set again for each row, and take more than the batch.
        return sql<boolean>`id = any(array(${next}))`;
      })
      .returningAll()
      .execute();
  }

  /** Letters go out slowly while lists are issued: both want the same processors, and a list is done in minutes. */
  private async isIssuing(): Promise<boolean> {
    const running = await this.deps.db
      .selectFrom('roster')
      .select('id')
      .where('state', '=', 'running')
      .limit(1)
      .execute();
    return running.length > 0;
  }

  /** What letters are about, as far as it is in force, with the language of its letters. */
  private async findCredentials(rows: readonly MailRow[]): Promise<Map<string, About>> {
    const { db } = this.deps;
    const ids = rows.flatMap(({ credential_id }) => credential_id ?? []);
    if (ids.length === 0) return new Map();
    const found = await db
      .selectFrom('credential')
      .select(['id', 'issuer_id', 'claim_version', 'claim_state', 'document', 'person', 'valid_until'])
      .where('id', 'in', ids)
      .where('state', '=', 'active')
      .execute();
    const languages = new Map<string, LetterLanguage>();
    for (const id of new Set(found.map(({ issuer_id }) => issuer_id)))
      languages.set(id, (await findPolicy(db, id)).policy.language);
    return new Map(
      found.map((credential) => [
        credential.id,
        { ...credential, language: languages.get(credential.issuer_id) as LetterLanguage },
      ]),
    );
  }

  private letterOf(row: MailRow, credentials: Map<string, About>): Letter {
    const { masterKey, publicUrl } = this.deps;
    if (row.kind === 'letter') return openLetter(masterKey, row);
    const about = credentials.get(row.credential_id ?? '');
    if (about === undefined) throw new MailRefused('the credential is not in force');
    const claim = claimUrl(this.deps, about);
    const page = about.claim_state === 'accepted' ? `${publicUrl}/credentials/${about.id}` : claim;
    const letter = writeLetter(masterKey, row.kind, about, about.language, { claim, page });
    if (letter === null) throw new MailRefused('no address of its learner is known any more');
    return letter;
  }

  private async keepSent(rows: readonly MailRow[]): Promise<void> {
    if (rows.length === 0) return;
    const pairs = rows.map(({ id, attempts }) => sql`(${id}::text, ${attempts}::integer)`);
    await sql`
      update mail set state = 'sent', sent_at = ${this.deps.now()}, fault = null
      from (values ${sql.join(pairs)}) as given (id, attempts)
      where mail.id = given.id and mail.attempts = given.attempts and mail.state = 'waiting'`.execute(this.deps.db);
  }

  private async keepFault({ id, attempts }: MailRow, error: unknown): Promise<void> {
    const last = error instanceof MailRefused || attempts >= maximumAttempts;
    const next = new Date(this.deps.now().getTime() + waitAfter(attempts));
    await this.deps.db
      .updateTable('mail')
      .set({ fault: faultOf(error).slice(0, 200), ...(last ? { state: 'failed' } : { next_at: next }) })
      .where('id', '=', id)
      .where('attempts', '=', attempts)
      .where('state', '=', 'waiting')
      .execute();
  }

  private async giveBack({ id, attempts }: MailRow): Promise<void> {
    await this.deps.db
      .updateTable('mail')
      .set({ attempts: attempts - 1, next_at: this.deps.now() })
      .where('id', '=', id)
      .where('attempts', '=', attempts)
      .where('state', '=', 'waiting')
      .execute();
  }

  private rest(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

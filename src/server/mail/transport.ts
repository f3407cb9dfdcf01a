import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { isEmail } from '../../core/issue/learner.ts';
import { readUrl } from '../../core/read-url.ts';
import type { Letter } from './queue.ts';

/** A letter with what makes it one message, however often it is sent. */
export interface Message extends Letter {
  /** Of its row in the queue. */
  id: string;
  date: Date;
}

export interface MailTransport {
  /** Done when the other side has taken it; throws MailRefused when it never will, anything else when it may later. */
  send(message: Message): Promise<void>;
  /** Take away what lies here of letters that the queue keeps no longer. */
  forget(findKept: (ids: readonly string[]) => Promise<ReadonlySet<string>>): Promise<void>;
  close(): Promise<void>;
}

/** Trying again would change nothing. */
export class MailRefused extends Error {
  override readonly name = 'MailRefused';
}

export interface MailPlace {
  /** Null: letters become files in `outbox`. */
  smtpUrl: string | null;
  mailFrom: string;
  /** A folder. */
  outbox: string;
  publicUrl: string;
}

/** For one letter, from first word to last; in milliseconds. */
const deadline = 60_000;
export const connections = 5;

/** Where letters go: an SMTP server, or files in a folder. */
export function openTransport(place: MailPlace): MailTransport {
  return place.smtpUrl === null ? toFolder(place) : toServer(place, place.smtpUrl);
}

function toServer(place: MailPlace, smtpUrl: string): MailTransport {
  const { protocol, username, hostname } = new URL(smtpUrl);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  const mailer = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: connections,
    // Trying again is the queue's work, which counts it.
    maxRequeues: 0,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
    // A password never travels in clear.
    ...(protocol === 'smtp:' && username !== '' && !local ? { requireTLS: true } : {}),
  });
  return {
    async send(message) {
      try {
        await mailer.sendMail({ ...compose(place, message), signal: AbortSignal.timeout(deadline) });
      } catch (error) {
        if (isRefusal(error)) throw new MailRefused(faultOf(error));
        throw error;
      }
    },
    forget: async () => undefined,
    close: async () => mailer.close({ force: true }),
  };
}

/** What the server says of this letter, not of us: a wrong password or sender is mended without losing letters. */
function isRefusal(error: unknown): boolean {
  const { code, command, permanent } = error as { code?: string; command?: string; permanent?: boolean };
  return permanent === true && (code === 'EENVELOPE' || code === 'EMESSAGE') && command !== 'MAIL FROM';
}

/** For the list of letters: what the other side answered, without the address. */
export function faultOf(error: unknown): string {
  if (error instanceof MailRefused) return error.message;
  const { code, responseCode, command } = error as { code?: string; responseCode?: number; command?: string };
  return [code ?? (error as Error).name, command, responseCode].filter((part) => part !== undefined).join(' ');
}

/** When it was written, and its id. */
const letterFile = /^\d{4}-[\dTZ.-]+-([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})\.eml(?:\.part)?$/;

function toFolder(place: MailPlace): MailTransport {
  const composer = createTransport({ streamTransport: true, buffer: true });
  return {
    async send(message) {
      const { message: bytes } = await composer.sendMail(compose(place, message));
      await mkdir(place.outbox, { recursive: true, mode: 0o700 });
      const name = join(place.outbox, `${message.date.toISOString().replaceAll(':', '-')}-${message.id}.eml`);
      // Whole or not at all, under a name that is the same when it is written twice.
      const file = await open(`${name}.part`, 'w', 0o600);
      try {
        await file.writeFile(bytes as Buffer);
      } finally {
        await file.close();
      }
      await rename(`${name}.part`, name);
    },
    async forget(findKept) {
      const names = await readdir(place.outbox).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw error;
      });
      const letters = names.flatMap((name) => {
        const [, id] = letterFile.exec(name) ?? [];
        return id === undefined ? [] : [{ id, name }];
      });
      for (let at = 0; at < letters.length; at += 500) {
        const some = letters.slice(at, at + 500);
        const kept = await findKept(some.map(({ id }) => id));
        for (const { id, name } of some) if (!kept.has(id)) await rm(join(place.outbox, name), { force: true });
      }
    },
    close: async () => undefined,
  };
}

/** Addresses are given as addresses, never to be parsed: a comma in one would make two. */
function compose({ mailFrom, publicUrl }: MailPlace, { id, date, to, subject, text, html }: Message) {
  if (!isEmail(to)) throw new MailRefused('not an e-mail address');
  return {
    from: mailFrom,
    to: { name: '', address: to },
    subject,
    text,
    ...(html === undefined ? {} : { html }),
    date,
    messageId: `<${id}@${readUrl(publicUrl)?.hostname ?? 'localhost'}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../database.ts';
import { MasterKey } from '../master-key.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { queueMail } from './queue.ts';
import { MailSender, waitAfter } from './sender.ts';
import { openTransport } from './transport.ts';

const masterKey = new MasterKey(randomBytes(32));
const publicUrl = 'https://assay.example';
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of closing.splice(0).toReversed()) await end();
});

/** A real SMTP server, and what it has taken. */
async function startSmtp(options: SMTPServerOptions = {}, port = 0) {
  const taken: ParsedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, _, done) {
      simpleParser(stream).then((mail) => {
        taken.push(mail);
        done();
      }, done);
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.server.address();
  const used = typeof address === 'object' && address !== null ? address.port : 0;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { taken, close, port: used, url: `smtp://127.0.0.1:${used}` };
}

const place = (smtpUrl: string | null, outbox = '/nowhere') => ({
  smtpUrl,
  mailFrom: 'Assay <no-reply@assay.example>',
  outbox,
  publicUrl,
});

describe('letters in a folder', () => {
  it('are whole messages, readable by their owner alone', async () => {
    const outbox = join(mkdtempSync(join(tmpdir(), 'assay-outbox-')), 'outbox');
    closing.push(async () => rmSync(join(outbox, '..'), { recursive: true }));
    const transport = openTransport(place(null, outbox));
    const message = { id: 'one', date: new Date(), to: 'ana@example.edu', subject: 'Hello', text: 'One\n' };
    await transport.send(message);
    await transport.send(message);
    const [file = '', ...more] = readdirSync(outbox);
    expect(more).toEqual([]);
    expect(statSync(join(outbox, file)).mode & 0o077).toBe(0);
    const mail = await simpleParser(readFileSync(join(outbox, file)));
    expect(mail).toMatchObject({ subject: 'Hello', messageId: '<one@assay.example>' });
    expect(mail.text?.trim()).toBe('One');
  });

  it('go when the queue keeps them no longer, and nothing else goes', async () => {
    const outbox = mkdtempSync(join(tmpdir(), 'assay-outbox-'));
    closing.push(async () => rmSync(outbox, { recursive: true }));
    const transport = openTransport(place(null, outbox));
    const [kept = '', gone = ''] = [randomUUID(), randomUUID()];
    for (const id of [kept, gone])
      await transport.send({ id, date: new Date(), to: 'ana@example.edu', subject: 'Hello', text: 'One\n' });
    writeFileSync(join(outbox, 'notes.eml'), 'of somebody else');
    await transport.forget(async (ids) => new Set(ids.filter((id) => id === kept)));
    const left = readdirSync(outbox).sort();
    expect(left).toEqual([expect.stringContaining(kept), 'notes.eml']);
    await openTransport(place(null, join(outbox, 'nowhere'))).forget(async () => new Set());
  });

  it('cannot be addressed to two, nor carry headers of others', async () => {
    const outbox = mkdtempSync(join(tmpdir(), 'assay-outbox-'));
    closing.push(async () => rmSync(outbox, { recursive: true }));
    const transport = openTransport(place(null, outbox));
    const message = { id: 'two', date: new Date(), subject: 'x\r\nBcc: evil@example.com\r\n\r\nbody', text: 't' };
    for (const to of ['a@x.edu, b@y.edu', 'a@x.edu\r\nBcc: b@y.edu', '<a@x.edu>', 'a', ''])
      await expect(transport.send({ ...message, to })).rejects.toThrow('not an e-mail address');
    await transport.send({ ...message, to: 'ana@example.edu' });
    const [file = ''] = readdirSync(outbox);
    const mail = await simpleParser(readFileSync(join(outbox, file)));
    expect(mail.bcc).toBeUndefined();
    expect(mail.subject).toContain('Bcc: evil@example.com');
  });
});

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

describe.each(['embedded', 'PostgreSQL'])('the sender of letters on %s', (name) => {
  let db: Database;
  let clock: number;
  beforeEach(async () => {
    db = await (databases.find((database) => database.name === name) as TestDatabase).open();
    clock = Date.parse('2026-11-20T10:00:00Z');
  });
  afterEach(() => db.destroy());

  const letters = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      issuerId: null,
      to: `learner${index}@example.edu`,
      subject: `Número ${index} – Žofie 漢字`,
      text: `Letter ${index}`,
      html: `<p>Letter ${index}</p>`,
    }));
  const queue = (count: number) => queueMail(db, masterKey, letters(count), new Date(clock));
  const start = (smtpUrl: string) => {
    const deps = { db, masterKey, publicUrl, now: () => new Date(clock) };
    const sender = new MailSender(deps, openTransport(place(smtpUrl)));
    closing.push(() => sender.close());
    return sender;
  };
  const rows = () => db.selectFrom('mail').selectAll().orderBy('created_at').execute();
  const until = async (done: () => Promise<boolean>) => {
    for (let tries = 0; tries < 300; tries++) {
      if (await done()) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`not done: ${JSON.stringify((await rows()).map(({ content, ...row }) => row))}`);
  };
  const allIn = (state: string) => async () => (await rows()).every((row) => row.state === state);

  it('sends each letter once, also with several senders at work', async () => {
    const smtp = await startSmtp();
    closing.push(smtp.close);
    await queue(60);
    start(smtp.url);
    start(smtp.url);
    await until(allIn('sent'));
    expect(smtp.taken).toHaveLength(60);
    const ids = (await rows()).map(({ id }) => `<${id}@assay.example>`);
    expect(smtp.taken.map(({ messageId }) => messageId).sort()).toEqual(ids.sort());
    const mail = smtp.taken.find(({ text }) => text?.trim() === 'Letter 7');
    expect(mail).toMatchObject({
      subject: 'Número 7 – Žofie 漢字',
      from: { text: '"Assay" <no-reply@assay.example>' },
    });
    expect(mail?.html).toContain('<p>Letter 7</p>');
    expect((await rows()).every(({ attempts, sent_at }) => attempts === 1 && sent_at !== null)).toBe(true);
  });

  it('ends with a refusal of the letter, and tries again what may go later', async () => {
    let full = true;
    const smtp = await startSmtp({
      onRcptTo({ address }, _, done) {
        const fault = (responseCode: number) => done(Object.assign(new Error('no'), { responseCode }));
        if (address === 'learner0@example.edu') return fault(550);
        if (address === 'learner1@example.edu' && full) return fault(452);
        return done();
      },
    });
    closing.push(smtp.close);
    await queue(3);
    start(smtp.url);
    await until(async () => (await rows()).every(({ state, fault }) => state !== 'waiting' || fault !== null));
    const state = async (index: number) => {
      const all = await rows();
      return all.find(({ id }) => id === first[index]?.id);
    };
    const first = await rows();
    const byState = first.map((row) => row.state).sort();
    expect(byState).toEqual(['failed', 'sent', 'waiting']);
    first.sort((one, two) => (one.state < two.state ? -1 : 1));
    expect(await state(0)).toMatchObject({ state: 'failed', attempts: 1 });
    expect((await state(0))?.fault).toContain('550');
    expect((await state(2))?.fault).toContain('452');
    // Not before its time.
    expect((await state(2))?.next_at.getTime()).toBeGreaterThan(clock);
    full = false;
    clock += 2 * 60_000;
    await until(async () => (await state(2))?.state === 'sent');
    expect(await state(2)).toMatchObject({ attempts: 2, fault: null });
    expect(smtp.taken).toHaveLength(2);
  });

  it('keeps what was under way when the connection broke, and what a server that is down cannot take', async () => {
    let open = 0;
    const dropping = createServer((socket: Socket) => {
      open++;
      socket.on('error', () => undefined);
      socket.write('220 hello\r\n');
      socket.on('data', (chunk) => {
        const text = chunk.toString();
        if (/^EHLO/.test(text)) socket.write('250 hello\r\n');
        else if (/^(MAIL|RCPT)/.test(text)) socket.write('250 ok\r\n');
        else if (/^DATA/.test(text)) socket.write('354 go\r\n');
        else socket.destroy();
      });
    });
    await new Promise<void>((resolve) => dropping.listen(0, '127.0.0.1', resolve));
    const { port } = dropping.address() as { port: number };
    await queue(2);
    const sender = start(`smtp://127.0.0.1:${port}`);
    await until(async () => (await rows()).every(({ fault, attempts }) => fault !== null && attempts === 1));
    expect(open).toBeGreaterThan(0);
    // Down: nobody listens.
    await new Promise<void>((resolve) => dropping.close(() => resolve()));
    clock += 2 * 60_000;
    await until(async () => (await rows()).every(({ attempts }) => attempts === 2));
    expect(await allIn('waiting')()).toBe(true);
    await sender.close();
    const smtp = await startSmtp({}, port);
    closing.push(smtp.close);
    clock += 10 * 60_000;
    start(smtp.url);
    await until(allIn('sent'));
    expect(smtp.taken).toHaveLength(2);
  });

  it('takes over from a process that was killed, and holds no transaction while it sends', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const smtp = await startSmtp({
      onData(stream, _, done) {
        stream.resume();
        stream.on('end', () => void held.then(() => done()));
      },
    });
    closing.push(smtp.close);
    await queue(1);
    const before = await rows();
    start(smtp.url);
    await until(async () => (await rows())[0]?.attempts === 1);
    // The database answers and can be written to, also the one with a single session.
    await db.transaction().execute((trx) => trx.updateTable('mail').set({ fault: 'x' }).execute());
    release();
    await until(allIn('sent'));
    // As a kill leaves it: taken, and never heard of again.
    await db.updateTable('mail').set({ state: 'waiting', sent_at: null, attempts: 1 }).execute();
    await db
      .updateTable('mail')
      .set({ next_at: new Date(clock + 600_000) })
      .execute();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect((await rows())[0]).toMatchObject({ id: before[0]?.id, state: 'waiting', attempts: 1 });
    clock += 600_001;
    await until(allIn('sent'));
    expect((await rows())[0]?.attempts).toBe(2);
  });
});

describe('the wait between attempts', () => {
  it('grows from a minute to hours, spread, and stays there', () => {
    expect(waitAfter(1, 0)).toBe(45_000);
    expect(waitAfter(1, 1)).toBe(75_000);
    expect(waitAfter(5, 0.5)).toBe(16 * 60_000);
    expect(waitAfter(24, 0.5)).toBe(240 * 60_000);
  });
});

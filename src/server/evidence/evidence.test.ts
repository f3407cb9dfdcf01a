import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/json/json.ts';
import { verifyCredential } from '../../core/verify/verify-credential.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { startS3, type TestS3 } from '../storage/test-s3.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { approvedAchievement, type Service, startService } from '../test-issuing.ts';

let databases: TestDatabase[];
let s3: TestS3;
beforeAll(async () => {
  databases = await startDatabases();
  s3 = await startS3();
});
afterAll(async () => {
  await s3.stop();
  for (const database of databases) await database.stop();
});

const issuer = '/api/issuers/northfield';
const pdf = (text: string) => Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`);
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const zip = Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18)]);
const sha256 = (bytes: Uint8Array, as: 'hex' | 'base64' = 'hex') => createHash('sha256').update(bytes).digest(as);

// Files in a folder and in an S3 storage: one with each database.
describe.each(['embedded', 'PostgreSQL'])('evidence on %s', (name) => {
  let service: Service;
  let achievement: string;
  let ahead = 0;
  beforeAll(async () => {
    service = await startService(
      databases.find((database) => database.name === name) as TestDatabase,
      undefined,
      { now: () => new Date(Date.now() + ahead) },
      name === 'embedded' ? {} : s3.environment,
    );
    achievement = await approvedAchievement(service);
  });
  afterAll(() => service.close());

  const post = (path: string, body: unknown, headers = {}) =>
    service.call('POST', `${issuer}${path}`, { key: service.key, body, headers });
  const upload = (content: Uint8Array, type = 'application/pdf', file = 'report.pdf', slug = 'northfield') =>
    service.call('POST', `/api/issuers/${slug}/evidence?name=${encodeURIComponent(file)}`, {
      key: service.key,
      body: content,
      headers: { 'content-type': type },
    });
  const issue = (email: string | undefined, evidence: JsonObject[], slug = 'northfield', what = achievement) =>
    service.call('POST', `/api/issuers/${slug}/credentials`, {
      key: service.key,
      body: {
        achievement: what,
        learner: { name: 'Ana', ...(email === undefined ? {} : { email }), evidence },
        duplicates: 'allow',
      },
    });
  const stored = () =>
    name === 'embedded' ? readdirSync(join(service.files, 'evidence')).sort() : s3.list('evidence');
  const codes = (answer: { body: JsonObject }) =>
    ((answer.body.findings ?? []) as JsonObject[]).map(({ code }) => code);

  it('signs the digest of a file, and opens it to whoever has a grant', async () => {
    const content = pdf('the work of Ana');
    expect((await upload(content, 'application/pdf', 'a\u0000b.pdf')).status).toBe(400);
    const file = await upload(content, 'application/pdf; x=y', '../../Ana\u202e’s "report".PDF');
    expect(file.status, file.text).toBe(201);
    expect(file.body).toMatchObject({
      name: 'Ana’s report.PDF',
      mediaType: 'application/pdf',
      size: content.length,
      digest: sha256(content),
    });
    const issued = await issue('ana@example.edu', [{ file: file.body.id as string, name: 'Report' }]);
    expect(issued.status, issued.text).toBe(201);
    const credential = issued.body.credential as JsonObject;
    const address = `https://assay.example/evidence/${file.body.id}`;
    expect(credential.evidence).toEqual([{ id: address, type: ['Evidence'], name: 'Report' }]);
    const [resource] = credential.relatedResource as JsonObject[];
    expect(resource).toMatchObject({ id: address, mediaType: 'application/pdf' });
    expect(Buffer.from(String(resource?.digestMultibase).slice(1), 'base64url').toString('hex')).toBe(
      `1220${sha256(content)}`,
    );
    const verify = (document: JsonObject) =>
      verifyCredential(document, { cryptography: nodeCryptography, network: service.network, now: new Date() });
    expect((await verify(credential)).verdict).toBe('verified');
    const other = { ...resource, digestMultibase: `uEi${'A'.repeat(44)}` } as JsonObject;
    expect((await verify({ ...credential, relatedResource: [other] })).verdict).toBe('not-verified');

    const path = new URL(address).pathname;
    for (const url of [path, `${path}?grant=${'A'.repeat(43)}`, `/evidence/${'A'.repeat(22)}`])
      expect((await service.call('GET', url)).status).toBe(403);
    const page = await service.call('GET', path, { headers: { accept: 'text/html' } });
    expect([page.status, page.headers['content-type']]).toEqual([403, 'text/html; charset=utf-8']);

    const grant = await post(`/evidence/${file.body.id}/grants`, { days: 3, reason: 'for an employer' });
    expect(grant.status, grant.text).toBe(201);
    const link = new URL(grant.body.url as string);
    const opened = await service.app.inject(link.pathname + link.search);
    expect(opened.statusCode).toBe(200);
    expect(opened.rawPayload.equals(content)).toBe(true);
    expect(opened.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(content.length),
      'content-disposition': `attachment; filename="Ana_s report.PDF"; filename*=UTF-8''Ana%E2%80%99s%20report.PDF`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'repr-digest': `sha-256=:${sha256(content, 'base64')}:`,
    });
    const part = async (range: string) => {
      const answer = await service.app.inject({ url: link.pathname + link.search, headers: { range } });
      return [answer.statusCode, answer.headers['content-range'], answer.body];
    };
    const { length } = content;
    expect(await part('bytes=17-24')).toEqual([206, `bytes 17-24/${length}`, content.toString().slice(17, 25)]);
    expect(await part('bytes=-6')).toEqual([206, `bytes ${length - 6}-${length - 1}/${length}`, '%%EOF\n']);
    expect(await part(`bytes=${length}-`)).toEqual([416, `bytes */${length}`, '']);
    expect((await part('bytes=1-2,4-5'))[0]).toBe(200);

    // Neither the storage nor the database tells what it is.
    const kept = await service.issuing.storage.get(`evidence/${file.body.id}`);
    expect((await buffer(kept?.content as NodeJS.ReadableStream)).includes('%PDF')).toBe(false);
    expect(JSON.stringify(await service.db.selectFrom('evidence_file').selectAll().execute())).not.toContain('report');

    ahead = 3 * 24 * 3_600_000 + 1000;
    expect((await service.call('GET', link.pathname + link.search)).status).toBe(403);
    ahead = 0;
    expect((await service.call('GET', link.pathname + link.search)).status).toBe(200);
    await post(`/evidence/${file.body.id}/grants/${grant.body.id}/withdraw`, { reason: 'enough' });
    expect((await service.call('GET', link.pathname + link.search)).status).toBe(403);
    const grants = await service.call('GET', `${issuer}/evidence/${file.body.id}/grants`, { key: service.key });
    expect(grants.body.items).toMatchObject([{ id: grant.body.id, withdrawn_at: expect.any(String) }]);
    const log = await service.db.selectFrom('audit_entry').select(['action', 'reason', 'detail']).execute();
    expect(log.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['evidence.upload', 'evidence.grant', 'evidence.withdraw']),
    );
    expect(JSON.stringify(log)).not.toContain(new URL(link).searchParams.get('grant'));
  });

  it('never brings one learner’s file to another, nor to another issuer', async () => {
    const [one, other] = [await upload(pdf('one')), await upload(pdf('other'))];
    const file = one.body.id as string;
    expect(codes(await issue('ana@example.edu', [{ file: 'A'.repeat(22) }]))).toEqual(['issue-evidence-file-unknown']);
    expect((await issue('ana@example.edu', [{ file }])).status).toBe(201);
    // A second credential of hers may carry it; nobody else's.
    expect((await issue('ANA@example.edu', [{ file }])).status).toBe(201);
    const refused = await issue('ben@example.edu', [{ file }, { file: other.body.id as string }]);
    expect([refused.status, codes(refused)]).toEqual([422, ['issue-evidence-file-of-another']]);
    const address = `https://ASSAY.example/evidence/${file}`;
    expect(codes(await issue('ben@example.edu', [{ id: address }]))).toEqual(['issue-evidence-file-of-another']);
    expect(codes(await issue(undefined, [{ file }]))).toEqual(['issue-evidence-file-of-another']);
    expect(codes(await issue('ben@example.edu', [{ id: 'data:text/plain,x' }]))).toEqual([
      'issue-evidence-address-wrong',
    ]);
    // What was refused took nothing with it.
    expect((await issue(undefined, [{ file: other.body.id as string }])).status).toBe(201);
    expect((await issue(undefined, [{ file: other.body.id as string }])).status).toBe(422);

    await post('/units', { slug: 'unit', profile: { name: 'Unit', url: 'https://unit.example' } });
    const theirs = await approvedAchievement(service, 'unit');
    expect(codes(await issue('ana@example.edu', [{ file }], 'unit', theirs))).toEqual(['issue-evidence-file-unknown']);
    const elsewhere = await service.call('GET', `/api/issuers/unit/evidence/${file}`, { key: service.key });
    expect(elsewhere.status).toBe(404);
  });

  it('gives a file to one of many who ask at once', async () => {
    const { body } = await upload(pdf('wanted'));
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, index) => issue(`l${index}@example.edu`, [{ file: body.id as string }])),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422, 422, 422]);
  });

  it('takes files with a roster, each for its own row', async () => {
    const files = await Promise.all(['a', 'b', 'c'].map(async (text) => (await upload(pdf(text))).body.id as string));
    await issue('cy@example.edu', [{ file: files[2] as string }]);
    const read = await service.call('POST', `${issuer}/rosters?achievement=${achievement}`, {
      key: service.key,
      body: [
        'name,email,evidence:file,evidence:name',
        `Al,al@example.edu,${files[0]},Work of Al`,
        `Bo,bo@example.edu,${files[1]},Work of Bo`,
        `Cy,cyril@example.edu,${files[2]},`,
        `Di,di@example.edu,${files[0]},`,
        'Ed,ed@example.edu,nothing,',
        'Flo,flo@example.edu,,',
      ].join('\n'),
      headers: { 'content-type': 'text/csv' },
    });
    expect(read.body).toMatchObject({ rows: 6, faulty: 3 });
    const at = `${issuer}/rosters/${read.body.id}`;
    const rows = await service.call('GET', `${at}/rows?state=faulty`, { key: service.key });
    expect(
      (rows.body.items as JsonObject[]).map(({ line, faults }) => [line, (faults as JsonObject[])[0]?.code]),
    ).toEqual([
      [4, 'issue-evidence-file-of-another'],
      [5, 'issue-evidence-file-of-another'],
      [6, 'issue-evidence-file-unknown'],
    ]);
    // Somebody else takes Bo's file meanwhile.
    await issue('early@example.edu', [{ file: files[1] as string }]);
    await service.call('POST', `${at}/start`, { key: service.key });
    await expect
      .poll(async () => (await service.call('GET', at, { key: service.key })).body, { timeout: 20_000 })
      .toMatchObject({ state: 'done', issued: 2, failed: 1 });
    const credentials = await service.db
      .selectFrom('credential')
      .select(['document'])
      .where('roster_id', '=', read.body.id as string)
      .execute();
    const carried = credentials.flatMap(({ document }) => (JSON.parse(document ?? '{}') as JsonObject).evidence ?? []);
    expect(carried).toEqual([
      { id: `https://assay.example/evidence/${files[0]}`, type: ['Evidence'], name: 'Work of Al' },
    ]);
  });

  it.each([
    ['a program', Buffer.from('MZ\x90\x00'), 'application/pdf'],
    ['a program that says it is text', Buffer.from('MZ and letters'), 'text/plain'],
    ['binary that says it is text', Buffer.from([104, 105, 0, 1]), 'text/plain'],
    ['a picture that says it is a document', png, 'application/pdf'],
    ['a picture with a ZIP behind it', Buffer.concat([png, zip]), 'image/png'],
    ['a picture with a page behind it', Buffer.concat([png, Buffer.from('<script>alert(1)</script>')]), 'image/png'],
    ['a document with a ZIP behind it', Buffer.concat([pdf('x'), zip]), 'application/pdf'],
    ['a document with something before it', Buffer.concat([Buffer.from('GIF89a'), pdf('x')]), 'application/pdf'],
    ['half a document', Buffer.from('%PDF-1.7 and no end'), 'application/pdf'],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), 'text/html'],
    ['a drawing', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml'],
    ['no type', Buffer.from('x'), ''],
  ])('refuses %s', async (_, content, type) => {
    const before = stored();
    expect((await upload(content, type)).status).toBe(415);
    expect(stored()).toEqual(before);
  });

  it('takes what is what it says, under a name that fits', async () => {
    const taken = async (content: Buffer, type: string, file: string) => {
      const answer = await upload(content, type, file);
      return [answer.status, answer.body.name];
    };
    expect(await taken(png, 'image/png', 'a.html')).toEqual([201, 'a.html.png']);
    expect(await taken(zip, 'application/zip', '')).toEqual([201, 'file.zip']);
    expect(await taken(Buffer.from('näh;1\r\n'), 'text/csv', 'C:\\x\\..\\list.csv')).toEqual([201, 'list.csv']);
    expect(await taken(Buffer.from('x'), 'text/plain', `${'é'.repeat(300)}.txt`)).toEqual([
      201,
      `${'é'.repeat(120)}.txt`,
    ]);
  });

  it('holds the limit, also when nobody says how long the file is, and keeps nothing of what it refuses', async () => {
    const change = { change: { evidenceMaximumBytes: 100_000 }, reason: 'a test' };
    await service.call('PUT', `${issuer}/policy`, { key: service.key, body: change });
    const before = stored();
    const address = await service.app.listen({ port: 0, host: '127.0.0.1' });
    const send = (body: NonNullable<RequestInit['body']>) =>
      fetch(`${address}${issuer}/evidence`, {
        method: 'POST',
        headers: { authorization: `Bearer ${service.key}`, 'content-type': 'text/plain' },
        body,
        duplex: 'half',
      } as RequestInit);
    async function* endless(count: number) {
      for (let sent = 0; sent < count; sent++) yield Buffer.alloc(1000, 'a');
    }
    expect((await send(Buffer.alloc(100_001, 'a'))).status).toBe(413);
    expect((await send(Readable.toWeb(Readable.from(endless(200))) as never)).status).toBe(413);
    expect((await send(Buffer.alloc(0))).status).toBe(400);
    expect(stored()).toEqual(before);

    // An upload that breaks off.
    const { port, hostname } = new URL(address);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(
      `POST ${issuer}/evidence HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${service.key}\r\nContent-Type: text/plain\r\nContent-Length: 90000\r\n\r\n${'a'.repeat(50_000)}`,
    );
    const receiving = () => service.db.selectFrom('evidence_file').select('id').where('state', '<>', 'kept').execute();
    await expect.poll(receiving).toHaveLength(1);
    socket.destroy();
    await expect.poll(receiving).toHaveLength(0);
    expect(stored()).toEqual(before);
    expect(readdirSync(join(service.files, 'drafts'))).toEqual([]);

    expect((await send(Readable.toWeb(Readable.from(endless(100))) as never)).status).toBe(201);
  });

  it('removes a file for ever when it is told to', async () => {
    const { body } = await upload(randomText());
    const grant = await post(`/evidence/${body.id}/grants`, {});
    const link = new URL(grant.body.url as string);
    expect((await service.call('GET', link.pathname + link.search)).status).toBe(200);
    expect((await post(`/evidence/${body.id}/remove`, { reason: 'the wrong file' })).status).toBe(204);
    expect((await service.call('GET', link.pathname + link.search)).status).toBe(403);
    expect(await service.issuing.storage.exists(`evidence/${body.id}`)).toBe(false);
    const rows = await service.db
      .selectFrom('evidence_file')
      .select('id')
      .where('id', '=', body.id as string)
      .execute();
    expect(rows).toEqual([]);
  });
});

const randomText = () => pdf(randomBytes(40).toString('hex'));

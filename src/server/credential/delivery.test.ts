import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assessCredential } from '../../core/assess.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { openInput } from '../../core/open-input.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { accept, approvedAchievement, learner, type Service, startService } from '../test-issuing.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const at = '/api/issuers/northfield';
const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

/** Every stream of a PDF, unpacked. */
function streamsOf(pdf: Buffer): string[] {
  const text = pdf.toString('latin1');
  return [...text.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].map(([, body = '']) => {
    const bytes = Buffer.from(body, 'latin1');
    try {
      return inflateSync(bytes).toString('utf8');
    } catch {
      return bytes.toString('utf8');
    }
  });
}

describe.each(['embedded', 'PostgreSQL'])('the forms and the page of a credential on %s', (name) => {
  let service: Service;
  let achievementId: string;
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
    achievementId = await approvedAchievement(service);
  });
  afterAll(() => service.close());

  const issue = async (more: JsonObject = {}) => {
    const body = { achievement: achievementId, learner, duplicates: 'allow', ...more };
    const issued = await service.call('POST', `${at}/credentials`, { key: service.key, body });
    expect(issued.status, issued.text).toBe(201);
    const { id, claimUrl, credential } = issued.body as { id: string; claimUrl: string; credential: JsonObject };
    return { id, path: `/credentials/${id}`, claimUrl, document: credential };
  };
  const ask = (url: string, headers: Record<string, string> = {}) => service.app.inject({ url, headers });
  const assess = async (input: Uint8Array | string) => {
    const options = { cryptography: nodeCryptography, network: service.network, now: new Date() };
    const result = await assessCredential(input, options);
    return result.ok ? result.assessment.verification.verdict : result.finding.code;
  };

  it('gives pictures that verify from their bytes, and a sheet with what was signed inside', async () => {
    const { path, claimUrl, document } = await issue();
    await accept(service, claimUrl);
    for (const form of ['png', 'svg'] as const) {
      const file = await ask(`${path}.${form}`);
      expect(file.statusCode, file.body).toBe(200);
      expect(file.headers['content-disposition']).toMatch(/^attachment; filename="credential-[\w-]{8}\.(png|svg)"$/);
      const opened = await openInput(new Uint8Array(file.rawPayload));
      expect(opened).toMatchObject({ ok: true, input: { form, json: document } });
      expect(await assess(new Uint8Array(file.rawPayload))).toBe('verified');
    }
    expect((await ask(path, { accept: 'image/png' })).headers['content-type']).toBe('image/png');
    const pdf = await ask(`${path}.pdf`);
    expect(pdf.headers['content-type']).toBe('application/pdf');
    const attached = streamsOf(pdf.rawPayload).find((text) => text.startsWith('{') && text.includes('"proof"')) ?? '';
    expect(JSON.parse(attached)).toEqual(document);
    expect(await assess(attached)).toBe('verified');
  });

  it('speaks the language of the browser, or the one that the address asks for, and keeps it', async () => {
    const { path, claimUrl } = await issue();
    const hidden = await ask(path, { ...browser, 'accept-language': 'es-MX' });
    expect(hidden.body).toContain('No hay nada que ver en esta dirección');
    const { search, pathname } = new URL(claimUrl);
    const opened = await ask(pathname + search, browser);
    const claimed = { ...browser, cookie: String(opened.headers['set-cookie']).split(';')[0] as string };
    expect((await ask(path, { ...claimed, 'accept-language': 'es' })).body).toContain('Aceptar esta credencial');
    await accept(service, claimUrl);
    const english = await ask(path, browser);
    expect(english.body).toContain('<html lang="en" dir="ltr">');
    const spanish = await ask(`${path}?lang=es`, { ...browser, 'accept-language': 'en' });
    expect(spanish.body).toContain('<html lang="es" dir="ltr">');
    expect(spanish.body).toContain('Verificada: auténtica y vigente.');
    expect(spanish.body).toContain(`href="${path}?lang=en"`);
    expect(spanish.body).not.toMatch(/\b(Awarded|Download|Evidence|Facts|the issuer|Passed)\b|\{\w|undefined/);
    const kept = String(spanish.headers['set-cookie']).split(';')[0] as string;
    expect((await ask(path, { ...browser, cookie: kept })).body).toContain('<html lang="es" dir="ltr">');
    const pdf = (await ask(`${path}.pdf`, { 'accept-language': 'es' })).rawPayload;
    expect(pdf.toString('latin1')).toMatch(/\/Lang \(es\)/);
    expect((await ask(`${path}.pdf`)).rawPayload.toString('latin1')).toMatch(/\/Lang \(en\)/);
  });

  it('prints any name, and any title', async () => {
    const names = [
      'Nguyễn Thị Ánh',
      'Ελευθερία Παπαδοπούλου',
      'Юлія Ґедзь',
      'Žofie Łukasiewicz',
      '漢字 👩‍🔬 مريم',
      'x'.repeat(5000),
    ];
    for (const name of names) {
      const { path, claimUrl } = await issue({ learner: { ...learner, name } });
      await accept(service, claimUrl);
      const { search } = new URL(claimUrl);
      const pdf = await ask(`${path}.pdf${search}`);
      expect(pdf.statusCode, pdf.body.slice(0, 200)).toBe(200);
      expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    }
  });

  it('gives a JWT where there is one, and never the bare text of a credential that is a JWT alone', async () => {
    const alone = await issue({ proof: 'vc-jwt' });
    await accept(service, alone.claimUrl);
    const jwt = await ask(`${alone.path}.jwt`);
    expect(jwt.headers['content-type']).toMatch('text/plain');
    expect(await assess(jwt.body)).toBe('verified');
    expect((await ask(`${alone.path}.json`)).statusCode).toBe(404);
    expect((await ask(alone.path)).body).toBe(jwt.body);
    expect((await ask(alone.path, { accept: 'text/plain' })).body).toBe(jwt.body);
    const png = await ask(`${alone.path}.png`);
    expect(await assess(new Uint8Array(png.rawPayload))).toBe('verified');
    const plain = await issue();
    await accept(service, plain.claimUrl);
    expect((await ask(`${plain.path}.jwt`)).statusCode).toBe(404);
  });

  it('says on its page what the check says, the domain before the name', async () => {
    const { id, path, claimUrl } = await issue();
    await accept(service, claimUrl);
    const page = await ask(path, browser);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('Verified: genuine and in force.');
    expect(page.body.indexOf('assay.example')).toBeLessThan(page.body.indexOf('calls itself Northfield'));
    const stamps = (body: string) =>
      [...body.matchAll(/<li><svg class="stamp" data-stamp="(\w+)" data-state="([\w-]+)"/g)].map(
        ([, id, state]) => `${id} ${state}`,
      );
    expect(stamps(page.body).slice(0, 3)).toEqual(['authentic passed', 'current passed', 'issuer cannot-tell']);
    expect(stamps(page.body)).toHaveLength(5);
    const revoke = { key: service.key, body: { reason: 'a mistake' } };
    await service.call('POST', `${at}/credentials/${id}/revoke`, revoke);
    service.issuing.credentials.forget(id);
    const after = await ask(path, browser);
    expect(after.body).toContain('Not verified: revoked by the issuer.');
    expect(after.body).toContain('The issuer has withdrawn this credential.');
    expect(after.body).toContain('<bdi>a mistake</bdi>');
    expect(stamps(after.body)[1]).toBe('current failed');
  });

  it('keeps hostile text inert', async () => {
    const hostile = '<img src=x onerror=alert(1)>"\'';
    const evidence = [{ type: ['Evidence'], id: 'https://evidence.example/work', name: hostile }];
    const issued = await issue({ learner: { ...learner, name: hostile, evidence } });
    await accept(service, issued.claimUrl);
    const [cookie = ''] = String(
      (await ask(issued.path + new URL(issued.claimUrl).search, browser)).headers['set-cookie'],
    ).split(';');
    const page = await ask(issued.path, { ...browser, cookie });
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain('<img');
    expect(page.body).toContain('&lt;img src=x onerror=alert(1)&gt;');
    expect(page.body).toContain('href="https://evidence.example/work" rel="nofollow noopener noreferrer"');
    const svg = await ask(`${issued.path}.svg`);
    // It stands in the credential alone, which is character data, and the picture runs nothing.
    expect(svg.body.replace(/<!\[CDATA\[[\s\S]*?\]\]>/, '')).not.toContain('<img');
    expect(svg.headers['content-security-policy']).toContain('sandbox');
  });

  it('tells a visitor whether it was made for their address, a few times a minute', async () => {
    const { id, path, claimUrl } = await issue();
    const compare = (email: string, remoteAddress: string) =>
      service.app.inject({
        method: 'POST',
        url: `/api/credentials/${id}/recipient`,
        payload: { email },
        remoteAddress,
      });
    expect((await compare(learner.email, '10.0.0.1')).statusCode).toBe(404);
    await accept(service, claimUrl);
    expect((await compare(learner.email, '10.0.0.1')).json()).toEqual({ matches: true });
    expect((await compare(' ANA@example.edu ', '10.0.0.1')).json()).toEqual({ matches: true });
    expect((await compare('ben@example.edu', '10.0.0.1')).json()).toEqual({ matches: false });
    expect((await compare('nobody', '10.0.0.1')).statusCode).toBe(400);
    const form = await service.app.inject({
      method: 'POST',
      url: `${path}/recipient`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: `email=${encodeURIComponent(learner.email)}`,
      remoteAddress: '10.0.0.2',
    });
    expect(form.body).toContain('Yes: this credential was made for that address.');
    const statuses = [];
    for (let tries = 0; tries < 30; tries++) statuses.push((await compare('x@example.edu', '10.0.0.3')).statusCode);
    expect(statuses.filter((status) => status === 200)).toHaveLength(20);
    expect(statuses.at(-1)).toBe(429);
  });
});

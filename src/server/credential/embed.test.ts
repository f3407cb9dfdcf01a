import { create } from 'qrcode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assessCredential } from '../../core/assess.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { accept, approvedAchievement, learner, publicUrl, type Service, startService } from '../test-issuing.ts';

const at = '/api/issuers/northfield';
const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const hostile = '</script><script>alert(1)</script><!--';

describe('what others show of a credential', () => {
  let service: Service;
  let achievementId: string;
  beforeAll(async () => {
    const [embedded] = await startDatabases();
    service = await startService(embedded as TestDatabase);
    achievementId = await approvedAchievement(service);
  });
  afterAll(() => service.close());

  const issue = async (more: JsonObject = {}) => {
    const body = { achievement: achievementId, learner: { ...learner, ...more }, duplicates: 'allow' };
    const issued = await service.call('POST', `${at}/credentials`, { key: service.key, body });
    const { id, claimUrl, credential } = issued.body as { id: string; claimUrl: string; credential: JsonObject };
    return { id, path: `/credentials/${id}`, claimUrl, credential };
  };
  const ask = (url: string, headers: Record<string, string> = browser) => service.app.inject({ url, headers });
  const act = (id: string, name: string) =>
    service.call('POST', `${at}/credentials/${id}/${name}`, { key: service.key, body: { reason: 'a test' } });

  it('is nothing before the learner accepts, nor when it is taken down', async () => {
    const { id, path, claimUrl } = await issue();
    const { search } = new URL(claimUrl);
    const unknown = await ask(`/credentials/${'A'.repeat(22)}/embed`);
    const forms = () =>
      Promise.all(
        [`${path}/embed`, `${path}/embed${search}`, `${path}/card.png`, `/oembed?url=${publicUrl}${path}`].map((url) =>
          ask(url),
        ),
      );
    for (const answer of await forms()) {
      expect(answer.statusCode).toBe(404);
      expect(answer.body).not.toMatch(/Food Safety|Ana Torres/);
    }
    expect((await forms())[0]?.body).toBe(unknown.body);
    await accept(service, claimUrl);
    expect((await forms()).map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
    await act(id, 'hide');
    service.issuing.credentials.forget(id);
    expect((await forms()).map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404]);
  });

  it('may be framed anywhere, and no other page may', async () => {
    const { path, claimUrl } = await issue();
    await accept(service, claimUrl);
    const frame = await ask(`${path}/embed`);
    expect(frame.headers['content-security-policy']).toContain('frame-ancestors *');
    expect(frame.headers['x-frame-options']).toBeUndefined();
    expect(frame.body).toContain('Verified: genuine and in force.');
    expect(frame.body).not.toMatch(/<form|<script| style="/);
    const page = await ask(path);
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(page.headers['x-frame-options']).toBe('DENY');
    expect((await ask(`${path}/embed?lang=es`)).body).toContain('Verificada: auténtica y vigente.');
  });

  it('is described by oEmbed, in a frame that is no larger than asked', async () => {
    const { path, claimUrl } = await issue();
    await accept(service, claimUrl);
    const page = (await ask(path)).body;
    const [, address = ''] = /application\/json\+oembed" href="([^"]+)"/.exec(page) ?? [];
    const { pathname, search } = new URL(address.replaceAll('&amp;', '&'));
    const answer = await ask(`${pathname}${search}&maxwidth=300`, {});
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.json()).toMatchObject({ version: '1.0', type: 'rich', width: 300, height: 300 });
    expect(answer.json().html).toContain(`src="${publicUrl}${path}/embed"`);
    expect(answer.json().html).toContain('width="300"');
    expect((await ask(`/oembed?url=https://evil.example${path}`, {})).statusCode).toBe(404);
    expect((await ask(`${pathname}${search.replace('json', 'xml')}`, {})).statusCode).toBe(415);
  });

  it('gives programs the signed credential and a preview without an answer, which would grow old', async () => {
    const { path, claimUrl, credential } = await issue({ name: hostile, nameConsent: true });
    await accept(service, claimUrl);
    const { body } = await ask(path);
    const blocks = [...body.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)];
    expect(blocks.map(([, attributes]) => attributes)).toEqual([' type="application/ld+json"']);
    const document = JSON.parse(blocks[0]?.[2] ?? '') as JsonObject;
    expect(document).toEqual(credential);
    const assessed = await assessCredential(blocks[0]?.[2] ?? '', {
      cryptography: nodeCryptography,
      network: service.network,
      now: new Date(),
    });
    expect(assessed.ok && assessed.assessment.verification.verdict).toBe('verified');
    expect(body).toContain(`<link rel="alternate" type="application/vc" href="${publicUrl}${path}.json">`);
    const previews = [...body.matchAll(/<meta property="og:(\w+)[^>]*content="([^"]*)"/g)].map(([all]) => all).join('');
    expect(previews).toContain('og:image');
    expect(previews).not.toMatch(/erified|alert/);
    const picture = await ask(`${path}/card.png`);
    expect(picture.headers['content-type']).toBe('image/png');
    expect(picture.rawPayload.subarray(16, 24)).toEqual(Buffer.from([0, 0, 4, 176, 0, 0, 2, 118]));
  });

  it('says nothing to programs, and makes no picture, of what only the learner may open', async () => {
    const { path, claimUrl } = await issue();
    const opened = await ask(path + new URL(claimUrl).search);
    const [cookie = ''] = String(opened.headers['set-cookie']).split(';');
    const { body } = await ask(path, { ...browser, cookie });
    expect(body).toContain('Accept this credential');
    expect(body).not.toMatch(/og:|oembed|ld\+json|linkedin|class="qr"|iframe/);
  });

  it('lets the learner add it to LinkedIn, and a camera open the page', async () => {
    const { id, path, claimUrl } = await issue();
    await accept(service, claimUrl);
    const opened = await ask(path + new URL(claimUrl).search);
    const [cookie = ''] = String(opened.headers['set-cookie']).split(';');
    const own = (await ask(path, { ...browser, cookie })).body;
    const [, address = ''] = /href="(https:\/\/www\.linkedin\.com[^"]+)"/.exec(own) ?? [];
    const query = new URL(address.replaceAll('&amp;', '&')).searchParams;
    expect(Object.fromEntries(query)).toMatchObject({
      startTask: 'CERTIFICATION_NAME',
      name: 'Food Safety in Practice',
      organizationName: 'Northfield',
      issueYear: String(new Date().getUTCFullYear()),
      certUrl: `${publicUrl}${path}`,
      certId: id,
    });
    const everybody = (await ask(path)).body;
    expect(everybody).not.toContain('linkedin');
    const [, box = '', drawn = ''] = /class="qr" viewBox="([^"]+)"[\s\S]*?<path d="([^"]+)"/.exec(everybody) ?? [];
    const { modules } = create(`${publicUrl}${path}`, { errorCorrectionLevel: 'M' });
    expect(box).toBe(`-4 -4 ${modules.size + 8} ${modules.size + 8}`);
    const dark = new Set<string>();
    for (const [, x, y, length] of drawn.matchAll(/M(\d+) (\d+)h(\d+)v1H\1z/g))
      for (let step = 0; step < Number(length); step++) dark.add(`${Number(x) + step} ${y}`);
    for (let y = 0; y < modules.size; y++)
      for (let x = 0; x < modules.size; x++) expect(dark.has(`${x} ${y}`)).toBe(modules.get(y, x) === 1);
  });

  it('is small: page and style under 100 kB together, also with long texts', async () => {
    const { path, claimUrl } = await issue();
    await accept(service, claimUrl);
    const { body } = await ask(path);
    const [, style = ''] = /stylesheet" href="([^"]+)"/.exec(body) ?? [];
    const css = await ask(style, { 'accept-encoding': 'gzip' });
    expect(css.headers['content-encoding']).toBe('gzip');
    expect(css.headers['cache-control']).toContain('immutable');
    const plain = await ask(style, {});
    expect(plain.body).toContain('--paper');
    expect(Buffer.byteLength(body) + Buffer.byteLength(plain.body)).toBeLessThan(100_000);
    expect(body).not.toMatch(/<(script|link)[^>]+(src|href)="https?:\/\/(?!assay\.example)/);
  });
});

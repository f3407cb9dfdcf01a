import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveDid } from '../../core/did/resolve-did.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { analyseTerms } from '../../core/json-ld/terms.ts';
import { encodeMultikey, encodeSecretMultikey } from '../../core/proof/multikey.ts';
import { instanceKey } from '../instance/instance-key.ts';
import { MasterKey } from '../master-key.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { achievement, approvedAchievement, publicUrl, type Service, startService } from '../test-issuing.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const application = JSON.parse(
  readFileSync(new URL('../../../fixtures/trusted/application.json', import.meta.url), 'utf8'),
) as JsonObject & { issuer: JsonObject; credentialSubject: { achievement: JsonObject } };
const hostile = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
const masterKey = new MasterKey(new Uint8Array(32).fill(7));

describe.each(['embedded', 'PostgreSQL'])('public pages on %s', (name) => {
  let service: Service;
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase, masterKey);
  });
  afterAll(() => service.close());

  const page = (path: string, headers: Record<string, string> = {}) =>
    service.call('GET', path, { headers: { accept: 'text/html', ...headers } });
  const put = (path: string, body: unknown) =>
    service.call('PUT', `/api/issuers/northfield${path}`, { key: service.key, body });
  const isInert = (text: string) => {
    expect(text).not.toMatch(/<script|<img src=x|onerror=alert\(1\)>|javascript:[^<]*"/);
    expect(text).not.toMatch(/ style="/);
  };

  it('shows an issuer as it says that it is, with its keys, units and achievements', async () => {
    const { id: _, ...profile } = application.issuer;
    await put('', { profile, reason: 'test' });
    await service.call('POST', '/api/issuers/northfield/units', {
      key: service.key,
      body: { slug: 'science', profile: { name: 'Science', url: 'https://x.example' } },
    });
    const first = (await service.call('GET', '/api/issuers/northfield/keys', { key: service.key })).body
      .items as JsonObject[];
    await service.call('POST', '/api/issuers/northfield/keys', { key: service.key, body: { reason: 'yearly' } });
    const old = first[0]?.id;
    await service.call('POST', `/api/issuers/northfield/keys/${old}/compromise`, {
      key: service.key,
      body: { reason: 'lost', from: '2026-01-02T00:00:00Z' },
    });
    const id = await approvedAchievement(service);
    const draft = await service.call('POST', '/api/issuers/northfield/achievements', {
      key: service.key,
      body: { ...achievement, name: 'Not yet approved' },
    });
    const shown = await page('/issuers/northfield');
    expect(shown.headers['content-type']).toMatch('text/html');
    for (const text of [
      profile.name as string,
      'Its own statement',
      (profile.accreditations as JsonObject[])[0]?.name as string,
      'Signs now',
      'In other hands',
      '2 January 2026',
      '/issuers/science',
      `/achievements/${id}`,
      'did:web:assay.example:issuers:northfield',
    ])
      expect(shown.text).toContain(text.replaceAll('&', '&amp;'));
    expect(shown.text).not.toContain('Not yet approved');
    expect(shown.text).not.toMatch(/not for real use/);
    expect((await page('/issuers/science')).text).toContain('/issuers/northfield');
    expect((await page('/issuers/nobody')).status).toBe(404);
    expect((await page(`/achievements/${draft.body.id}`)).status).toBe(404);
    expect((await service.call('GET', `/achievements/${draft.body.id}`)).status).toBe(404);
  });

  it('speaks the reader’s language, and says in it that there is nothing', async () => {
    const id = await approvedAchievement(service);
    for (const path of ['/issuers/northfield', `/achievements/${id}`]) {
      const spanish = await page(`${path}?lang=es`);
      expect(spanish.headers.vary).toContain('accept-language');
      expect(spanish.text).toContain('<html lang="es" dir="ltr">');
      expect(spanish.text).not.toMatch(
        /\b(Published|Until|Version|Class|What|Signs|Accredited|Evidence)\b|\{\w|>undefined</,
      );
      expect((await service.call('GET', `${path}.json`)).headers['content-type']).toMatch('application/ld+json');
    }
    for (const path of ['/issuers/nobody', '/achievements/nothing', '/issuers/northfield.xml'])
      expect((await page(path, { 'accept-language': 'es' })).text).toContain('No hay nada que ver en esta dirección');
  });

  it('gives the profile and the achievement as data, every term defined, and once to those who have them', async () => {
    const id = await approvedAchievement(service);
    for (const path of ['/issuers/northfield', `/achievements/${id}`]) {
      const got = await service.call('GET', path, { headers: { accept: 'application/ld+json' } });
      expect(got.headers['content-type']).toMatch('application/ld+json');
      expect(got.headers).toMatchObject({ vary: 'accept', 'access-control-allow-origin': '*' });
      expect(analyseTerms(got.body).undefinedTerms).toEqual([]);
      const etag = got.headers.etag as string;
      expect((await service.call('GET', path, { headers: { 'if-none-match': etag } })).status).toBe(304);
      expect((await page(path, { 'if-none-match': etag })).status).toBe(200);
    }
    expect((await service.call('GET', '/issuers/northfield')).body.id).toBe('did:web:assay.example:issuers:northfield');
  });

  it('shows the version that is approved now, or the one that is asked for', async () => {
    const id = await approvedAchievement(service);
    await put(`/achievements/${id}`, { ...achievement, name: 'Second' });
    const names = async (query = '') => {
      const data = await service.call('GET', `/achievements/${id}${query}`);
      return [data.body.name, (await page(`/achievements/${id}${query}`)).status];
    };
    expect(await names()).toEqual([achievement.name, 200]);
    expect(await names('?version=2')).toEqual([undefined, 404]);
    for (const step of ['submit', 'approve'])
      await service.call('POST', `/api/issuers/northfield/achievements/${id}/${step}`, { key: service.key, body: {} });
    expect(await names()).toEqual(['Second', 200]);
    expect(await names('?version=1')).toEqual([achievement.name, 200]);
    await service.call('POST', `/api/issuers/northfield/achievements/${id}/retire`, {
      key: service.key,
      body: { reason: 'old' },
    });
    expect((await page(`/achievements/${id}`)).text).toContain('No longer issued');
    expect((await page(`/achievements/x'--`)).status).toBe(404);
  });

  it('shows scales, pass marks, evidence and the class with its notice', async () => {
    const { id: _, ...content } = application.credentialSubject.achievement;
    const body = { achievement: content, evidence: { minimum: 2, kinds: ['Report'] } };
    const id = await approvedAchievement(service, 'northfield', body as unknown as JsonObject);
    const { id: _issuer, ...profile } = application.issuer;
    await put('', { profile, reason: 'test' });
    const { text } = await page(`/achievements/${id}`);
    const scales = content.resultDescription as JsonObject[];
    for (const { name: scale } of scales) expect(text).toContain(scale);
    for (const words of [
      'Pass mark',
      'at least 2 pieces',
      'Report',
      'Supports Application: every expectation is met.',
      'not a certification',
    ])
      expect(text).toContain(words);
  });

  it('keeps hostile text inert', async () => {
    await put('', {
      profile: {
        name: hostile,
        url: 'https://x.example/',
        description: hostile,
        address: { type: ['Address'], addressLocality: hostile },
      },
      reason: 'test',
    });
    const [examination, practical] = achievement.resultDescription as [JsonObject, JsonObject];
    const levels = (practical.rubricCriterionLevel as JsonObject[]).map((level) => ({
      ...level,
      name: hostile,
      description: hostile,
    }));
    const id = await approvedAchievement(service, 'northfield', {
      ...achievement,
      name: hostile,
      description: hostile,
      criteria: { narrative: `${hostile}\n\n- ${hostile}\n- [x](javascript:alert(1))` },
      alignment: [{ type: ['Alignment'], targetName: hostile, targetUrl: `https://x.example/'onmouseover='alert(1)` }],
      resultDescription: [
        { ...examination, name: hostile },
        { ...practical, rubricCriterionLevel: levels },
      ],
      image: { id: `${publicUrl}/images/'onload='alert(1)`, type: 'Image', caption: hostile },
    });
    for (const path of ['/issuers/northfield', `/achievements/${id}`]) {
      const { text, headers } = await page(path);
      isInert(text);
      expect(text).toContain('&lt;script&gt;');
      expect(text).not.toMatch(/'on(load|mouseover)=/);
      expect(headers['content-security-policy']).toMatch("default-src 'none'");
    }
  });

  it('has a DID of its own, with one key that it keeps', async () => {
    const deps = { db: service.db, masterKey, now: () => new Date() };
    const [one, other] = await Promise.all([
      service.call('GET', '/.well-known/did.json'),
      service.call('GET', '/.well-known/did.json'),
    ]);
    expect(one.body).toEqual(other.body);
    expect(one.body.id).toBe('did:web:assay.example');
    const resolved = await resolveDid('did:web:assay.example', { network: service.network });
    const key = await instanceKey(deps);
    const id = `did:web:assay.example#${encodeMultikey(key.publicKey)}`;
    expect(resolved).toMatchObject({ ok: true, document: { assertionMethod: [id] } });
    const { value } = await service.db
      .selectFrom('setting')
      .select('value')
      .where('name', '=', 'instance-key')
      .executeTakeFirstOrThrow();
    expect(value).not.toContain(encodeSecretMultikey(key));
  });
});

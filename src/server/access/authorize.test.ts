import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { type Service, startService } from '../test-issuing.ts';
import { addMember, fromOurPage } from '../test-people.ts';
import { type Role, roles, type Scope, scopes, scopesOf } from './roles.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

/** Written out, so that a change of the code's table shows. */
const table: Record<Role, Record<Scope, boolean>> = {
  owner: { read: true, author: true, approve: true, issue: true, manage: true },
  admin: { read: true, author: true, approve: true, issue: true, manage: true },
  author: { read: true, author: true, approve: false, issue: false, manage: false },
  approver: { read: true, author: true, approve: true, issue: false, manage: false },
  issuer: { read: true, author: false, approve: false, issue: true, manage: false },
  viewer: { read: true, author: false, approve: false, issue: false, manage: false },
};

it('lets each role do what the table says, and nothing else', () => {
  for (const role of roles)
    for (const scope of scopes) expect(scopesOf[role].includes(scope), `${role} ${scope}`).toBe(table[role][scope]);
});

describe.each(['embedded', 'PostgreSQL'])('rights of people on %s', (name) => {
  let service: Service;
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
    const make = (above: string, slug: string) =>
      service.call('POST', `/api/issuers/${above}/units`, {
        key: service.key,
        body: { slug, profile: { name: slug, url: 'https://x.example' } },
      });
    for (const slug of ['west', 'east']) expect((await make('northfield', slug)).status).toBe(201);
    expect((await make('west', 'arts')).status).toBe(201);
  });
  afterAll(() => service.close());

  const nothing = '00000000-0000-4000-8000-000000000000';
  const probes: Record<Scope, { method: 'GET' | 'POST'; path: string; body?: unknown; well: number }> = {
    read: { method: 'GET', path: '', well: 200 },
    // Well for who has the right, though it is about nothing.
    author: { method: 'POST', path: '/achievements', body: {}, well: 422 },
    approve: { method: 'POST', path: `/achievements/${nothing}/approve`, body: {}, well: 404 },
    issue: { method: 'POST', path: '/credentials', body: { achievement: nothing, learner: { name: 'A' } }, well: 404 },
    manage: { method: 'GET', path: '/members', well: 200 },
  };
  const probe = async (cookie: string, slug: string, scope: Scope) => {
    const { method, path, body } = probes[scope];
    const headers = { cookie, ...fromOurPage };
    return service.call(method, `/api/issuers/${slug}${path}`, { headers, ...(body === undefined ? {} : { body }) });
  };

  it.each(roles)('holds for %s in the issuer and below, never above or beside', async (role) => {
    const { cookie } = await addMember(service, 'west', role);
    for (const scope of scopes) {
      for (const slug of ['west', 'arts']) {
        const { status, text } = await probe(cookie, slug, scope);
        expect(status, `${scope} ${slug} ${text}`).toBe(table[role][scope] ? probes[scope].well : 403);
      }
      for (const slug of ['northfield', 'east']) expect((await probe(cookie, slug, scope)).status).toBe(404);
    }
    const me = (await service.call('GET', '/api/me', { headers: { cookie } })).body as {
      issuers?: { slug: string; roles: string[]; scopes: string[] }[];
    };
    expect(me.issuers?.map(({ slug, roles }) => [slug, roles])).toEqual([
      ['arts', [role]],
      ['west', [role]],
    ]);
    expect(me.issuers?.[0]?.scopes).toEqual(scopes.filter((scope) => table[role][scope]));
  });

  it('tells a key where it acts, and a stranger nothing', async () => {
    const me = await service.call('GET', '/api/me', { key: service.key });
    expect(me.body).toMatchObject({ issuers: [{ slug: 'northfield', scopes: [...scopes] }] });
    expect((await service.call('GET', '/api/me')).status).toBe(401);
    expect((await service.call('GET', '/api/me', { key: `assay_${'A'.repeat(43)}` })).status).toBe(401);
  });

  it('takes what people change only from its own pages', async () => {
    const { cookie } = await addMember(service, 'west', 'owner');
    const post = (headers: Record<string, string>) =>
      service.call('POST', '/api/issuers/west/invitations', {
        headers: { cookie, ...headers },
        body: { email: 'x@example.edu', role: 'viewer' },
      });
    const refused: Record<string, string>[] = [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://assay.example' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: fromOurPage.origin, 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    ];
    for (const headers of refused) expect((await post(headers)).status, JSON.stringify(headers)).toBe(403);
    const taken: Record<string, string>[] = [
      { origin: fromOurPage.origin },
      { 'sec-fetch-site': 'same-origin' },
      { origin: 'null', 'sec-fetch-site': 'same-origin' },
    ];
    for (const headers of taken) expect((await post(headers)).status, JSON.stringify(headers)).toBe(201);
  });
});

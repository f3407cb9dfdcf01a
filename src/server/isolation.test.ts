import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../core/json/json.ts';
import { startDatabases, type TestDatabase } from './test-databases.ts';
import { achievement, approvedAchievement, learner, type Service, startService } from './test-issuing.ts';
import { addMember, fromOurPage } from './test-people.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

interface Step {
  /** The scope that it needs. */
  scope: 'read' | 'author' | 'approve' | 'issue' | 'manage';
  body?: unknown;
  query?: (ids: Ids) => string;
  headers?: Record<string, string>;
}
interface Ids {
  achievement: string;
  credential: string;
  roster: string;
  'api-key': string;
  key: string;
  correction: string;
  member: string;
  invitation: string;
  evidence: string;
  grant: string;
  letter: string;
  dispute: string;
  'skill-framework': string;
}

const csv = { 'content-type': 'text/csv' };
const reason = { reason: 'a test' };

/** Every route of an issuer, with a request that would be well with a right key. */
const walk: Record<string, Step> = {
  'GET /api/issuers/{slug}': { scope: 'read' },
  'PUT /api/issuers/{slug}': { scope: 'manage', body: { profile: { name: 'Other' }, reason: 'a test' } },
  'POST /api/issuers/{slug}/units': { scope: 'manage', body: { slug: 'unit', profile: { name: 'Unit' } } },
  'GET /api/issuers/{slug}/overview': { scope: 'read' },
  'GET /api/issuers/{slug}/keys': { scope: 'read' },
  'GET /api/issuers/{slug}/keys/signed': { scope: 'read' },
  'GET /api/issuers/{slug}/keys/{id}/consequences': { scope: 'manage' },
  'POST /api/issuers/{slug}/keys': { scope: 'manage', body: reason },
  'POST /api/issuers/{slug}/keys/{id}/retire': { scope: 'manage', body: reason },
  'POST /api/issuers/{slug}/keys/{id}/compromise': {
    scope: 'manage',
    body: { reason: 'a test', from: '2026-01-01T00:00:00Z' },
  },
  'POST /api/issuers/{slug}/api-keys': { scope: 'manage', body: { name: 'x', scopes: ['manage'] } },
  'GET /api/issuers/{slug}/api-keys': { scope: 'manage' },
  'POST /api/issuers/{slug}/api-keys/{id}/revoke': { scope: 'manage', body: reason },
  'GET /api/issuers/{slug}/policy': { scope: 'read' },
  'POST /api/issuers/{slug}/policy/preview': { scope: 'manage', body: { change: { gate: 'off' } } },
  'PUT /api/issuers/{slug}/policy': { scope: 'manage', body: { change: { gate: 'off' }, reason: 'a test' } },
  'GET /api/issuers/{slug}/achievements': { scope: 'read' },
  'GET /api/issuers/{slug}/issuable': { scope: 'read' },
  'POST /api/issuers/{slug}/achievements': { scope: 'author', body: achievement },
  'POST /api/issuers/{slug}/achievements/check': { scope: 'author', body: achievement },
  'POST /api/issuers/{slug}/achievements/preview': { scope: 'author', body: { achievement } },
  'GET /api/issuers/{slug}/achievements/{id}': { scope: 'read' },
  'GET /api/issuers/{slug}/achievements/{id}/preview': { scope: 'read' },
  'PUT /api/issuers/{slug}/achievements/{id}': { scope: 'author', body: achievement },
  'GET /api/issuers/{slug}/achievements/{id}/diff': { scope: 'read', query: () => '?from=1&to=1' },
  'POST /api/issuers/{slug}/achievements/{id}/endorsements/check': { scope: 'author', body: { document: '{}' } },
  'POST /api/issuers/{slug}/achievements/{id}/submit': { scope: 'author', body: {} },
  'POST /api/issuers/{slug}/achievements/{id}/return': {
    scope: 'approve',
    body: { comments: [{ pointer: '/name', text: 'Too long' }] },
  },
  'POST /api/issuers/{slug}/achievements/{id}/approve': { scope: 'approve', body: {} },
  'POST /api/issuers/{slug}/achievements/{id}/retire': { scope: 'approve', body: reason },
  'GET /api/issuers/{slug}/skill-frameworks': { scope: 'read' },
  'POST /api/issuers/{slug}/skill-frameworks': {
    scope: 'manage',
    body: 'uri,statement,framework\nurn:example:1,Reads,Office',
    headers: csv,
  },
  'GET /api/issuers/{slug}/skill-frameworks/{id}': { scope: 'read' },
  'POST /api/issuers/{slug}/skill-frameworks/{id}/remove': { scope: 'manage', body: reason },
  'GET /api/issuers/{slug}/skills': { scope: 'read' },
  'POST /api/issuers/{slug}/images': {
    scope: 'author',
    body: '<svg xmlns="http://www.w3.org/2000/svg"/>',
    headers: { 'content-type': 'image/svg+xml' },
  },
  'GET /api/issuers/{slug}/credentials': { scope: 'read' },
  'POST /api/issuers/{slug}/credentials': { scope: 'issue' },
  'POST /api/issuers/{slug}/clrs': { scope: 'issue', body: { learner: { email: learner.email } } },
  'GET /api/issuers/{slug}/credentials/export': { scope: 'read' },
  'POST /api/issuers/{slug}/credentials/look-up': { scope: 'read', body: { text: 'Ana Torres' } },
  'GET /api/issuers/{slug}/credentials/{id}': { scope: 'read' },
  'POST /api/issuers/{slug}/credentials/{id}/revoke': { scope: 'issue', body: reason },
  'POST /api/issuers/{slug}/credentials/{id}/suspend': { scope: 'issue', body: reason },
  'POST /api/issuers/{slug}/credentials/{id}/reinstate': { scope: 'issue', body: reason },
  'POST /api/issuers/{slug}/learners/export': { scope: 'manage', body: { learner: { email: learner.email } } },
  'POST /api/issuers/{slug}/learners/erase/preview': { scope: 'manage', body: { learner: { email: learner.email } } },
  'POST /api/issuers/{slug}/learners/erase': {
    scope: 'manage',
    body: { learner: { email: learner.email }, reason: 'a test', confirm: '0'.repeat(64) },
  },
  'POST /api/issuers/{slug}/credentials/{id}/hide': { scope: 'issue', body: reason },
  'POST /api/issuers/{slug}/credentials/{id}/show': { scope: 'issue', body: reason },
  'GET /api/issuers/{slug}/evidence': { scope: 'read' },
  'POST /api/issuers/{slug}/evidence': {
    scope: 'issue',
    body: 'Ana’s work',
    headers: { 'content-type': 'text/plain' },
  },
  'GET /api/issuers/{slug}/evidence/{id}': { scope: 'read' },
  'POST /api/issuers/{slug}/evidence/{id}/remove': { scope: 'issue', body: reason },
  'GET /api/issuers/{slug}/evidence/{id}/grants': { scope: 'read' },
  'POST /api/issuers/{slug}/evidence/{id}/grants': { scope: 'issue', body: {} },
  'POST /api/issuers/{slug}/evidence/{id}/grants/{grant}/withdraw': { scope: 'issue', body: reason },
  'GET /api/issuers/{slug}/credentials/{id}/document': { scope: 'read' },
  'GET /api/issuers/{slug}/credentials/{id}/document.json': { scope: 'read' },
  'GET /api/issuers/{slug}/credentials/{id}/document.jwt': { scope: 'read' },
  'GET /api/issuers/{slug}/credentials/{id}/claim': { scope: 'issue' },
  'POST /api/issuers/{slug}/credentials/{id}/claim/renew': { scope: 'issue', body: reason },
  'POST /api/issuers/{slug}/credentials/{id}/resend': { scope: 'issue' },
  'GET /api/issuers/{slug}/letters': { scope: 'read' },
  'POST /api/issuers/{slug}/letters/{id}/resend': { scope: 'issue' },
  'POST /api/issuers/{slug}/rosters/{id}/resend': { scope: 'issue', body: {} },
  'GET /api/issuers/{slug}/disputes': { scope: 'issue' },
  'GET /api/issuers/{slug}/credentials/{id}/disputes': { scope: 'issue' },
  'POST /api/issuers/{slug}/disputes/{id}/answer': { scope: 'issue', body: { answer: 'We look into it.' } },
  'POST /api/issuers/{slug}/disputes/{id}/close': { scope: 'issue', body: reason },
  'GET /api/issuers/{slug}/rosters': { scope: 'read' },
  'POST /api/issuers/{slug}/rosters': {
    scope: 'issue',
    body: 'name\nAna',
    headers: csv,
    query: ({ achievement }) => `?achievement=${achievement}`,
  },
  'GET /api/issuers/{slug}/rosters/{id}': { scope: 'read' },
  'GET /api/issuers/{slug}/rosters/{id}/rows': { scope: 'read' },
  'GET /api/issuers/{slug}/rosters/{id}/summary': { scope: 'read' },
  'GET /api/issuers/{slug}/rosters/{id}/results.csv': { scope: 'read' },
  'GET /api/issuers/{slug}/rosters/{id}/progress': { scope: 'read' },
  'POST /api/issuers/{slug}/rosters/{id}/start': { scope: 'issue' },
  'POST /api/issuers/{slug}/rosters/{id}/pause': { scope: 'issue' },
  'POST /api/issuers/{slug}/rosters/{id}/resume': { scope: 'issue' },
  'POST /api/issuers/{slug}/rosters/{id}/cancel': { scope: 'issue' },
  'POST /api/issuers/{slug}/rosters/{id}/retry': { scope: 'issue' },
  'GET /api/issuers/{slug}/members': { scope: 'manage' },
  'PUT /api/issuers/{slug}/members/{id}': { scope: 'manage', body: { role: 'viewer', reason: 'a test' } },
  'GET /api/issuers/{slug}/members/{id}/removal': { scope: 'manage' },
  'POST /api/issuers/{slug}/members/{id}/remove': { scope: 'manage', body: reason },
  'POST /api/issuers/{slug}/leave': { scope: 'read', body: reason },
  'GET /api/issuers/{slug}/invitations': { scope: 'manage' },
  'POST /api/issuers/{slug}/invitations': { scope: 'manage', body: { email: 'eve@example.edu', role: 'viewer' } },
  'POST /api/issuers/{slug}/invitations/{id}/withdraw': { scope: 'manage', body: reason },
  'POST /api/issuers/{slug}/credentials/bulk/preview': {
    scope: 'issue',
    body: { act: 'suspend', selection: { issuedFrom: '2026-01-01' } },
  },
  'POST /api/issuers/{slug}/credentials/bulk': {
    scope: 'issue',
    body: { act: 'suspend', selection: { issuedFrom: '2026-01-01' }, reason: 'a test', digest: '0'.repeat(64) },
  },
  'POST /api/issuers/{slug}/credentials/{id}/reissue': { scope: 'issue', body: reason },
  'POST /api/issuers/{slug}/rosters/{id}/correct': {
    scope: 'issue',
    body: 'name\nAna',
    headers: csv,
    query: () => '?reason=a%20test',
  },
  'GET /api/issuers/{slug}/corrections': { scope: 'read' },
  'GET /api/issuers/{slug}/corrections/{id}': { scope: 'read' },
  'GET /api/issuers/{slug}/corrections/{id}/items': { scope: 'read' },
  'POST /api/issuers/{slug}/corrections/{id}/start': { scope: 'issue' },
  'POST /api/issuers/{slug}/corrections/{id}/cancel': { scope: 'issue' },
  'GET /api/issuers/{slug}/audit': { scope: 'manage' },
  'GET /api/issuers/{slug}/audit/verify': { scope: 'manage' },
  'GET /api/issuers/{slug}/audit/export': { scope: 'manage' },
  'GET /api/issuers/{slug}/ledger': { scope: 'manage' },
  'GET /api/issuers/{slug}/ledger/verify': { scope: 'manage' },
  'POST /api/issuers/{slug}/vc-api/credentials/issue': { scope: 'issue', body: { credential: {} } },
  'POST /api/issuers/{slug}/vc-api/credentials/status': {
    scope: 'issue',
    body: { credentialId: 'https://assay.example/credentials/x', credentialStatus: {}, status: true },
  },
  'POST /api/issuers/{slug}/vc-api/credentials/verify': { scope: 'read', body: { verifiableCredential: {} } },
  'POST /api/issuers/{slug}/vc-api/presentations/verify': { scope: 'read', body: { verifiablePresentation: {} } },
};
/** Those that need no key of an issuer. */
const open = [
  'POST /api/setup',
  'GET /api/me',
  'GET /api/reviews',
  'GET /oembed',
  'POST /api/invitations/accept',
  'POST /api/credentials/{id}/recipient',
  'GET /api/instance/audit',
  'GET /api/instance/sample-data',
  'POST /api/instance/sample-data',
  'DELETE /api/instance/sample-data',
];

/** Of each scope a role that lacks it; every role may read. */
const lacking = { read: null, author: 'issuer', approve: 'author', issue: 'approver', manage: 'approver' } as const;

describe.each(['embedded', 'PostgreSQL'])('one issuer and another on %s', (name) => {
  let service: Service;
  let ids: Ids;
  /** Keys: `of east`: all rights in another issuer; `but X`: of this issuer, with every right but X. */
  const keys = new Map<string, string>();
  /** Cookies of people: an owner of the other issuer, and one of this issuer by each role. */
  const people = new Map<string, string>();

  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
    const { call, key } = service;
    const post = async (url: string, body: unknown, headers = {}) =>
      (await call('POST', url, { key, body, headers })).body;
    let apiKeyId = '';
    const all = ['read', 'author', 'approve', 'issue', 'manage'];
    for (const slug of ['west', 'east'])
      await post('/api/issuers/northfield/units', { slug, profile: { name: slug, url: 'https://x.example' } });
    keys.set('of east', (await post('/api/issuers/east/api-keys', { name: 'all', scopes: all })).apiKey as string);
    for (const scope of all) {
      const others = all.filter((other) => other !== scope);
      const made = await post('/api/issuers/west/api-keys', { name: `but ${scope}`, scopes: others });
      keys.set(`but ${scope}`, made.apiKey as string);
      apiKeyId = made.id as string;
    }
    const [signing] = (await call('GET', '/api/issuers/west/keys', { key })).body.items as JsonObject[];
    const keyId = signing?.id as string;
    const achievementId = await approvedAchievement(service, 'west');
    const issued = await post('/api/issuers/west/credentials', { achievement: achievementId, learner });
    // Sent, so that it can be sent again.
    const letter = await service.db
      .updateTable('mail')
      .set({ state: 'sent' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const framework = await post('/api/issuers/west/skill-frameworks?name=Office', 'uri,statement\nurn:x:1,Reads', csv);
    const roster = await post(`/api/issuers/west/rosters?achievement=${achievementId}`, 'name\nAna', csv);
    people.set('owner of east', (await addMember(service, 'east', 'owner')).cookie);
    let member = '';
    for (const role of ['author', 'approver', 'issuer'] as const) {
      const { id, cookie } = await addMember(service, 'west', role);
      people.set(role, cookie);
      member = id;
    }
    const invited = await post('/api/issuers/west/invitations', { email: 'new@example.edu', role: 'viewer' });
    const file = await post('/api/issuers/west/evidence?name=work.txt', 'Ana’s work', { 'content-type': 'text/plain' });
    const grant = await post(`/api/issuers/west/evidence/${file.id}/grants`, {});
    const suspend = { act: 'suspend', selection: { ids: [issued.id] } };
    const preview = await post('/api/issuers/west/credentials/bulk/preview', suspend);
    const correction = await post('/api/issuers/west/credentials/bulk', {
      ...suspend,
      ...reason,
      digest: preview.digest,
    });
    const { pathname, search } = new URL(issued.claimUrl as string);
    const said = await call('POST', `${pathname}/dispute${search}`, {
      headers: { ...fromOurPage, 'content-type': 'application/x-www-form-urlencoded' },
      body: 'about=other&words=Ana+Torres+is+not+my+name',
    });
    expect(said.status, said.text).toBe(303);
    const dispute = await service.db.selectFrom('dispute').select('id').executeTakeFirstOrThrow();
    ids = {
      member,
      invitation: invited.id as string,
      achievement: achievementId,
      credential: issued.id as string,
      roster: roster.id as string,
      'api-key': apiKeyId,
      key: keyId,
      evidence: file.id as string,
      grant: grant.id as string,
      letter: letter.id,
      dispute: dispute.id as string,
      'skill-framework': framework.id as string,
      correction: correction.id as string,
    };
  });
  afterAll(() => service.close());

  /** Ask a route of an issuer about what belongs to `west`. */
  const ask = (route: string, slug: string, key: string | undefined, as: Record<string, string> = {}) => {
    const [method, path = ''] = route.split(' ');
    const { body, headers = {}, query } = walk[route] as Step;
    const kind =
      /\/(achievements|skill-frameworks|credentials|rosters|corrections|api-keys|keys|letters|disputes|members|invitations|evidence)\/\{id\}/.exec(
        path,
      )?.[1];
    const id = kind === undefined ? '' : ids[kind.replace(/s$/, '') as keyof Ids];
    const url = path.replace('{slug}', slug).replace('{id}', id).replace('{grant}', ids.grant) + (query?.(ids) ?? '');
    const issue = { achievement: ids.achievement, learner };
    return service.call(method as 'GET', url, {
      ...(key === undefined ? {} : { key }),
      ...(route === 'POST /api/issuers/{slug}/credentials' ? { body: issue } : body === undefined ? {} : { body }),
      headers: { ...headers, ...as },
    });
  };
  const asPerson = (who: string) => ({ cookie: people.get(who) as string, ...fromOurPage });
  const everything = async () => {
    const tables = [
      'issuer',
      'issuer_key',
      'achievement',
      'achievement_version',
      'achievement_comment',
      'credential',
      'roster',
      'evidence_file',
      'evidence_grant',
      'correction',
      'correction_item',
      'skill_framework',
      'skill_item',
      'api_key',
      'image',
      'member',
      'invitation',
      'mail',
      'dispute',
    ] as const;
    const counts = await Promise.all(
      tables.map((table) =>
        service.db
          .selectFrom(table)
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .execute(),
      ),
    );
    return JSON.stringify(counts);
  };

  it('knows every route of the API', async () => {
    const api = (await service.call('GET', '/openapi.json')).body as { paths: Record<string, JsonObject> } & JsonObject;
    expect(api.openapi).toBe('3.1.0');
    const routes = Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.sort()).toEqual([...Object.keys(walk), ...open].sort());
  });

  it('gives nothing, and changes nothing, without a key, with a wrong one, and without the right', async () => {
    const before = await everything();
    for (const [route, { scope }] of Object.entries(walk)) {
      const answers = [
        [401, await ask(route, 'west', undefined)],
        [401, await ask(route, 'west', `assay_${'A'.repeat(43)}`)],
        [404, await ask(route, 'west', keys.get('of east'))],
        [403, await ask(route, 'west', keys.get(`but ${scope}`))],
        [404, await ask(route, 'nowhere', keys.get('of east'))],
      ] as const;
      for (const [status, answer] of answers) {
        expect(answer.status, `${route}: ${answer.text.slice(0, 200)}`).toBe(status);
        expect(answer.headers['content-type']).toMatch('application/problem+json');
        expect(answer.text).not.toContain('Ana Torres');
      }
    }
    expect(await everything()).toBe(before);
  });

  it('gives nothing, and changes nothing, for people elsewhere, without the right, and from other sites', async () => {
    const before = await everything();
    for (const [route, { scope }] of Object.entries(walk)) {
      const role = lacking[scope];
      const cookie = people.get('owner of east') as string;
      const foreign = { cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
      const answers = [
        [401, await ask(route, 'west', undefined, { ...fromOurPage, cookie: 'assay.session_token=made-up' })],
        [404, await ask(route, 'west', undefined, asPerson('owner of east'))],
        [404, await ask(route, 'nowhere', undefined, asPerson('owner of east'))],
        ...(role === null ? [] : [[403, await ask(route, 'west', undefined, asPerson(role))] as const]),
        ...(route.startsWith('GET')
          ? []
          : [
              [403, await ask(route, 'east', undefined, { cookie })] as const,
              [403, await ask(route, 'east', undefined, foreign)] as const,
            ]),
      ] as const;
      for (const [status, answer] of answers) {
        expect(answer.status, `${route}: ${answer.text.slice(0, 200)}`).toBe(status);
        expect(answer.headers['content-type']).toMatch('application/problem+json');
        expect(answer.text).not.toContain('Ana Torres');
      }
    }
    expect(await everything()).toBe(before);
  });

  it('shows the log of the instance to owners of an issuer with nothing above it, and to nobody else', async () => {
    const get = (headers: Record<string, string>, query = '') =>
      service.call('GET', `/api/instance/audit${query}`, { headers });
    const owner = await addMember(service, 'northfield', 'owner');
    const admin = await addMember(service, 'northfield', 'admin');
    const statuses = [];
    const askers: Record<string, string>[] = [
      {},
      { authorization: `Bearer ${service.key}` },
      { cookie: people.get('owner of east') as string },
      { cookie: admin.cookie },
    ];
    for (const headers of askers) statuses.push((await get(headers)).status);
    expect(statuses).toEqual([401, 401, 403, 403]);
    const { items, next } = (await get({ cookie: owner.cookie }, '?limit=2')).body as {
      items: JsonObject[];
      next: number;
    };
    expect(items.map(({ chain, number }) => [chain, number])).toEqual([
      ['instance', 1],
      ['instance', 2],
    ]);
    const rest = (await get({ cookie: owner.cookie }, `?after=${next}`)).body.items as JsonObject[];
    expect(rest[0]?.number).toBe(3);
  });

  it('gives nothing of another issuer under its own name', async () => {
    const before = await everything();
    for (const route of Object.keys(walk).filter((path) => path.includes('{id}') || path.includes('rosters'))) {
      if (route === 'GET /api/issuers/{slug}/rosters') continue;
      const answer = await ask(route, 'east', keys.get('of east'));
      expect(answer.status, `${route}: ${answer.text.slice(0, 200)}`).toBe(404);
      const asked = await ask(route, 'east', undefined, asPerson('owner of east'));
      expect(asked.status, `${route}: ${asked.text.slice(0, 200)}`).toBe(404);
    }
    const issued = await ask('POST /api/issuers/{slug}/credentials', 'east', keys.get('of east'));
    expect(issued.status).toBe(404);
    // Ana holds a credential of `west` alone.
    const record = await ask('POST /api/issuers/{slug}/clrs', 'east', keys.get('of east'));
    expect([record.status, record.body.code]).toEqual([409, 'conflict']);
    expect(await everything()).toBe(before);
  });
});

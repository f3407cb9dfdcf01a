import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { type Service, startService } from '../test-issuing.ts';
import { addMember, browse, CookieJar, findLetter, fromOurPage, makeUser, password, signIn } from '../test-people.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

describe.each(['embedded', 'PostgreSQL'])('members and invitations on %s', (name) => {
  let service: Service;
  let owner: Awaited<ReturnType<typeof addMember>>;
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
    owner = await addMember(service, 'northfield', 'owner');
    const unit = { slug: 'west', profile: { name: 'West', url: 'https://x.example' } };
    expect((await as(owner.cookie, 'POST', '/api/issuers/northfield/units', unit)).status).toBe(201);
  });
  afterAll(() => service.close());

  const as = (cookie: string, method: 'GET' | 'POST' | 'PUT', url: string, body?: unknown) =>
    service.call(method, url, { headers: { cookie, ...fromOurPage }, ...(body === undefined ? {} : { body }) });
  const why = { reason: 'a test' };
  const inviteAs = (cookie: string, email: string, role: string, slug = 'northfield') =>
    as(cookie, 'POST', `/api/issuers/${slug}/invitations`, { email, role });
  const linkOf = async (email: string) => {
    const letter = await findLetter(service, email);
    return /\/invitations\/([\w-]+)/.exec(letter?.text ?? '')?.[1] as string;
  };
  const accept = (cookie: string, token: string) => as(cookie, 'POST', '/api/invitations/accept', { token });
  const someone = async () => {
    const email = `${randomUUID()}@example.edu`;
    const id = await makeUser(service, email);
    return { id, email, cookie: `${await signIn(service, email)}` };
  };

  it('makes a member of who accepts, once, and leaves no address in the log', async () => {
    const { id, email, cookie } = await someone();
    expect((await inviteAs(owner.cookie, email, 'author')).status).toBe(201);
    const token = await linkOf(email);
    const waiting = (await as(owner.cookie, 'GET', '/api/issuers/northfield/invitations')).body.items;
    expect(waiting).toMatchObject([{ email, role: 'author' }]);
    const answers = await Promise.all([1, 2, 3].map(() => accept(cookie, token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
    expect((await accept(cookie, token)).status).toBe(404);
    expect((await as(owner.cookie, 'GET', '/api/issuers/northfield/invitations')).body.items).toEqual([]);
    const members = (await as(owner.cookie, 'GET', '/api/issuers/northfield/members')).body.items;
    expect(members).toContainEqual(expect.objectContaining({ id, email, role: 'author' }));
    const log = (await as(owner.cookie, 'GET', '/api/issuers/northfield/audit?limit=1000')).text;
    expect(log).toContain(`user ${id}`);
    expect(log).not.toContain('@example.edu');
    const kept = await service.db.selectFrom('invitation').selectAll().execute();
    expect(JSON.stringify(kept)).not.toContain(email);
  });

  it('refuses another address, an expired, a withdrawn, and a made-up invitation', async () => {
    const [invited, other] = [await someone(), await someone()];
    await inviteAs(owner.cookie, invited.email, 'viewer');
    const token = await linkOf(invited.email);
    expect((await accept(other.cookie, token)).status).toBe(403);
    await service.db
      .updateTable('invitation')
      .set({ expires_at: new Date(Date.now() - 1000) })
      .execute();
    expect((await accept(invited.cookie, token)).status).toBe(404);
    const made = await inviteAs(owner.cookie, invited.email, 'viewer');
    const second = await linkOf(invited.email);
    const at = `/api/issuers/northfield/invitations/${made.body.id}/withdraw`;
    expect((await as(owner.cookie, 'POST', at, why)).status).toBe(204);
    expect((await as(owner.cookie, 'POST', at, why)).status).toBe(404);
    for (const unusable of [second, 'made-up']) expect((await accept(invited.cookie, unusable)).status).toBe(404);
    expect((await service.call('POST', '/api/invitations/accept', { body: { token: second } })).status).toBe(401);
    expect((await as(invited.cookie, 'GET', '/api/me')).body).toMatchObject({ issuers: [] });
  });

  it('asks a member who is invited again to have the role changed', async () => {
    const { email, cookie } = await addMember(service, 'west', 'author');
    await inviteAs(owner.cookie, email, 'viewer', 'west');
    expect((await accept(cookie, await linkOf(email))).status).toBe(409);
  });

  it('makes an account from an invitation, by a page', async () => {
    const email = `${randomUUID()}@example.edu`;
    await inviteAs(owner.cookie, email, 'issuer', 'west');
    const token = await linkOf(email);
    const jar = new CookieJar();
    const page = await browse(service, jar, `/invitations/${token}`);
    expect(page.status).toBe(200);
    expect(page.text).toContain(email);
    const short = await browse(service, jar, `/invitations/${token}`, { name: 'Ana <b>', password: 'short' });
    expect(short.status).toBe(422);
    expect(short.text).toContain('password-fault');
    expect(short.text).toContain('value="Ana &lt;b&gt;"');
    expect(short.text).not.toContain('value="short"');
    const two = [new CookieJar(), new CookieJar()];
    const form = { name: 'Ana', password };
    const both = await Promise.all(two.map((one) => browse(service, one, `/invitations/${token}`, form)));
    expect(both.map(({ status }) => status).sort()).not.toEqual([303, 303]);
    const winner = two[both.findIndex(({ status }) => status === 303)] as CookieJar;
    expect((await as(`${winner}`, 'GET', '/api/me')).body).toMatchObject({
      user: { email },
      issuers: [{ slug: 'west', roles: ['issuer'] }],
    });
    expect((await browse(service, jar, `/invitations/${token}`)).status).toBe(404);
    const users = await service.db.selectFrom('user').select('emailVerified').where('email', '=', email).execute();
    expect(users).toEqual([{ emailVerified: true }]);
  });

  it('lets owners alone give and take the roles owner and admin', async () => {
    const admin = await addMember(service, 'northfield', 'admin');
    const other = await addMember(service, 'northfield', 'admin');
    const author = await addMember(service, 'northfield', 'author');
    const at = (id: string) => `/api/issuers/northfield/members/${id}`;
    const to = (role: string) => ({ role, ...why });
    expect((await inviteAs(admin.cookie, 'x@example.edu', 'admin')).status).toBe(403);
    expect((await inviteAs(admin.cookie, 'x@example.edu', 'owner', 'west')).status).toBe(403);
    for (const role of ['admin', 'owner']) {
      expect((await as(admin.cookie, 'PUT', at(author.id), to(role))).status).toBe(403);
      expect((await as(admin.cookie, 'PUT', at(admin.id), to(role))).status).toBe(403);
    }
    expect((await as(admin.cookie, 'PUT', at(other.id), to('viewer'))).status).toBe(403);
    expect((await as(admin.cookie, 'POST', `${at(other.id)}/remove`, why)).status).toBe(403);
    expect((await as(admin.cookie, 'POST', `${at(owner.id)}/remove`, why)).status).toBe(403);
    const key = { key: service.key, body: to('admin') };
    expect((await service.call('PUT', at(author.id), key)).status).toBe(403);
    expect((await as(admin.cookie, 'PUT', at(author.id), to('approver'))).status).toBe(204);
    expect((await as(owner.cookie, 'PUT', at(author.id), to('admin'))).status).toBe(204);
    const keys = '/api/issuers/northfield/api-keys';
    const made = (await as(other.cookie, 'POST', keys, { name: 'theirs', scopes: ['read'] })).body;
    await as(owner.cookie, 'POST', keys, { name: 'not theirs', scopes: ['read'] });
    const gone = await as(other.cookie, 'POST', keys, { name: 'not in use', scopes: ['read'] });
    expect((await as(owner.cookie, 'POST', `${keys}/${gone.body.id}/revoke`, why)).status).toBe(204);
    const removed = await as(owner.cookie, 'POST', `${at(other.id)}/remove`, { ...why, keepApiKeys: true });
    expect(removed.status, removed.text).toBe(200);
    expect(removed.body).toEqual({ apiKeys: [{ id: made.id, name: 'theirs', scopes: ['read'] }], invitations: 0 });
    const stays = await service.call('GET', '/api/issuers/northfield', { key: made.apiKey as string });
    expect(stays.status).toBe(200);
    expect((await as(other.cookie, 'GET', '/api/issuers/northfield')).status).toBe(404);
    expect((await as(owner.cookie, 'PUT', at(other.id), to('viewer'))).status).toBe(404);
  });

  it('ends with a role what its holder made in the issuer and below, and says so before', async () => {
    const member = await addMember(service, 'northfield', 'admin');
    const makeKey = async (slug: string) =>
      (await as(member.cookie, 'POST', `/api/issuers/${slug}/api-keys`, { name: `in ${slug}`, scopes: ['read'] })).body
        .apiKey as string;
    await as(owner.cookie, 'POST', '/api/issuers/northfield/units', { slug: 'south', profile: { name: 'South' } });
    const own = [await makeKey('northfield'), await makeKey('south')];
    const west = service.db.selectFrom('issuer').select('id').where('slug', '=', 'west');
    const { id: westId } = await west.executeTakeFirstOrThrow();
    await service.db
      .insertInto('member')
      .values({ issuer_id: westId, user_id: member.id, role: 'admin', since: new Date(), given_by: 'system' })
      .execute();
    const elsewhere = await makeKey('west');
    const invited = await someone();
    await inviteAs(member.cookie, invited.email, 'viewer', 'south');
    const token = await linkOf(invited.email);
    const at = `/api/issuers/northfield/members/${member.id}`;
    const foreseen = (await as(owner.cookie, 'GET', `${at}/removal`)).body;
    expect(foreseen).toMatchObject({ apiKeys: [{ name: 'in northfield' }, { name: 'in south' }], invitations: 1 });
    expect((await as(owner.cookie, 'POST', `${at}/remove`, why)).body).toEqual(foreseen);
    const statuses = [];
    for (const [index, slug] of ['northfield', 'south'].entries())
      statuses.push((await service.call('GET', `/api/issuers/${slug}`, { key: own[index] as string })).status);
    expect(statuses).toEqual([401, 401]);
    expect((await service.call('GET', '/api/issuers/west', { key: elsewhere })).status).toBe(200);
    expect((await accept(invited.cookie, token)).status).toBe(404);
    expect((await as(owner.cookie, 'GET', `${at}/removal`)).status).toBe(404);
    for (const slug of ['northfield', 'south'])
      expect((await as(owner.cookie, 'GET', `/api/issuers/${slug}/audit/verify`)).body).toEqual({ fault: null });
  });

  it('shows roles that come down from above as such, without addresses', async () => {
    const items = (await as(owner.cookie, 'GET', '/api/issuers/west/members')).body.items as { id: string }[];
    expect(items.find(({ id }) => id === owner.id)).toMatchObject({
      role: 'owner',
      email: null,
      from: { slug: 'northfield' },
    });
  });

  it('keeps the last owner of an issuer with nothing above it, also when all leave at once', async () => {
    const at = `/api/issuers/northfield/members/${owner.id}`;
    expect((await as(owner.cookie, 'PUT', at, { role: 'admin', ...why })).status).toBe(409);
    expect((await as(owner.cookie, 'POST', `${at}/remove`, why)).status).toBe(409);
    expect((await as(owner.cookie, 'POST', '/api/issuers/northfield/leave', why)).status).toBe(409);
    const second = await addMember(service, 'northfield', 'owner');
    const left = await Promise.all(
      [owner, second].map(({ cookie }) => as(cookie, 'POST', '/api/issuers/northfield/leave', why)),
    );
    expect(left.map(({ status }) => status).sort()).toEqual([200, 409]);
    if (left[0]?.status === 200) owner = second;
    const below = await addMember(service, 'west', 'owner');
    expect((await as(below.cookie, 'POST', '/api/issuers/west/leave', why)).status).toBe(200);
    expect((await as(below.cookie, 'GET', '/api/issuers/west')).status).toBe(404);
  });

  it('lets a key name the first owner where nobody owns the issuer, and no second', async () => {
    const fresh = await startService(databases.find((database) => database.name === name) as TestDatabase);
    const ask = (email: string) =>
      fresh.call('POST', '/api/issuers/northfield/invitations', { key: fresh.key, body: { email, role: 'owner' } });
    expect((await ask('first@example.edu')).status).toBe(201);
    const letter = await findLetter(fresh, 'first@example.edu');
    const token = /\/invitations\/([\w-]+)/.exec(letter?.text ?? '')?.[1] as string;
    const made = await browse(fresh, new CookieJar(), `/invitations/${token}`, { name: 'First', password });
    expect(made.status).toBe(303);
    expect((await ask('second@example.edu')).status).toBe(403);
    await fresh.close();
  });
});

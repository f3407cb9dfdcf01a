import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/json/json.ts';
import type { Actor } from '../access/authorize.ts';
import { findIssuer } from '../issuer/store.ts';
import { MasterKey } from '../master-key.ts';
import { verifyAllRecords } from '../operation/verify-chains.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { accept, achievement, approvedAchievement, publicUrl, type Service, startService } from '../test-issuing.ts';
import { addMember, findLetter } from '../test-people.ts';
import { issueClr } from './issue-clr.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const ana = { name: 'Ana Torres', email: 'ana@example.edu' };
const ben = { name: 'Ben Ode', email: 'ben@example.edu' };

describe.each(['embedded', 'PostgreSQL'])('learner records on %s', (database) => {
  let service: Service;
  let tickets = 0;
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    service.call('POST', `/api/issuers/${path}`, { key: service.key, body, headers });
  const issue = async (slug: string, of: string, learner: object, more: object = {}) => {
    const { status, body, text } = await post(`${slug}/credentials`, { achievement: of, learner, ...more });
    expect(status, text).toBe(201);
    return body as JsonObject & { id: string; claimUrl: string };
  };
  const record = async (body: object, slug = 'northfield') => {
    const made = await post(`${slug}/clrs`, body);
    expect(made.status, made.text).toBe(201);
    return made.body as JsonObject & { id: string; claimUrl: string; credential: JsonObject };
  };
  const inside = (credential: unknown) =>
    (credential as { credentialSubject: { verifiableCredential: JsonObject[] } }).credentialSubject
      .verifiableCredential;
  const verify = async (document: string) => {
    const answer = await service.app.inject({
      method: 'POST',
      url: '/api/verify',
      headers: { 'content-type': document.startsWith('{') ? 'application/json' : 'text/plain' },
      payload: document,
    });
    return answer.json() as {
      verification: { verdict: string; kind: string };
      hallmark: { stamps: Record<string, { outcome: string }> };
      credentials: { verification: { verdict: string }; hallmark: { stamps: Record<string, { reason: string }> } }[];
    };
  };
  const documentOf = async (id: string) => {
    const row = await service.db.selectFrom('credential').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
    return row.document as string;
  };
  const newAchievement = (slug: string) =>
    approvedAchievement(service, slug, { ...achievement, name: `Course ${++tickets}` });

  beforeAll(async () => {
    service = await startService(
      databases.find(({ name }) => name === database) as TestDatabase,
      new MasterKey(randomBytes(32)),
    );
    await post('northfield/units', { slug: 'west', profile: { name: 'West', url: 'https://west.example' } });
  });
  afterAll(() => service.close());

  it('holds what issuer and units issued to the learner, as it was signed, and verifies with a verdict for each', async () => {
    const own = await issue('northfield', await newAchievement('northfield'), ana);
    const unit = await issue('west', await newAchievement('west'), ana, { validUntil: '2099-01-01' });
    const other = await issue('northfield', await newAchievement('northfield'), ben);
    const suspended = await issue('northfield', await newAchievement('northfield'), ana);
    await post(`northfield/credentials/${suspended.id}/suspend`, { reason: 'a test' });

    const made = await record({ learner: ana, reason: 'End of term' });
    expect(made).toMatchObject({ kind: 'ClrCredential', achievement: null, version: null, state: 'active' });
    expect(made.credential).toMatchObject({ name: 'Comprehensive Learner Record', partial: true });
    const held = inside(made.credential).map((one) => JSON.stringify(one));
    expect(held).toEqual([await documentOf(own.id), await documentOf(unit.id)]);
    expect(JSON.stringify(made.credential)).not.toContain(other.id);
    // Of a unit's view, what is above is not its own.
    expect(inside((await record({ learner: ana }, 'west')).credential)).toHaveLength(1);

    const document = await documentOf(made.id);
    const before = await verify(document);
    expect(before.verification).toMatchObject({ verdict: 'verified', kind: 'ClrCredential' });
    expect(before.credentials.map(({ verification }) => verification.verdict)).toEqual(['verified', 'verified']);

    // Revoked inside: the record stays what it is, and says so of that one.
    await post(`west/credentials/${unit.id}/revoke`, { reason: 'a test' });
    await accept(service, made.claimUrl);
    // A frame elsewhere has no room for each: it tells how many hold, since the answer of the record does not.
    const frame = (await service.app.inject({ url: `/credentials/${made.id}/embed` })).body;
    expect(frame).toContain('Verified: the record is genuine and in force.');
    expect(frame).toMatch(/<b class="num">1<\/b><span>not verified/);
    const after = await verify(document);
    expect(after.verification.verdict).toBe('verified');
    expect(after.credentials.map(({ verification }) => verification.verdict)).toEqual(['verified', 'not-verified']);
    expect(after.credentials[1]?.hallmark.stamps.current?.reason).toBe('current-revoked');

    const altered = JSON.parse(document) as JsonObject;
    inside(altered).pop();
    expect((await verify(JSON.stringify(altered))).verification.verdict).toBe('not-verified');

    await post(`northfield/credentials/${made.id}/revoke`, { reason: 'a test' });
    const revoked = await verify(document);
    expect(revoked.verification.verdict).toBe('not-verified');
    expect(revoked.credentials[0]?.verification.verdict).toBe('verified');
    for (const one of await verifyAllRecords(service.db))
      expect([one.name, one.fault, one.ledger]).toEqual([one.name, null, null]);
  });

  it('puts in what the learner holds in force, and nothing of anybody else', async () => {
    const mine = await issue('northfield', await newAchievement('northfield'), { ...ben, email: 'bo@example.edu' });
    const [a, b] = [await newAchievement('northfield'), await newAchievement('northfield')];
    const whose = { name: 'Cy Lee', email: 'cy@example.edu' };
    const [first, second] = [await issue('northfield', a, whose), await issue('northfield', b, whose)];
    const ask = (body: object) => post('northfield/clrs', body);

    const chosen = await record({ learner: { email: 'CY@example.edu' }, credentials: [second.id], name: 'Spring' });
    expect(chosen.credential).toMatchObject({ name: 'Spring', partial: true });
    expect(inside(chosen.credential).map(({ id }) => id)).toEqual([second.url]);
    const whole = await record({ learner: whose });
    expect(whole.credential.partial).toBeUndefined();
    // Records are not put into records.
    expect(inside(whole.credential)).toHaveLength(2);
    // Nothing that was only tried goes into a real record.
    const mark = (test: boolean) =>
      service.db.updateTable('credential').set({ test }).where('id', '=', first.id).execute();
    await mark(true);
    expect(inside((await record({ learner: whose })).credential).map(({ id }) => id)).toEqual([second.url]);
    await mark(false);

    await post(`northfield/credentials/${first.id}/revoke`, { reason: 'a test' });
    await post(`northfield/credentials/${second.id}/hide`, { reason: 'a test' });
    const refused = [
      [404, 'not-found', { learner: whose, credentials: [mine.id] }],
      [404, 'not-found', { learner: whose, credentials: [first.id] }],
      [409, 'conflict', { learner: whose, credentials: [second.id] }],
      [409, 'conflict', { learner: whose }],
      [409, 'conflict', { learner: { email: 'nobody@example.edu' } }],
      [400, 'malformed-request', { learner: { name: 'Cy Lee' } }],
      [400, 'malformed-request', { learner: { ...whose, result: [] } }],
      [422, 'refused', { learner: { email: 'no address' } }],
    ] as const;
    const kept = await service.db.selectFrom('credential').select('id').execute();
    for (const [status, code, body] of refused) {
      const { status: got, body: answer, text } = await ask(body);
      expect([got, answer.code], text).toEqual([status, code]);
    }
    expect(await service.db.selectFrom('credential').select('id').execute()).toHaveLength(kept.length);
  });

  it('is about one learner, as the credentials in it say who that is', async () => {
    const known = {
      name: 'Gil M. Sand',
      email: 'gil@example.edu',
      id: 'did:example:gil',
      identifiers: { systemId: '4711' },
    };
    await issue('northfield', await newAchievement('northfield'), known);
    const { email } = known;
    for (const learner of [
      { ...known, name: 'Ben Ode' },
      { email, id: 'did:example:ben' },
      { email, identifiers: { systemId: '4712' } },
      { email, identifiers: { emailAddress: 'ben@example.edu' } },
    ])
      expect([learner, (await post('northfield/clrs', { learner })).status]).toEqual([learner, 409]);
    for (const learner of [{ email }, { ...known, name: 'gil sand' }, { email, identifiers: { 'ext:more': '1' } }])
      expect([learner, (await post('northfield/clrs', { learner })).status]).toEqual([learner, 201]);
  });

  it('gives the name in clear of nobody who did not agree to that in a credential', async () => {
    const whose = { name: 'Jo Unsaid', email: 'jo@example.edu' };
    await issue('west', await newAchievement('west'), { ...whose, nameConsent: false });
    const put = (change: object) =>
      service.call('PUT', '/api/issuers/west/policy', { key: service.key, body: { change, reason: 'a test' } });
    await put({ learnerName: 'clear' });
    const made = await record({ learner: whose }, 'west');
    const agreed = await record({ learner: { ...whose, nameConsent: true } }, 'west');
    await put({ learnerName: null });
    expect(await documentOf(made.id)).not.toContain('Unsaid');
    expect(await documentOf(agreed.id)).toContain('Unsaid');
  });

  it('holds nothing that was suspended while it was put together', async () => {
    const whose = { name: 'Hal Orr', email: 'hal@example.edu' };
    const { id } = await issue('northfield', await newAchievement('northfield'), whose);
    const issuer = await findIssuer(service.db, 'northfield');
    const actor = { name: 'a test', title: '', issuer, userId: null, roles: [], scopes: [] } as unknown as Actor;
    const { db, masterKey } = service.issuing;
    const meanwhile = () => {
      const suspended = post(`northfield/credentials/${id}/suspend`, { reason: 'a test' });
      return { execute: async (work: never) => [await suspended, await db.transaction().execute(work)][1] };
    };
    const slow = new Proxy(db, {
      get: (target, name) => (name === 'transaction' ? meanwhile : Reflect.get(target, name).bind(target)),
    });
    const deps = { db: slow, masterKey, publicUrl, now: () => new Date() };
    const asked = issueClr(deps, actor, { learner: { email: whose.email }, dates: {} });
    await expect(asked).rejects.toThrow('These credentials changed. Ask again.');
  });

  it('is listed, claimed, shown, delivered and revoked like any other, and never corrected', async () => {
    const whose = { name: 'Dee <b>Moe</b>', email: 'dee@example.edu' };
    await issue('northfield', await newAchievement('northfield'), whose);
    const held = await issue('northfield', await newAchievement('northfield'), whose);
    const headers = { 'idempotency-key': 'record-1' };
    const [made, again] = [
      await post('northfield/clrs', { learner: whose }, headers),
      await post('northfield/clrs', { learner: whose }, headers),
    ];
    expect(again.text).toBe(made.text);
    const { id, claimUrl } = made.body as { id: string; claimUrl: string };
    const get = (path: string, of: Record<string, string> = {}) => service.app.inject({ url: path, headers: of });
    const asked = { authorization: `Bearer ${service.key}` };

    const { items } = (await get('/api/issuers/northfield/credentials?limit=1', asked)).json();
    const told = { id, kind: 'ClrCredential', achievement: null, achievementName: 'Comprehensive Learner Record' };
    expect(items).toMatchObject([{ ...told, learner: whose }]);
    expect((await get(`/api/issuers/northfield/credentials/${id}`, asked)).json()).toMatchObject({
      ...told,
      test: false,
    });
    const recordsOf = async () => (await get(`/api/issuers/northfield/credentials/${held.id}`, asked)).json().records;
    expect(await recordsOf()).toEqual([id]);
    expect((await get('/api/issuers/northfield/credentials/export', asked)).body).toContain(
      `/credentials/${id}","","Comprehensive Learner Record","","active"`,
    );
    expect((await get('/api/issuers/northfield/ledger?format=jsonl', asked)).body).toContain(id);
    // Only the learner reads it before they accept; the name is hashed unless policy says otherwise.
    expect((await get(`/credentials/${id}`)).statusCode).toBe(404);
    expect(JSON.stringify(made.body.credential)).not.toContain('Dee <b>');
    await accept(service, claimUrl);

    const page = (await get(`/credentials/${id}`, { accept: 'text/html' })).body;
    expect(page).toContain('Verified: the record is genuine and in force.');
    expect(page.match(/class="card node"/g)).toHaveLength(2);
    expect(page).not.toContain('<b>Moe</b>');
    for (const [ending, type] of [
      ['json', 'application/vc'],
      ['png', 'image/png'],
      ['svg', 'image/svg+xml'],
      ['pdf', 'application/pdf'],
    ] as const) {
      const file = await get(`/credentials/${id}.${ending}`);
      expect([file.statusCode, file.headers['content-type']]).toEqual([200, type]);
      const assessed = await service.app.inject({
        method: 'POST',
        url: '/api/verify',
        headers: { 'content-type': 'application/octet-stream' },
        payload: file.rawPayload,
      });
      expect([ending, assessed.json().verification?.kind]).toEqual([ending, 'ClrCredential']);
      expect(assessed.json().verification.verdict).toBe('verified');
    }
    const anew = await post(`northfield/credentials/${id}/reissue`, { reason: 'a test' });
    expect([anew.status, anew.body.code]).toEqual([409, 'conflict']);

    const selection = { ids: [id] };
    const preview = await post('northfield/credentials/bulk/preview', { act: 'suspend', selection });
    expect(preview.body.changes).toEqual([{ from: 'active', to: 'suspended', count: 1 }]);
    await post(`northfield/credentials/${id}/revoke`, { reason: 'Put together anew' });
    expect(await recordsOf()).toEqual([]);
    service.issuing.credentials.forget(id);
    const after = (await get(`/credentials/${id}`, { accept: 'text/html' })).body;
    expect(after).toContain('The issuer has withdrawn this credential.');
    expect(after).toContain('Put together anew');
  });

  it('is signed as policy says, and holds what was signed as a JWT alone in an envelope', async () => {
    const whose = { name: 'Eva Lin', email: 'eva@example.edu', nameConsent: true };
    const change = { proof: 'vc-jwt', learnerName: 'with-consent' };
    const put = (change: object) =>
      service.call('PUT', '/api/issuers/west/policy', { key: service.key, body: { change, reason: 'a test' } });
    await put(change);
    const issued = await issue('west', await newAchievement('west'), whose);
    const made = await record({ learner: whose }, 'west');
    await put({ proof: null, learnerName: null });
    const [envelope] = inside(made.credential);
    expect(envelope).toMatchObject({
      type: 'EnvelopedVerifiableCredential',
      id: `data:application/vc+jwt,${issued.jwt}`,
    });
    const asked = await service.call('GET', `/api/issuers/west/credentials/${issued.id}`, { key: service.key });
    expect(asked.body.records).toEqual([made.id]);
    const { verification, credentials } = await verify(made.jwt as string);
    expect([verification.verdict, credentials[0]?.verification.verdict]).toEqual(['verified', 'verified']);
    const { identifier } = made.credential.credentialSubject as { identifier: JsonObject[] };
    expect(identifier).toContainEqual({
      type: 'IdentityObject',
      hashed: false,
      identityHash: 'Eva Lin',
      identityType: 'name',
    });
  });

  it('stays where a unit erases what is in it, and both are told', async () => {
    const whose = { name: 'Ida Poe', email: 'ida@example.edu' };
    const held = await issue('west', await newAchievement('west'), whose);
    const [made, revoked] = [await record({ learner: whose }), await record({ learner: whose })];
    await post(`northfield/credentials/${revoked.id}/revoke`, { reason: 'a test' });
    // A record that holds nothing of the unit is none of its business.
    const own = await issue('northfield', await newAchievement('northfield'), whose);
    const apart = await record({ learner: whose, credentials: [own.id] });
    const owner = await addMember(service, 'northfield', 'owner');
    const told = async (action: string) => {
      const { body } = await service.call('GET', '/api/issuers/northfield/audit?order=newest', { key: service.key });
      return (body.items as JsonObject[]).filter((entry) => entry.action === action).map(({ subject }) => subject);
    };
    const letters = async () => {
      const { body } = await service.call('GET', '/api/issuers/northfield/letters?limit=200', { key: service.key });
      return (body.items as JsonObject[]).filter(({ to }) => to === owner.email);
    };
    await post(`west/credentials/${held.id}/hide`, { reason: 'a complaint' });
    expect((await told('credential.hidden-below')).sort()).toEqual([made.id, revoked.id].sort());
    // Whoever does it over and over writes no more letters.
    await post(`west/credentials/${held.id}/show`, { reason: 'a test' });
    await post(`west/credentials/${held.id}/hide`, { reason: 'a test' });
    expect(await letters()).toHaveLength(1);
    const { subject, text } = (await findLetter(service, owner.email)) ?? {};
    expect(subject).toBe('A credential in a learner record of Northfield was taken down');
    expect(text).toContain(`${publicUrl}/studio/northfield/credentials/${made.id}\n`);
    expect(text).not.toMatch(/Ida|Poe|\{/);
    const who = { learner: { email: whose.email } };
    const preview = await post('west/learners/erase/preview', who);
    const recordsAbove = [{ issuer: 'Northfield', count: 2 }];
    expect(preview.body).toMatchObject({ recordsAbove });
    const { confirm } = preview.body;
    const erased = await post('west/learners/erase', { ...who, confirm, reason: 'asked' });
    expect(erased.body).toMatchObject({ recordsAbove });
    expect(inside(JSON.parse(await documentOf(made.id)))).toHaveLength(1);
    expect((await told('credential.erased-below')).sort()).toEqual([made.id, revoked.id].sort());
    const shown = await service.call('GET', `/api/issuers/northfield/credentials/${made.id}`, { key: service.key });
    expect((shown.body.history as JsonObject[])[0]).toMatchObject({
      action: 'credential.erased-below',
      reason: 'asked',
    });
    expect(await letters()).toHaveLength(2);
    // Where it is kept, it is found and erased.
    const above = await post('northfield/learners/erase/preview', who);
    expect(above.body).toMatchObject({ recordsAbove: [] });
    const gone = await post('northfield/learners/erase', { ...who, confirm: above.body.confirm, reason: 'asked' });
    expect((gone.body.credentials as JsonObject[]).map(({ id }) => id).sort()).toEqual(
      [made.id, revoked.id, own.id, apart.id].sort(),
    );
  });

  it('goes with its learner', async () => {
    const whose = { name: 'Fay Roe', email: 'fay@example.edu' };
    const child = await issue('northfield', await newAchievement('northfield'), whose);
    const made = await record({ learner: whose });
    const who = { learner: { email: whose.email } };
    const exported = await post('northfield/learners/export', who);
    expect((exported.body.credentials as JsonObject[]).map(({ id }) => id).sort()).toEqual([child.id, made.id].sort());
    const preview = await post('northfield/learners/erase/preview', who);
    const { confirm } = preview.body as { confirm: string };
    // What came meanwhile was not in the preview.
    const later = await record({ learner: whose });
    expect((await post('northfield/learners/erase', { ...who, confirm, reason: 'asked' })).status).toBe(409);
    const again = await post('northfield/learners/erase/preview', who);
    const erased = await post('northfield/learners/erase', { ...who, confirm: again.body.confirm, reason: 'asked' });
    expect((erased.body.credentials as JsonObject[]).map(({ id }) => id).sort()).toEqual(
      [child.id, made.id, later.id].sort(),
    );
    const rows = await service.db.selectFrom('credential').selectAll().where('id', 'in', [made.id, later.id]).execute();
    for (const { document, person, recipient, digest } of rows)
      expect([document, person, recipient, digest.length]).toEqual([null, null, null, 64]);
    expect((await post('northfield/clrs', who)).status).toBe(409);
    const records = await verifyAllRecords(service.db);
    expect(records.filter(({ fault, ledger }) => fault !== null || ledger !== null)).toEqual([]);
  });
});

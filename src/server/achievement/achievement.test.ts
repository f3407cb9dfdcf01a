import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../core/json/json.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { achievement, approvedAchievement, type Service, startService } from '../test-issuing.ts';
import { addMember } from '../test-people.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const at = '/api/issuers/northfield/achievements';
const application = JSON.parse(
  readFileSync(new URL('../../../fixtures/trusted/application.json', import.meta.url), 'utf8'),
) as JsonObject & { issuer: JsonObject; credentialSubject: { achievement: JsonObject } };
const { id: _, ...applied } = application.credentialSubject.achievement;

describe.each(['embedded', 'PostgreSQL'])('achievements on %s', (name) => {
  let service: Service;
  const ask = (method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) =>
    service.call(method, path, { key: service.key, ...(body === undefined ? {} : { body }) });
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
  });
  afterAll(() => service.close());

  it('answers every save with the report and with a list for the author, most pressing first', async () => {
    await ask('PUT', '/api/issuers/northfield/policy', { change: { gateClass: 'application' }, reason: 'test' });
    const made = await ask('POST', at, { ...applied, description: undefined, inLanguage: undefined });
    expect(made.status).toBe(422);
    const saved = (await ask('POST', at, { ...applied, inLanguage: undefined })).body as JsonObject & {
      author: { class: string; items: JsonObject[] };
    };
    expect(saved.framework).toMatchObject({ pack: { id: 'trusted-microcredential' } });
    expect(saved.author.class).toBe('application');
    const order = ['required', 'weak', 'recommended', 'if-available', 'done'];
    const sections = saved.author.items.map(({ section }) => order.indexOf(section as string));
    expect(sections).toEqual([...sections].sort());
    expect(saved.author.items).toHaveLength((saved.framework as { rules: unknown[] }).rules.length);
    const find = (id: string) => saved.author.items.find((item) => item.id === id);
    expect(find('language')).toMatchObject({
      section: 'recommended',
      from: 'achievement',
      help: { write: expect.stringMatching(/./) },
    });
    expect(find('issuer-authority')).toMatchObject({ section: 'required', from: 'issuer' });
    expect(find('result')).toMatchObject({ section: 'required', from: 'learner' });
  });

  it('says which class its credentials can support, with the evidence that is asked for', async () => {
    const { id: _, ...profile } = application.issuer;
    const changed = await ask('PUT', '/api/issuers/northfield', { profile, reason: 'accredited' });
    expect(changed.status, changed.text).toBe(200);
    const without = await ask('POST', at, applied);
    const asked = await ask('POST', at, { achievement: applied, evidence: { minimum: 1 } });
    expect(without.body).toMatchObject({ evidence: null, attainable: { headline: 'recognition' } });
    expect(asked.body).toMatchObject({ evidence: { minimum: 1 }, attainable: { headline: 'application' } });
  });

  it('refuses a term that no context defines, and evidence on the achievement', async () => {
    const refused = await ask('POST', at, { ...achievement, skills: ['x'], evidence: [{}] });
    expect(refused.status).toBe(422);
    const codes = (refused.body.findings as JsonObject[]).map(({ code }) => code);
    expect(codes).toContain('issue-achievement-holds-learner-data');
    const term = await ask('POST', at, { ...achievement, skills: ['x'] });
    expect(term.body.findings).toMatchObject([{ code: 'term-undefined', params: { term: 'skills' } }]);
  });

  it('asks each learner for the evidence that the version asks for', async () => {
    const id = await approvedAchievement(service, 'northfield', {
      achievement,
      evidence: { minimum: 1, kinds: ['Log'] },
    });
    const issue = (evidence?: JsonObject[]) =>
      ask('POST', '/api/issuers/northfield/credentials', {
        achievement: id,
        learner: { name: 'Ana', ...(evidence === undefined ? {} : { evidence }) },
      });
    expect((await issue()).body.findings).toMatchObject([
      { code: 'issue-evidence-too-few' },
      { code: 'issue-evidence-kind-missing' },
    ]);
    expect((await issue([{ narrative: 'Four weeks', genre: 'log' }])).status).toBe(201);
    // A bare achievement leaves it as it is; the next version may ask for nothing.
    expect((await ask('PUT', `${at}/${id}`, achievement)).body.evidence).toEqual({ minimum: 1, kinds: ['Log'] });
    expect((await ask('PUT', `${at}/${id}`, { achievement, evidence: null })).body.evidence).toBeNull();
    const diff = await ask('GET', `${at}/${id}/diff?from=1&to=2`);
    expect(diff.body).toMatchObject({ changes: [], evidence: { before: { minimum: 1 }, after: null } });
  });

  it('goes back to its author with comments, which are done when it is sent to review again', async () => {
    const { id } = (await ask('POST', at, achievement)).body;
    await ask('POST', `${at}/${id}/submit`);
    const comments = [{ pointer: '/criteria/narrative', text: 'Say who watches. =1+1 <b>' }, { text: 'Nearly there' }];
    expect((await ask('POST', `${at}/${id}/return`, { comments: [{ pointer: 'name', text: 'x' }] })).status).toBe(400);
    const returned = await ask('POST', `${at}/${id}/return`, { reason: 'see comments', comments });
    expect(returned.body).toMatchObject({ state: 'draft', changedBy: expect.any(String) });
    expect(returned.body.comments).toMatchObject([
      { ...comments[0], by: expect.any(String), resolvedAt: null },
      { ...comments[1], pointer: null, resolvedAt: null },
    ]);
    const versions = async () => (await ask('GET', `${at}/${id}`)).body.versions as { comments: JsonObject[] }[];
    await ask('PUT', `${at}/${id}`, { ...achievement, description: 'Another text' });
    expect((await versions())[0]?.comments).toHaveLength(2);
    const again = await ask('POST', `${at}/${id}/submit`, {});
    expect((again.body.comments as JsonObject[]).map(({ resolvedAt }) => typeof resolvedAt)).toEqual([
      'string',
      'string',
    ]);
    await ask('POST', `${at}/${id}/return`, { comments: [{ text: 'One more' }] });
    const open = (await versions())[0]?.comments.filter(({ resolvedAt }) => resolvedAt === null);
    expect(open).toMatchObject([{ text: 'One more' }]);
    const entries = await service.db
      .selectFrom('audit_entry')
      .selectAll()
      .where('subject', '=', id as string)
      .where('action', '=', 'achievement.return')
      .orderBy('number')
      .execute();
    expect(entries).toHaveLength(2);
    expect(entries[0]).toMatchObject({
      reason: 'see comments',
      detail: expect.stringMatching(/"comments":"[0-9a-f]{64}"/),
    });
  });

  it('lists what waits for approval wherever who asks may approve, with what is different', async () => {
    await ask('POST', '/api/issuers/northfield/units', {
      slug: 'below',
      profile: { name: 'Below', url: 'https://x.example' },
    });
    const reviews = async (as: { key?: string; headers?: Record<string, string> }, query = '') => {
      const found = await service.call('GET', `/api/reviews${query}`, as);
      expect(found.status, found.text).toBe(200);
      return found.body as { items: JsonObject[]; next: string | null };
    };
    const before = (await reviews({ key: service.key })).items.length;
    const old = await approvedAchievement(service);
    await ask('PUT', `${at}/${old}`, {
      achievement: { ...achievement, name: 'Other', tag: ['x'] },
      evidence: { minimum: 1 },
    });
    await ask('POST', `${at}/${old}/submit`, {});
    const fresh = await ask('POST', '/api/issuers/below/achievements', achievement);
    await ask('POST', `/api/issuers/below/achievements/${fresh.body.id}/submit`, {});
    const { items } = await reviews({ key: service.key });
    expect(items.slice(before)).toMatchObject([
      {
        issuer: 'northfield',
        id: old,
        version: 2,
        name: 'Other',
        changes: { added: 1, changed: 1, removed: 0, reordered: 0 },
        evidenceChanged: true,
        submittedBy: 'First key',
      },
      { issuer: 'below', id: fresh.body.id, version: 1, changes: null, evidenceChanged: false },
    ]);
    const first = await reviews({ key: service.key }, `?limit=${before + 1}`);
    const rest = await reviews({ key: service.key }, `?after=${first.next}`);
    expect([...first.items, ...rest.items]).toEqual(items);

    const approver = await addMember(service, 'below', 'approver');
    expect((await reviews({ headers: { cookie: approver.cookie } })).items.map(({ id }) => id)).toEqual([
      fresh.body.id,
    ]);
    const author = await addMember(service, 'northfield', 'author');
    expect((await reviews({ headers: { cookie: author.cookie } })).items).toEqual([]);
    const reads = await ask('POST', '/api/issuers/northfield/api-keys', { name: 'reads', scopes: ['read'] });
    expect((await reviews({ key: reads.body.apiKey as string })).items).toEqual([]);
    expect((await service.call('GET', '/api/reviews')).status).toBe(401);
    expect((await service.call('GET', '/api/reviews', { key: `assay_${'A'.repeat(43)}` })).status).toBe(401);
  });

  it('checks and shows a draft that is not saved, also one that cannot be', async () => {
    const count = async () => (await service.db.selectFrom('achievement').select('id').execute()).length;
    const before = await count();
    const checked = await ask('POST', `${at}/check`, { achievement: applied, evidence: { minimum: 1 } });
    expect(checked.body).toMatchObject({ findings: [], attainable: { headline: expect.any(String) } });
    const saved = await ask('POST', at, { achievement: applied, evidence: { minimum: 1 } });
    const { framework, author, attainable } = saved.body;
    expect(checked.body).toMatchObject({ author, attainable, framework: { classes: framework && {} } });
    // Begun: there is a name, and nothing else.
    const begun = await ask('POST', `${at}/check`, { name: 'Food' });
    expect(begun.status, begun.text).toBe(200);
    const [finding] = begun.body.findings as JsonObject[];
    expect(finding).toMatchObject({ code: expect.any(String), say: expect.stringMatching(/\w/) });
    expect((begun.body.author as { items: JsonObject[] }).items.length).toBeGreaterThan(5);
    const nothing = await ask('POST', `${at}/check`, { name: 'x', result: [{}] });
    expect(nothing.body).toMatchObject({ findings: [{ code: 'issue-achievement-holds-learner-data' }], author: null });

    const learner = { name: 'Ana Torres', email: 'ana@example.edu' };
    const preview = await ask('POST', `${at}/preview`, { achievement: applied, learner });
    expect(preview.status, preview.text).toBe(200);
    expect(preview.body).toMatchObject({
      findings: [],
      credential: { credentialSubject: { achievement: { name: applied.name } } },
      assessment: {
        verification: { securedBy: 'unsigned' },
        hallmark: { signed: false, stamps: { authentic: { outcome: 'inapplicable', reason: 'authentic-not-signed' } } },
      },
    });
    // As policy says, the name is hashed.
    expect(preview.text).not.toContain('Ana Torres');
    const broken = await ask('POST', `${at}/preview`, { achievement: { name: 'Food' } });
    expect(broken.status, broken.text).toBe(200);
    expect(broken.body.findings).not.toEqual([]);
    const kept = await ask('GET', `${at}/${saved.body.id}/preview`);
    expect(kept.body).toMatchObject({ findings: [], assessment: { hallmark: { signed: false } } });
    expect((kept.body.assessment as { framework: { classes: JsonObject } }).framework.classes.headline).toBe(
      (attainable as JsonObject).headline,
    );
    expect((await ask('GET', `${at}/${saved.body.id}/preview?version=2`)).status).toBe(404);
    expect(await count()).toBe(before + 1);
  });

  it('tells two versions apart, what a receiver sees first at the top', async () => {
    const id = await approvedAchievement(service);
    const [examination, practical] = achievement.resultDescription as [JsonObject, JsonObject];
    await ask('PUT', `${at}/${id}`, {
      ...achievement,
      tag: ['food'],
      resultDescription: [practical, { ...examination, requiredValue: '30' }],
      name: 'Food Safety',
    });
    const diff = await ask('GET', `${at}/${id}/diff?from=1&to=2`);
    expect((diff.body.changes as JsonObject[]).map(({ change, pointer }) => `${change} ${pointer}`)).toEqual([
      'changed /name',
      'changed /resultDescription/1/requiredValue',
      'reordered /resultDescription',
      'added /tag',
    ]);
    expect((diff.body.changes as JsonObject[])[1]).toMatchObject({ before: '35', after: '30' });
    expect((await ask('GET', `${at}/${id}/diff?from=1&to=3`)).status).toBe(404);
    const listed = (await ask('GET', `${at}?limit=200`)).body.items as JsonObject[];
    expect(listed.find((item) => item.id === id)).toMatchObject({ name: 'Food Safety', version: 2, state: 'draft' });
  });

  it('lists what was made last first, by state and by a part of the name, page by page', async () => {
    const list = async (query: string) =>
      (await ask('GET', `${at}?${query}`)).body as { items: JsonObject[]; next: string | null };
    const names = async (query: string) => (await list(query)).items.map(({ name }) => name);
    for (const name of ['Listed 100% one', 'Listed two', 'listed THREE'])
      await ask('POST', at, { ...achievement, name });
    expect(await names('text=listed')).toEqual(['listed THREE', 'Listed two', 'Listed 100% one']);
    expect(await names(`text=${encodeURIComponent('0% o')}`)).toEqual(['Listed 100% one']);
    expect(await names(`text=${encodeURIComponent('%')}&state=draft`)).toEqual(['Listed 100% one']);
    const first = await list('text=listed&limit=2');
    expect(await names(`text=listed&limit=2&after=${first.next}`)).toEqual(['Listed 100% one']);
    const [three] = first.items as [JsonObject];
    const { versions } = (await ask('GET', `${at}/${three.id}`)).body as { versions: { attainable: JsonObject }[] };
    expect(three).toMatchObject({ state: 'draft', class: versions[0]?.attainable.headline, retiredAt: null });
    await ask('POST', `${at}/${three.id}/submit`, {});
    expect(await names('text=listed&state=review')).toEqual(['listed THREE']);
    await ask('POST', `${at}/${three.id}/approve`, {});
    await ask('POST', `${at}/${three.id}/retire`, { reason: 'test' });
    expect(await names('text=listed&state=approved')).toEqual([]);
    expect(await names('text=listed&state=retired')).toEqual(['listed THREE']);
    expect((await ask('GET', `${at}?after=x`)).status).toBe(400);
  });

  it('does not overwrite what somebody else saved meanwhile', async () => {
    const { id, version, changedAt } = (await ask('POST', at, achievement)).body;
    const save = (description: string, basis: JsonObject) =>
      ask('PUT', `${at}/${id}`, { achievement: { ...achievement, description }, basis });
    const basis = { version, changedAt } as JsonObject;
    const saved = await save('First', basis);
    expect(saved.status, saved.text).toBe(200);
    const refused = await save('Second', basis);
    expect(refused.status).toBe(409);
    expect(refused.body.code).toBe('conflict');
    const again = await save('Second', { version: saved.body.version, changedAt: saved.body.changedAt } as JsonObject);
    expect((again.body.achievement as JsonObject).description).toBe('Second');
    expect((await ask('PUT', `${at}/${id}`, { ...achievement, description: 'Third' })).status).toBe(200);
  });

  it('changes the profile for credentials from now on', async () => {
    const id = await approvedAchievement(service);
    const issue = async (learner: string) => {
      const { body } = await ask('POST', '/api/issuers/northfield/credentials', {
        achievement: id,
        learner: { name: learner },
      });
      return body as { id: string; credential: { issuer: JsonObject } };
    };
    const before = await issue('Ana');
    const profile = { name: 'Northfield University', url: 'https://northfield.example' };
    const changed = await ask('PUT', '/api/issuers/northfield', {
      profile: { ...profile, id: 'did:web:evil.example' },
      reason: 'charter',
    });
    expect(changed.body).toMatchObject({ id: 'did:web:assay.example:issuers:northfield', profile });
    expect((await issue('Ben')).credential.issuer).toMatchObject({ ...profile, id: changed.body.id });
    const kept = await service.call('GET', `/api/issuers/northfield/credentials/${before.id}/document.json`, {
      key: service.key,
    });
    expect((kept.body.issuer as JsonObject).name).toBe(before.credential.issuer.name);
    const refused = await ask('PUT', '/api/issuers/northfield', {
      profile: { ...profile, accreditor: 'x' },
      reason: 'x',
    });
    expect(refused.body).toMatchObject({ code: 'refused', findings: [{ code: 'term-undefined' }] });
    expect((await ask('PUT', '/api/issuers/northfield', { profile })).status).toBe(400);
  });
});

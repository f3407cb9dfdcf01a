import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Assessment } from '../../core/assess.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { accept, approvedAchievement, type Service, startService } from '../test-issuing.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/trusted/${name}.json`, import.meta.url), 'utf8')) as JsonObject;
const at = '/api/issuers/northfield';
const names = ['recognition', 'knowledge', 'application'] as const;

describe.each(['embedded', 'PostgreSQL'])('the issue gate on %s', (name) => {
  let service: Service;
  /** Each supports its class and no more, with the learner's part. */
  const made = new Map<string, { id: string; learner: JsonObject }>();
  let withoutApprove: string;

  const post = (path: string, body: unknown, key = service.key) => service.call('POST', `${at}${path}`, { key, body });
  const decide = async (change: JsonObject) => {
    const answer = await service.call('PUT', `${at}/policy`, { key: service.key, body: { change, reason: 'test' } });
    expect(answer.status, answer.text).toBe(200);
  };
  const issue = (which: string, more: JsonObject = {}, key = service.key) => {
    const { id, learner } = made.get(which) as { id: string; learner: JsonObject };
    return post('/credentials', { achievement: id, learner, duplicates: 'allow', ...more }, key);
  };

  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
    const profile = read('application').issuer as JsonObject;
    await service.db
      .updateTable('issuer')
      .set({ profile: JSON.stringify({ ...profile, id: undefined }) })
      .execute();
    for (const which of names) {
      const document = read(which);
      const { achievement, result, activityEndDate } = document.credentialSubject as JsonObject & {
        achievement: JsonObject;
      };
      const { id: _, ...content } = achievement;
      const id = await approvedAchievement(service, 'northfield', content);
      const learner = JSON.parse(
        JSON.stringify({
          name: which,
          result,
          activityEndDate,
          evidence: document.evidence,
          awardedDate: document.awardedDate,
        }),
      ) as JsonObject;
      made.set(which, { id, learner });
    }
    const key = await post('/api-keys', { name: 'issue only', scopes: ['read', 'issue'] });
    withoutApprove = key.body.apiKey as string;
  });
  afterAll(() => service.close());

  it('writes the type of the class that is supported, where the issuer wants it, so that it verifies', async () => {
    const token: Record<string, string | undefined> = {
      application: '1EdTechTrustEdApplicationCredential',
      knowledge: '1EdTechTrustEdKnowledgeCredential',
    };
    const context = 'https://purl.imsglobal.org/spec/ob/v3p0/obv3p0_tcv1p0_context_v1p0.json';
    const typesOf = (document: JsonObject) => JSON.stringify([document.type, document['@context']]);
    for (const gate of ['off', 'block'])
      for (const proof of ['data-integrity', 'both'])
        for (const which of names) {
          await decide({ gate, gateClass: 'recognition', proof, classToken: null });
          expect(typesOf((await issue(which)).body.credential as JsonObject)).not.toMatch(/TrustEd|tcv1p0/);
          await decide({ classToken: true });
          const issued = await issue(which);
          expect(issued.status, issued.text).toBe(201);
          const credential = issued.body.credential as JsonObject;
          const expected = token[which] === undefined ? [] : [token[which]];
          expect((credential.type as string[]).slice(2)).toEqual(expected);
          const contexts = credential['@context'] as string[];
          expect(contexts.indexOf(context)).toBe(expected.length === 0 ? -1 : 2);
          for (const payload of [JSON.stringify(credential), issued.body.jwt].filter((form) => form !== undefined)) {
            const answer = await service.app.inject({
              method: 'POST',
              url: '/api/verify',
              headers: { 'content-type': 'application/octet-stream' },
              payload: payload as string,
            });
            const { verification, framework } = answer.json() as Assessment;
            expect(verification.verdict, JSON.stringify(verification.steps)).toBe('verified');
            expect(framework?.classes).toMatchObject({
              declared: expected.length === 0 ? [] : [which],
              headline: which,
            });
          }
        }
    // What loses its support loses the type with it.
    const { id, learner } = made.get('application') as { id: string; learner: JsonObject };
    const less = await post('/credentials', {
      achievement: id,
      learner: { ...learner, evidence: undefined },
      duplicates: 'allow',
    });
    expect(less.status, less.text).toBe(201);
    expect(typesOf(less.body.credential as JsonObject)).not.toContain('Application');
    await decide({ classToken: null, proof: null });
  });

  it.each(['off', 'warn', 'block'])(
    'holds its whole truth table: %s',
    async (gate) => {
      for (const [wanted, gateClass] of names.entries()) {
        await decide({ gate, gateClass });
        for (const [reached, which] of names.entries()) {
          const falls = reached < wanted;
          const plain = await issue(which);
          const waived = await issue(which, { waiver: { reason: 'the board decided' } });
          const where = `${gate} ${gateClass} ${which}: ${plain.text.slice(0, 300)}`;
          expect(plain.status, where).toBe(gate === 'block' && falls ? 422 : 201);
          expect(waived.status, where).toBe(201);
          const told = gate !== 'off' && falls ? { wanted: gateClass, supported: which } : null;
          if (plain.status === 201) {
            if (told === null) expect(plain.body.gate, where).toBeNull();
            else expect(plain.body.gate, where).toMatchObject(told);
          } else {
            const [finding] = plain.body.findings as JsonObject[];
            expect(finding).toMatchObject({ code: 'gate-below-class', severity: 'error' });
          }
          const record = (await service.call('GET', `${at}/credentials/${waived.body.id}`, { key: service.key })).body
            .record as JsonObject;
          if (gate === 'block' && falls)
            expect(record.waiver, where).toMatchObject({ ...told, by: 'First key', reason: 'the board decided' });
          else expect(record.waiver, where).toBeNull();
        }
      }
    },
    60_000,
  );

  it('takes a waiver only from those who may approve, and writes it down', async () => {
    await decide({ gate: 'block', gateClass: 'application' });
    const waiver = { reason: 'the board decided' };
    expect((await issue('knowledge', {}, withoutApprove)).status).toBe(422);
    expect((await issue('knowledge', { waiver }, withoutApprove)).status).toBe(403);
    expect((await issue('knowledge', { waiver: { reason: ' ' } })).status).toBe(400);
    const issued = await issue('knowledge', { waiver });
    const entry = await service.db
      .selectFrom('audit_entry')
      .selectAll()
      .where('subject', '=', issued.body.id as string)
      .executeTakeFirstOrThrow();
    expect(entry.reason).toBe('the board decided');
    expect(JSON.parse(entry.detail)).toMatchObject({ waived: { wanted: 'application', supported: 'knowledge' } });
    // Whoever opens the credential reads who answers for it, and why.
    await accept(service, issued.body.claimUrl as string);
    const headers = { accept: 'text/html' };
    const page = await service.call('GET', `/credentials/${issued.body.id}`, { headers });
    expect(page.text).toMatch(/First key.*the board decided/s);
  });

  it('refuses what is under the pass mark, unless somebody says why', async () => {
    await decide({ gate: 'off' });
    const { learner } = made.get('knowledge') as { learner: JsonObject };
    const [first] = learner.result as JsonObject[];
    const below = { learner: { ...learner, result: [{ ...first, value: '1' }] } };
    const refused = await issue('knowledge', below);
    expect(refused.status, refused.text).toBe(422);
    expect((refused.body.findings as JsonObject[]).map(({ code }) => code)).toEqual(['issue-result-below-pass-mark']);
    const allowed = await issue('knowledge', { ...below, allowBelowPassMark: { reason: 'second scale' } });
    expect(allowed.status, allowed.text).toBe(201);
  });

  describe('with a roster', () => {
    const send = async (text: string, query = '') => {
      const url = `${at}/rosters?achievement=${made.get('recognition')?.id}${query}`;
      const read = await service.call('POST', url, {
        key: service.key,
        body: text,
        headers: { 'content-type': 'text/csv' },
      });
      expect(read.status, read.text).toBe(201);
      return read.body;
    };
    const rows = async (id: unknown) =>
      (await service.call('GET', `${at}/rosters/${id}/rows`, { key: service.key })).body.items as JsonObject[];
    const start = (id: unknown, body?: JsonObject, key = service.key) =>
      service.call('POST', `${at}/rosters/${id}/start`, { key, ...(body === undefined ? {} : { body }) });
    const done = async (id: unknown) => {
      for (let tries = 0; tries < 200; tries++) {
        const { body } = await service.call('GET', `${at}/rosters/${id}`, { key: service.key });
        if (body.state === 'done') return body;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error('it did not end');
    };
    const waivers = async (id: unknown) =>
      (
        await service.db
          .selectFrom('credential')
          .select('waiver')
          .where('roster_id', '=', id as string)
          .execute()
      ).map(({ waiver }) => waiver);

    it('tells and issues where it only warns', async () => {
      await decide({ gate: 'warn', gateClass: 'knowledge' });
      const roster = await send('name,email\nA,w1@x.example\nB,w2@x.example');
      expect(roster).toMatchObject({ faulty: 0, waiting: 2 });
      expect((await rows(roster.id))[0]).toMatchObject({ state: 'waiting', gate: { wanted: 'knowledge' }, faults: [] });
      await start(roster.id);
      expect(await done(roster.id)).toMatchObject({ issued: 2, failed: 0 });
      expect(await waivers(roster.id)).toEqual([null, null]);
    });

    it('holds rows back where it refuses, and issues them under a waiver', async () => {
      await decide({ gate: 'block', gateClass: 'knowledge' });
      const text = 'name,email\nA,b1@x.example\nB,nowhere\nC,b1@x.example\nD,b2@x.example';
      const roster = await send(text);
      expect(roster).toMatchObject({ rows: 4, faulty: 4, waiting: 0 });
      const codes = (await rows(roster.id)).map(({ faults }) => (faults as JsonObject[])[0]?.code);
      expect(codes).toEqual(['gate-below-class', 'issue-email-wrong', 'roster-row-twice', 'gate-below-class']);
      const waiver = { reason: 'pilot' };
      expect((await start(roster.id, { waiver }, withoutApprove)).status).toBe(403);
      const started = await start(roster.id, { waiver });
      expect(started.body).toMatchObject({ faulty: 2, waiting: 2, waiver: { by: 'First key', reason: 'pilot' } });
      expect(await done(roster.id)).toMatchObject({ issued: 2, faulty: 2, failed: 0 });
      const kept = (await waivers(roster.id)).map((waiver) => JSON.parse(waiver ?? 'null'));
      expect(kept).toEqual([1, 2].map(() => expect.objectContaining({ reason: 'pilot', wanted: 'knowledge' })));
    });

    it('judges anew what was judged by another policy', async () => {
      await decide({ gate: 'off' });
      const roster = await send('name,email\nA,p1@x.example');
      await decide({ gate: 'block', gateClass: 'application' });
      await start(roster.id);
      expect(await done(roster.id)).toMatchObject({ issued: 0, failed: 1 });
      const [row] = await rows(roster.id);
      expect(row).toMatchObject({ faults: [{ code: 'gate-below-class' }] });
      const retry = await service.call('POST', `${at}/rosters/${roster.id}/retry`, {
        key: service.key,
        body: { waiver: { reason: 'after all' } },
      });
      expect(retry.status, retry.text).toBe(200);
      expect(await done(roster.id)).toMatchObject({ issued: 1, failed: 0 });
      expect(await waivers(roster.id)).toEqual([expect.stringContaining('after all')]);
    });
  });
});

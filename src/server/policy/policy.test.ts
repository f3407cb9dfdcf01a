import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { approvedAchievement, type Service, startService } from '../test-issuing.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

describe.each(['embedded', 'PostgreSQL'])('policy on %s', (name) => {
  let service: Service;
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
    const { call, key } = service;
    const unit = (under: string, slug: string) =>
      call('POST', `/api/issuers/${under}/units`, { key, body: { slug, profile: { name: slug } } });
    await unit('northfield', 'faculty');
    await unit('faculty', 'department');
  });
  afterAll(() => service.close());

  const decide = (slug: string, change: object) =>
    service.call('PUT', `/api/issuers/${slug}/policy`, { key: service.key, body: { change, reason: 'a test' } });
  const holds = async (slug: string) =>
    (await service.call('GET', `/api/issuers/${slug}/policy`, { key: service.key })).body.policy;

  it('comes down the tree, the nearest decision first, and back to the default', async () => {
    expect(await holds('department')).toMatchObject({ gate: 'warn', timeZone: 'UTC', learnerName: 'hashed' });
    await decide('northfield', { gate: 'block', timeZone: 'Europe/Madrid' });
    await decide('faculty', { gate: 'off' });
    expect(await holds('department')).toMatchObject({ gate: 'off', timeZone: 'Europe/Madrid' });
    await decide('faculty', { gate: null });
    expect(await holds('department')).toMatchObject({ gate: 'block' });
  });

  it('tells own decisions and inherited ones apart, and by whom', async () => {
    await decide('northfield', { gate: 'block' });
    await decide('faculty', { timeZone: 'Europe/Lisbon' });
    const shown = (await service.call('GET', '/api/issuers/faculty/policy', { key: service.key })).body;
    expect(shown).toMatchObject({
      policy: { gate: 'block', timeZone: 'Europe/Lisbon' },
      own: { timeZone: 'Europe/Lisbon' },
      inherited: { gate: 'block', timeZone: 'Europe/Madrid' },
      from: { gate: { slug: 'northfield' }, timeZone: { slug: 'northfield' } },
    });
    expect(shown.own).not.toHaveProperty('gate');
  });

  it('keeps for ever what a unit decides to keep, though letters are removed above', async () => {
    await decide('northfield', { retainMailDays: 30 });
    expect((await decide('faculty', { retainMailDays: 'never' })).status).toBe(200);
    expect(await holds('department')).toMatchObject({ retainMailDays: null });
    const { own } = (await service.call('GET', '/api/issuers/faculty/policy', { key: service.key })).body;
    expect(own).toMatchObject({ retainMailDays: null });
    await decide('faculty', { retainMailDays: null });
    expect(await holds('department')).toMatchObject({ retainMailDays: 30 });
    await decide('northfield', { retainMailDays: null });
  });

  it('says before a change which units follow, what is removed, and what falls under the gate', async () => {
    const { call, key, db } = service;
    const preview = async (slug: string, change: object) =>
      (await call('POST', `/api/issuers/${slug}/policy/preview`, { key, body: { change } })).body;
    await decide('department', { retainMailDays: 10 });
    const achievementId = await approvedAchievement(service, 'northfield');
    const old = new Date(Date.now() - 50 * 86_400_000);
    const { id: facultyId } = await db
      .selectFrom('issuer')
      .select('id')
      .where('slug', '=', 'faculty')
      .executeTakeFirstOrThrow();
    const letter = {
      credential_id: null,
      kind: 'letter' as const,
      content: new Uint8Array(),
      attempts: 1,
      fault: null,
    };
    const times = { created_at: old, next_at: old, sent_at: old };
    await db
      .insertInto('mail')
      .values({ id: randomUUID(), issuer_id: facultyId, state: 'sent', ...letter, ...times })
      .execute();
    expect(await preview('northfield', { retainMailDays: 30 })).toMatchObject({
      units: { follow: 1, apart: [{ slug: 'department', names: ['retainMailDays'] }] },
      removed: { evidence: 0, rosters: 0, letters: 1 },
      gate: null,
    });
    expect(await preview('northfield', { retainMailDays: 60 })).toMatchObject({ removed: { letters: 0 } });
    expect(await preview('northfield', { gate: 'block', gateClass: 'application' })).toMatchObject({
      gate: { checked: 1, below: [{ id: achievementId }] },
    });
    expect(await preview('northfield', { gateClass: 'recognition' })).toMatchObject({ gate: { below: [] } });
    expect(await preview('northfield', { gate: 'off' })).toMatchObject({ gate: null });
    expect((await holds('northfield')) as object).toMatchObject({ gate: 'block', retainMailDays: 90 });
  });

  it.each([
    { gate: 'sometimes' },
    { timeZone: 'Mars/Olympus' },
    { colour: 'blue' },
    { retainMailDays: 0 },
    { gate: 'never' },
  ])('refuses %j', async (change) => {
    expect((await decide('northfield', change)).status).toBe(400);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, answerOnce, type KeepAnswer } from './idempotency.ts';
import { startDatabases, type TestDatabase } from './test-databases.ts';
import { type Service, startService } from './test-issuing.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = await startDatabases();
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

describe.each(['embedded', 'PostgreSQL'])('one answer for one key on %s', (name) => {
  let service: Service;
  let place: { issuerId: string; actor: string; key: string; question: string };
  beforeAll(async () => {
    service = await startService(databases.find((database) => database.name === name) as TestDatabase);
    const { id } = await service.db.selectFrom('issuer').select('id').executeTakeFirstOrThrow();
    place = { issuerId: id, actor: 'user 1', key: 'slow', question: 'a' };
  });
  afterAll(() => service.close());

  it('lets whoever was given up do nothing any more', async () => {
    const { db } = service;
    const answer = (body: string): Answer => ({ status: 201, body });
    const act = (body: string) => async (keep: KeepAnswer) => {
      await db.transaction().execute(async (trx) => {
        await trx.insertInto('setting').values({ name: body, value: body }).execute();
        await keep(trx, answer(body));
      });
      return answer(body);
    };
    const began = new Date();
    const slow = answerOnce(db, place, began, async (keep) => {
      // Somebody sends it again after more than a minute, and is quicker.
      const again = await answerOnce(db, place, new Date(began.getTime() + 61_000), act('second'));
      expect(again).toEqual(answer('second'));
      return await act('first')(keep);
    });
    await expect(slow).rejects.toMatchObject({ code: 'conflict' });
    const done = await db.selectFrom('setting').select('name').where('name', 'in', ['first', 'second']).execute();
    expect(done).toEqual([{ name: 'second' }]);
    const later = await answerOnce(db, place, new Date(began.getTime() + 62_000), act('third'));
    expect(later).toEqual(answer('second'));
  });
});

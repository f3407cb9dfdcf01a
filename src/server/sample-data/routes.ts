import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ownsRoot, requireUser } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import { removeContents } from '../evidence/remove.ts';
import type { IssuingDeps } from '../issuing.ts';
import type { SignedInUser } from '../people/identity.ts';
import { ApiError } from '../problem.ts';
import { typed } from '../typed.ts';
import { sampleIssuers } from './content.ts';
import { findSampleRecord } from './find-record.ts';
import { sampleLearners } from './learners.ts';
import { makeSampleData } from './make.ts';
import { type Removed, removeIssuers, removeSampleData } from './remove.ts';
import { changeState, findState, isAtWork, type SampleState } from './state.ts';

/** Somebody who looks around needs something to look at: a fictional university and school district, and all of it away again. */
export function sampleDataRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db } = deps;
  let closing = false;
  let work: Promise<void> = Promise.resolve();
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onClose', () => work);

  const requireOwner = async (request: FastifyRequest): Promise<SignedInUser> => {
    const user = await requireUser(deps, request);
    if (!(await ownsRoot(db, user.id)))
      throw new ApiError('not-allowed', 'Only owners of an issuer with nothing above it may do that.');
    return user;
  };

  typed(app).get('/api/instance/sample-data', { schema: { summary: 'How the sample data stand' } }, async (request) => {
    await requireOwner(request);
    const state = shown(await findState(db), deps.now());
    const record = await findSampleRecord(db);
    return { ...state, record: record === undefined ? null : `/credentials/${record.id}` };
  });

  typed(app).post(
    '/api/instance/sample-data',
    { schema: { summary: 'Make the sample data, or go on where it ended' } },
    async (request, reply) => {
      const user = await requireOwner(request);
      const before = await findState(db);
      if (before?.state === 'ready' || isAtWork(before, deps.now())) return shown(before, deps.now());
      if (before?.state === 'removing')
        throw new ApiError('conflict', 'The sample data are being removed. Remove them first, to the end.');
      const begun = stateOf('making', user.id, before?.done ?? 0, deps.now());
      if (!(await changeState(db, before, begun))) throw new ApiError('conflict', 'Somebody else began this just now.');
      if (before === null) await logBegin(user.id);
      work = make(user, begun).catch((err: unknown) => app.log.error({ err }, 'failed'));
      return reply.status(202).send(shown(begun, deps.now()));
    },
  );

  typed(app).delete(
    '/api/instance/sample-data',
    { schema: { summary: 'Remove the sample data, with everything that was made below them' } },
    async (request) => {
      const user = await requireOwner(request);
      const before = await findState(db);
      if (isAtWork(before, deps.now()))
        throw new ApiError(
          'conflict',
          'The sample data are being made or removed at the moment. Try again in a minute.',
        );
      const begun = stateOf('removing', user.id, 0, deps.now());
      if (!(await changeState(db, before, begun))) throw new ApiError('conflict', 'Somebody else began this just now.');
      return await remove(user, begun);
    },
  );

  // From the home: to somebody who may only look, what is there to look at.
  app.get('/explore', async (_, reply) => {
    const isReady = (await findState(db))?.state === 'ready';
    return reply.redirect(isReady ? `/issuers/${sampleIssuers[0]?.slug}` : '/studio?choose=true', 303);
  });

  function logBegin(userId: string): Promise<void> {
    const act = { chain: 'instance', actor: `user ${userId}`, action: 'sample-data.make', subject: 'sample-data' };
    return db.transaction().execute((trx) => appendAudit(trx, act, deps.now()));
  }

  async function make(user: SignedInUser, begun: SampleState): Promise<void> {
    let state = begun;
    const go = async (next: SampleState): Promise<boolean> => {
      const changed = await changeState(db, state, next);
      if (changed) state = next;
      return changed;
    };
    try {
      await makeSampleData(deps, user, async (done) => {
        // Requests come first.
        await new Promise((resolve) => setImmediate(resolve));
        if (closing) return false;
        if (done === sampleLearners) return await go(stateOf('ready', user.id, done, deps.now()));
        return done % 5 !== 0 || (await go(stateOf('making', user.id, done, deps.now())));
      });
    } catch (error) {
      await go(stateOf('failed', user.id, state.done, deps.now()));
      throw error;
    }
  }

  async function remove({ id }: SignedInUser, begun: SampleState): Promise<Removed> {
    const removed = await db.transaction().execute((trx) => removeSampleData(trx, `user ${id}`, deps.now()));
    await removeContents(deps, new Date(0));
    await db.transaction().execute((trx) => removeIssuers(trx));
    deps.lists.forget();
    await changeState(db, begun, null);
    return removed;
  }
}

const stateOf = (state: SampleState['state'], by: string, done: number, now: Date): SampleState => ({
  state,
  done,
  total: sampleLearners,
  heard: now.getTime(),
  by,
});

/** How the sample data stand, as it is told. */
export interface ShownSampleData {
  state: 'none' | 'stopped' | SampleState['state'];
  /** Of the credentials. */
  done: number;
  total: number;
  /** Their slugs. */
  issuers: string[];
  /** Where the learner record among them is. */
  record: string | null;
}

/** `stopped`: whoever made or removed them ended; both can be asked for again. */
function shown(state: SampleState | null, now: Date): Omit<ShownSampleData, 'record'> {
  if (state === null) return { state: 'none', done: 0, total: sampleLearners, issuers: [] };
  const isStopped = (state.state === 'making' || state.state === 'removing') && !isAtWork(state, now);
  return {
    state: isStopped ? 'stopped' : state.state,
    done: state.done,
    total: state.total,
    issuers: sampleIssuers.map(({ slug }) => slug),
  };
}

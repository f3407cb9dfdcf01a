import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { GateOutcome } from '../../core/issue/gate.ts';
import { authorize } from '../access/authorize.ts';
import { nameVersions } from '../achievement/store.ts';
import { showGate } from '../credential/gate-answer.ts';
import { askedWaiver, type Waiver, waiverSchema } from '../credential/waiver.ts';
import type { Database } from '../database.ts';
import { faultsInWords } from '../in-words.ts';
import type { IssuingDeps } from '../issuing.ts';
import { nextPlace, page, readPlace } from '../paging.ts';
import { nameActors } from '../people/name-actors.ts';
import { policySchema } from '../policy/policy.ts';
import { ApiError, phrase } from '../problem.ts';
import type { Runner } from '../runner.ts';
import { inIssuer, moment, reason, several, slug, typed } from '../typed.ts';
import { changeRoster, forgetCancelled, type RosterChange } from './change-roster.ts';
import { ProgressStreams } from './progress.ts';
import { readRoster } from './read-roster.ts';
import { type OpenLine, openRow } from './sealed-row.ts';
import { findRoster, listLines, listRosters, type RosterRow } from './store.ts';

const inRoster = z.object({ slug, id: z.uuid() });
const asked = z.object({
  achievement: z.uuid(),
  name: z.string().max(200).default('roster.csv'),
  validFrom: moment.optional(),
  validUntil: moment.optional(),
  /** Instead of what the policy says. */
  proof: policySchema.shape.proof.removeDefault().optional(),
  duplicates: z.enum(['refuse', 'allow']).default('refuse'),
  /** Why results that are under the pass mark or not completed are issued all the same. */
  allowBelowPassMark: reason.optional(),
  /** `Column in the file=what it means`, as often as needed. */
  column: several.optional(),
  ignore: several.optional(),
});
const lines = z.object({
  state: z.enum(['waiting', 'faulty', 'issued', 'failed']).optional(),
  /** With a fault in this column, counted from 1; 0 is the row as a whole. */
  column: z.coerce.number().int().min(0).max(10_000).optional(),
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});
const beginBody = z.object({
  waiver: waiverSchema.optional(),
  /** At its start: write to the learners? Without it, as policy says. */
  deliver: z.enum(['email', 'none']).optional(),
});

/** Rosters: a CSV comes in, its faults are told, a job issues the rest exactly once. */
export function rosterRoutes(app: FastifyInstance, deps: IssuingDeps, runner: Runner): void {
  const { db, masterKey, publicUrl } = deps;
  // Never as a whole in memory.
  app.addContentTypeParser('text/csv', (_, payload, done) => done(null, payload));

  const find = async (issuerId: string, id: string): Promise<RosterRow> => {
    const roster = await findRoster(db, issuerId, id);
    if (roster === undefined || roster.state === 'reading') throw new ApiError('not-found', 'There is no such roster.');
    return roster;
  };
  typed(app).post(
    '/api/issuers/:slug/rosters',
    {
      bodyLimit: 1_000_000_000,
      schema: {
        summary: 'Take a CSV in, and tell every fault; nothing is issued yet',
        params: inIssuer,
        querystring: asked,
      },
    },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'issue');
      if (!(request.body instanceof Readable))
        throw new ApiError('unsupported', 'Send the list as text/csv, in UTF-8.');
      const { achievement, name, validFrom, validUntil, proof, duplicates, column = [], ignore = [] } = request.query;
      const belowPassMark = request.query.allowBelowPassMark ?? null;
      const roster = await readRoster(deps, actor, {
        achievementId: achievement,
        name,
        source: request.body,
        duplicates,
        belowPassMark,
        proof,
        columns: { rename: readMapping(column), ignore: new Set(ignore) },
        dates: {
          ...(validFrom === undefined ? {} : { validFrom }),
          ...(validUntil === undefined ? {} : { validUntil }),
        },
      });
      return reply.status(201).send(shown(roster));
    },
  );

  typed(app).get(
    '/api/issuers/:slug/rosters',
    { schema: { summary: 'The rosters of an issuer, newest first', params: inIssuer, querystring: page } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const { after, limit } = request.query;
      const found = await listRosters(db, issuer.id, readPlace(after), limit);
      const next = nextPlace(found, limit, ({ created_at, id }) => ({ at: created_at, id }));
      return { items: await named(db, found), next };
    },
  );

  typed(app).get(
    '/api/issuers/:slug/rosters/:id',
    { schema: { summary: 'How a roster stands', params: inRoster } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const [one] = await named(db, [await find(issuer.id, request.params.id)]);
      return one as ShownRoster;
    },
  );

  typed(app).get(
    '/api/issuers/:slug/rosters/:id/rows',
    { schema: { summary: 'The rows of a roster, with their faults', params: inRoster, querystring: lines } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const roster = await find(issuer.id, request.params.id);
      const { after, limit, ...filter } = request.query;
      const found = await listLines(db, roster.id, after, limit, filter);
      const header = JSON.parse(roster.header) as string[];
      return {
        items: found.map((line) => shownLine({ ...line, ...openRow(masterKey, line) }, roster, header, publicUrl)),
        next: found.length === limit ? (found.at(-1)?.line ?? null) : null,
      };
    },
  );

  async function changeTo(
    change: RosterChange,
    request: FastifyRequest,
    { slug, id }: z.infer<typeof inRoster>,
    { waiver: asked, deliver }: z.infer<typeof beginBody> = {},
  ) {
    const actor = await authorize(deps, request, slug, 'issue');
    const waiver = await askedWaiver(deps, request, slug, asked);
    const roster = await db
      .transaction()
      .execute((trx) => changeRoster(trx, id, change, actor, deps.now(), waiver, deliver ?? null));
    if (change === 'cancel') await forgetCancelled(db);
    runner.poke();
    return shown(roster);
  }

  // Rows that the gate refuses can be waived when work on them begins.
  for (const change of ['start', 'retry'] as const)
    typed(app).post(
      `/api/issuers/:slug/rosters/:id/${change}`,
      {
        schema: {
          summary: `${change} a roster`,
          params: inRoster,
          body: beginBody.nullish(),
        },
      },
      (request) => changeTo(change, request, request.params, request.body ?? {}),
    );
  for (const change of ['pause', 'resume', 'cancel'] as const)
    typed(app).post(
      `/api/issuers/:slug/rosters/:id/${change}`,
      { schema: { summary: `${change} a roster`, params: inRoster } },
      (request) => changeTo(change, request, request.params),
    );

  const streams = new ProgressStreams(deps.now);
  app.addHook('preClose', async () => streams.close());
  typed(app).get(
    '/api/issuers/:slug/rosters/:id/progress',
    { schema: { summary: 'Live progress, as server-sent events', params: inRoster } },
    async (request, reply) => {
      const { slug } = request.params;
      const { issuer, name } = await authorize(deps, request, slug, 'read');
      const { id } = await find(issuer.id, request.params.id);
      const events = streams.listen(name, {
        authorize: () => authorize(deps, request, slug, 'read'),
        look: async () => {
          const roster = await find(issuer.id, id);
          return { state: shown(roster), more: roster.state !== 'done' && roster.state !== 'cancelled' };
        },
      });
      return reply
        .type('text/event-stream')
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .send(events);
    },
  );
}

export type ShownRoster = ReturnType<typeof shown> & { achievementName: string; startedBy: string };
/** What people call the achievements, and those who brought the lists. */
async function named(db: Database, rosters: readonly RosterRow[]): Promise<ShownRoster[]> {
  const achievements = await nameVersions(db, rosters);
  const people = await nameActors(
    db,
    rosters.map(({ actor }) => actor),
  );
  return rosters.map((roster) => ({
    ...shown(roster),
    achievementName: achievements.get(`${roster.achievement_id} ${roster.achievement_version}`) ?? '',
    startedBy: people.get(roster.actor) ?? roster.actor,
  }));
}
export type ShownLine = ReturnType<typeof shownLine>;

function shownLine(line: OpenLine, roster: RosterRow, header: readonly string[], publicUrl: string) {
  return {
    line: line.line,
    state: line.state,
    name: line.name,
    credential: line.credential_id === null ? null : `${publicUrl}/credentials/${line.credential_id}`,
    gate: line.gate === null ? null : showGate(JSON.parse(line.gate) as GateOutcome),
    dates: datesOf(line, roster),
    faults: faultsInWords(line.faults, header),
  };
}

function shown({
  id,
  name,
  state,
  achievement_id,
  achievement_version,
  rows,
  faulty,
  issued,
  failed,
  ...rest
}: RosterRow) {
  const waiver = rest.waiver === null ? null : (JSON.parse(rest.waiver) as Waiver);
  return {
    id,
    name,
    state,
    achievement: achievement_id,
    version: achievement_version,
    rows,
    faulty,
    issued,
    failed,
    waiting: rows - faulty - issued - failed,
    waiver,
    belowPassMark: rest.below_pass_mark,
    proof: rest.proof,
    timeZone: rest.time_zone,
    validFrom: rest.valid_from,
    validUntil: rest.valid_until,
    createdAt: rest.created_at.toISOString(),
  };
}

/** How the dates of a row were read, as long as it waits. */
function datesOf({ learner }: OpenLine, { valid_from, valid_until }: RosterRow) {
  if (learner === null) return null;
  const {
    validFrom = valid_from ?? undefined,
    validUntil = valid_until ?? undefined,
    awardedDate,
    activityStartDate,
    activityEndDate,
  } = learner;
  return { activityStartDate, activityEndDate, awardedDate, validFrom, validUntil };
}

export function readMapping(entries: readonly string[]): Map<string, string> {
  return new Map(
    entries.map((entry) => {
      const at = entry.lastIndexOf('=');
      if (at < 1 || at === entry.length - 1)
        throw new ApiError(
          'malformed-request',
          phrase`"column" does not understand "${entry}". Write Column in the file=email.`,
        );
      return [entry.slice(0, at).trim(), entry.slice(at + 1).trim()];
    }),
  );
}

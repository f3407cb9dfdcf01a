import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { renderFinding } from '../../core/catalogue/render.ts';
import type { RosterFault } from '../../core/issue/roster.ts';
import { canonicalJson } from '../../core/json/canonical-json.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { authorize } from '../access/authorize.ts';
import { claimUrl } from '../claim/claim.ts';
import { findOwnCredential, signedForm } from '../credential/store.ts';
import { askedWaiver, waiverSchema } from '../credential/waiver.ts';
import { type Answer, answerOnce, idempotencyKey, type KeepAnswer } from '../idempotency.ts';
import type { IssuingDeps } from '../issuing.ts';
import { nextPlace, page, readPlace } from '../paging.ts';
import { findPolicy } from '../policy/policy.ts';
import { ApiError } from '../problem.ts';
import { readMapping } from '../roster/routes.ts';
import { findRoster } from '../roster/store.ts';
import type { Runner } from '../runner.ts';
import { inIssuer, jsonObject, reason, several, slug, typed } from '../typed.ts';
import { beginBulk, previewBulk } from './bulk.ts';
import { changeCorrection, correctionChanges, forgetCorrected } from './change-correction.ts';
import { readCorrectedRoster } from './correct-roster.ts';
import { reissueOne } from './reissue.ts';
import { bulkActs, readSelection, selectionSchema } from './selection.ts';
import {
  type CorrectionItem,
  type CorrectionRow,
  countItems,
  findCorrection,
  listCorrections,
  listItems,
} from './store.ts';

const inCredential = z.object({ slug, id: z.string().regex(/^[A-Za-z0-9_-]{22}$/) });
const inOne = z.object({ slug, id: z.uuid() });
const bulk = z.object({ act: z.enum(bulkActs), selection: selectionSchema });
const reissueBody = z.object({
  reason,
  /** What changes of the learner's data; null takes a member out. */
  learner: jsonObject.default({}),
  version: z.enum(['newest', 'same']).default('newest'),
  /** Issue what the gate refuses; needs the scope `approve` as well. */
  waiver: waiverSchema.optional(),
  allowBelowPassMark: z.object({ reason }).optional(),
});
const corrected = z.object({
  reason,
  /** By who a row is for, or by its line in the first list. */
  match: z.enum(['learner', 'line']).default('learner'),
  /** What becomes of credentials that no row is for. */
  missing: z.enum(['keep', 'revoke']).default('keep'),
  version: z.enum(['newest', 'same']).default('same'),
  column: several.optional(),
  ignore: several.optional(),
});
const items = z.object({
  act: z.enum(['revoke', 'suspend', 'reinstate', 'reissue', 'none']).optional(),
  state: z.enum(['waiting', 'done', 'skipped', 'failed']).optional(),
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

/** Many credentials revoked, suspended, reinstated or issued anew as one act, and one of them corrected. */
export function correctionRoutes(app: FastifyInstance, deps: IssuingDeps, runner: Runner): void {
  const { db, publicUrl } = deps;
  const urlOf = (id: string | null) => (id === null ? null : `${publicUrl}/credentials/${id}`);

  const find = async (issuerId: string, id: string): Promise<CorrectionRow> => {
    const correction = await findCorrection(db, issuerId, id);
    if (correction === undefined) throw new ApiError('not-found', 'There is no such correction.');
    return correction;
  };

  typed(app).post(
    '/api/issuers/:slug/credentials/bulk/preview',
    { schema: { summary: 'What an act on many credentials would change', params: inIssuer, body: bulk } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'issue');
      const { timeZone } = (await findPolicy(db, issuer.id)).policy;
      const selection = await readSelection(db, issuer.id, request.body.selection, timeZone);
      return await previewBulk(deps, issuer.id, request.body.act, selection);
    },
  );

  typed(app).post(
    '/api/issuers/:slug/credentials/bulk',
    {
      schema: {
        summary: 'Do to many credentials what the preview said',
        params: inIssuer,
        body: bulk.extend({ reason, digest: z.string().regex(/^[0-9a-f]{64}$/) }),
      },
    },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'issue');
      const { act, reason, digest } = request.body;
      const { timeZone } = (await findPolicy(db, actor.issuer.id)).policy;
      const selection = await readSelection(db, actor.issuer.id, request.body.selection, timeZone);
      const correction = await beginBulk(deps, actor, { act, selection, reason, digest });
      runner.poke();
      return reply.status(202).send(shown(correction));
    },
  );

  typed(app).post(
    '/api/issuers/:slug/credentials/:id/reissue',
    {
      schema: {
        summary: 'Issue a credential anew, corrected; the old one is superseded',
        params: inCredential,
        headers: idempotencyKey.loose(),
        body: reissueBody,
      },
    },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'issue');
      const { reason, learner, version, allowBelowPassMark } = request.body;
      const waiver = await askedWaiver(deps, request, request.params.slug, request.body.waiver);
      const exceptions = { waiver, allowBelowPassMark: allowBelowPassMark !== undefined };
      const { id } = request.params;
      const work = async (keep: KeepAnswer): Promise<Answer> => {
        let answer: Answer | undefined;
        const done = await reissueOne(
          deps,
          actor,
          { id, learner, version, exceptions, reason },
          async (trx, edition) => {
            const { content } = signedForm(edition);
            answer = {
              status: 201,
              body: JSON.stringify({
                id: edition.id,
                url: urlOf(edition.id),
                supersedes: urlOf(id),
                version: edition.achievement_version,
                state: edition.state,
                digest: edition.digest,
                issuedAt: edition.issued_at.toISOString(),
                credential: content.startsWith('{') ? (JSON.parse(content) as JsonObject) : content,
              }),
            };
            await keep(trx, answer);
          },
        );
        if (!done.ok || answer === undefined)
          throw new ApiError('refused', 'This credential was not issued anew.', {
            findings: done.ok ? [] : done.findings,
          });
        deps.lists.forget(done.old.status_list_id);
        return answer;
      };
      const key = request.headers['idempotency-key'];
      const question = canonicalJson({ ...request.body, reissue: id } as JsonObject);
      const asked = { issuerId: actor.issuer.id, actor: actor.name, key, question };
      const answer = await answerOnce(db, asked, deps.now(), work);
      // The link is kept nowhere, not in an answer either: it is added to what is sent.
      const body = JSON.parse(answer.body) as JsonObject & { id?: string };
      const edition = body.id === undefined ? undefined : await findOwnCredential(db, actor.issuer.id, body.id);
      return reply
        .status(answer.status)
        .header('cache-control', 'no-store')
        .send(edition === undefined ? body : { ...body, claimUrl: claimUrl(deps, edition) });
    },
  );

  typed(app).post(
    '/api/issuers/:slug/rosters/:id/correct',
    {
      bodyLimit: 1_000_000_000,
      schema: {
        summary: 'Take a corrected CSV in, and tell what it would change; nothing is changed yet',
        params: inOne,
        querystring: corrected,
      },
    },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'issue');
      const roster = await findRoster(db, actor.issuer.id, request.params.id);
      if (roster === undefined || roster.state === 'reading')
        throw new ApiError('not-found', 'There is no such roster.');
      if (!(request.body instanceof Readable))
        throw new ApiError('unsupported', 'Send the list as text/csv, in UTF-8.');
      const { column = [], ignore = [], ...asked } = request.query;
      const columns = { rename: readMapping(column), ignore: new Set(ignore) };
      const correction = await readCorrectedRoster(deps, actor, { roster, source: request.body, columns, ...asked });
      return reply.status(201).send({ ...shown(correction), items: await countItems(db, correction.id) });
    },
  );

  typed(app).get(
    '/api/issuers/:slug/corrections',
    { schema: { summary: 'The corrections of an issuer, newest first', params: inIssuer, querystring: page } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const { after, limit } = request.query;
      const found = await listCorrections(db, issuer.id, readPlace(after), limit);
      const next = nextPlace(found, limit, ({ created_at, id }) => ({ at: created_at, id }));
      return { items: found.map(shown), next };
    },
  );

  typed(app).get(
    '/api/issuers/:slug/corrections/:id',
    { schema: { summary: 'How a correction stands', params: inOne } },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const correction = await find(issuer.id, request.params.id);
      return { ...shown(correction), items: await countItems(db, correction.id) };
    },
  );

  typed(app).get(
    '/api/issuers/:slug/corrections/:id/items',
    {
      schema: {
        summary: 'What a correction does to each credential, and what came of it',
        params: inOne,
        querystring: items,
      },
    },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const { id } = await find(issuer.id, request.params.id);
      const { after, limit, ...filter } = request.query;
      const found = await listItems(db, id, after, limit, filter);
      return {
        items: found.map((item) => shownItem(item, urlOf)),
        next: found.length === limit ? (found.at(-1)?.number ?? null) : null,
      };
    },
  );

  for (const change of correctionChanges)
    typed(app).post(
      `/api/issuers/:slug/corrections/:id/${change}`,
      { schema: { summary: `${change} a correction`, params: inOne } },
      async (request) => {
        const actor = await authorize(deps, request, request.params.slug, 'issue');
        const correction = await db
          .transaction()
          .execute((trx) => changeCorrection(trx, request.params.id, change, actor, deps.now()));
        if (change === 'cancel') await forgetCorrected(db, correction.id);
        runner.poke();
        return shown(correction);
      },
    );
}

const faultsOf = ({ faults }: CorrectionItem) => (faults === null ? [] : (JSON.parse(faults) as RosterFault[]));

export type ShownCorrection = ReturnType<typeof shown> & { items?: Awaited<ReturnType<typeof countItems>> };
/** What a correction does to one credential, or did. */
export type ShownItem = ReturnType<typeof shownItem>;

function shownItem(item: CorrectionItem, urlOf: (id: string | null) => string | null) {
  return {
    number: item.number,
    act: item.act,
    state: item.state,
    credential: urlOf(item.credential_id),
    edition: urlOf(item.edition_id),
    faults: faultsOf(item).map(({ column, finding }) => ({ column, ...finding, ...renderFinding(finding) })),
  };
}

function shown(correction: CorrectionRow) {
  const { total, done, skipped, failed } = correction;
  return {
    id: correction.id,
    kind: correction.kind,
    state: correction.state,
    reason: correction.reason,
    actor: correction.actor,
    roster: correction.roster_id,
    achievement: correction.achievement_id,
    version: correction.achievement_version,
    total,
    done,
    skipped,
    failed,
    waiting: total - done - skipped - failed,
    createdAt: correction.created_at.toISOString(),
  };
}

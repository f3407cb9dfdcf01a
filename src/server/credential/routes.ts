import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { parseLearner, readMoment } from '../../core/issue/learner.ts';
import { canonicalJson } from '../../core/json/canonical-json.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { authorize, isAllowed } from '../access/authorize.ts';
import { nameVersions } from '../achievement/store.ts';
import { appendAudit } from '../audit/append.ts';
import { type Answer, answerOnce, idempotencyKey, type KeepAnswer } from '../idempotency.ts';
import { inWords } from '../in-words.ts';
import type { IssuingDeps } from '../issuing.ts';
import { nextPlace, page, readPlace } from '../paging.ts';
import { findPolicy, policySchema } from '../policy/policy.ts';
import { ApiError, phrase } from '../problem.ts';
import { inCredential, inIssuer, jsonObject, moment, reason, typed } from '../typed.ts';
import { type Around, findAround } from './around.ts';
import { changeStatus } from './change-status.ts';
import { exportCredentials } from './export.ts';
import { signedAs } from './form.ts';
import { showGate } from './gate-answer.ts';
import { type HistoryEntry, listHistory } from './history.ts';
import { type IssuedOne, issueOne } from './issue.ts';
import { openPerson, type Person } from './person.ts';
import { type CredentialRecord, credentialRecord, kindOf } from './record.ts';
import { sendIssued } from './send-issued.ts';
import { readDates } from './sign.ts';
import { type CredentialRow, findOwnCredential, listCredentials, nameIn, signedDocument, signedForm } from './store.ts';
import { askedWaiver, waiverSchema } from './waiver.ts';

const issueBody = z.object({
  achievement: z.uuid(),
  learner: jsonObject,
  validFrom: moment.optional(),
  validUntil: moment.optional(),
  /** Instead of what the policy says. */
  proof: policySchema.shape.proof.removeDefault().optional(),
  reason: reason.optional(),
  /** May the learner get a second credential of this achievement? */
  duplicates: z.enum(['refuse', 'allow']).default('refuse'),
  /** Issue what the gate refuses; needs the scope `approve` as well. */
  waiver: waiverSchema.optional(),
  /** Issue a result that is under the pass mark or not completed. */
  allowBelowPassMark: z.object({ reason }).optional(),
  /** Write to the learner? Without it, as policy says. */
  deliver: z.enum(['email', 'none']).optional(),
});
const listed = page.extend({
  achievement: z.uuid().optional(),
  state: z.enum(['active', 'suspended', 'revoked', 'superseded']).optional(),
  claim: z.enum(['waiting', 'accepted', 'declined']).optional(),
  roster: z.uuid().optional(),
  test: z.stringbool().optional(),
  /** From and before which time they were issued, without a zone in the issuer's. */
  issuedFrom: moment.optional(),
  issuedBefore: moment.optional(),
});

export interface ListedCredential {
  id: string;
  url: string;
  kind: CredentialRecord['kind'];
  /** Null in a record, which is of no achievement; its name is its own then. */
  achievement: string | null;
  achievementName: string;
  version: number | null;
  state: CredentialRow['state'];
  claim: CredentialRow['claim_state'];
  test: boolean;
  digest: string;
  issuedAt: string;
  /** For who may issue. */
  learner?: Person;
}
export interface ShownCredential extends ListedCredential, Around {
  record: CredentialRecord;
  credential: JsonObject | null;
  claimedAt: string | null;
  statusReason: string | null;
  statusAt: string | null;
  takenDownAt: string | null;
  erasedAt: string | null;
  history: HistoryEntry[];
}

/** A credential as the API tells of it wherever it does. */
export const showCredential = (publicUrl: string, row: CredentialRow) => ({
  id: row.id,
  url: `${publicUrl}/credentials/${row.id}`,
  kind: kindOf(row),
  achievement: row.achievement_id,
  version: row.achievement_version,
  state: row.state,
  claim: row.claim_state,
  test: row.test,
  digest: row.digest,
  issuedAt: row.issued_at.toISOString(),
});

/** Issue, list, revoke, suspend, reinstate. */
export function credentialRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, publicUrl, masterKey } = deps;
  const shown = (credential: CredentialRow) => showCredential(publicUrl, credential);

  typed(app).post(
    '/api/issuers/:slug/credentials',
    {
      schema: {
        summary: 'Issue one credential; with an Idempotency-Key exactly once',
        params: inIssuer,
        body: issueBody,
        headers: idempotencyKey.loose(),
      },
    },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'issue');
      const {
        achievement,
        learner: given,
        validFrom,
        validUntil,
        duplicates,
        deliver,
        proof,
        reason,
        ...exceptions
      } = request.body;
      const waiver = await askedWaiver(deps, request, request.params.slug, exceptions.waiver);
      const { timeZone } = (await findPolicy(db, actor.issuer.id)).policy;
      const read = parseLearner(given, { timeZone });
      if (!read.ok) throw new ApiError('refused', 'The learner cannot be used.', { findings: inWords(read.findings) });
      const work = async (keep: KeepAnswer): Promise<Answer> => {
        const answerOf = ({ credential, gate }: IssuedOne): Answer => ({
          status: 201,
          body: JSON.stringify({
            ...shown(credential),
            gate: gate && showGate(gate),
            credential: JSON.parse(signedDocument(credential)) as JsonObject,
            ...(credential.jwt === null ? {} : { jwt: credential.jwt }),
          }),
        });
        const issued = await issueOne(
          deps,
          actor,
          {
            achievementId: achievement,
            learner: read.learner,
            duplicates,
            waiver,
            belowPassMark: exceptions.allowBelowPassMark?.reason ?? null,
            deliver,
            proof,
            reason,
            dates: readDates(
              {
                ...(validFrom === undefined ? {} : { validFrom }),
                ...(validUntil === undefined ? {} : { validUntil }),
              },
              timeZone,
            ),
          },
          async (trx, issued) => await keep(trx, answerOf(issued)),
        );
        if (!issued.ok)
          throw new ApiError('refused', 'This credential was not issued.', { findings: inWords(issued.findings) });
        return answerOf(issued);
      };
      const key = request.headers['idempotency-key'];
      const question = canonicalJson(request.body as JsonObject);
      const asked = { issuerId: actor.issuer.id, actor: actor.name, key, question };
      const answer = await answerOnce(db, asked, deps.now(), work);
      return await sendIssued(deps, actor.issuer.id, answer, reply);
    },
  );

  for (const ending of ['', '.json', '.jwt'] as const)
    typed(app).get(
      `/api/issuers/:slug/credentials/:id/document${ending}`,
      {
        schema: {
          summary: `What was signed, byte for byte${ending && `, as ${ending.slice(1)}`}`,
          params: inCredential,
        },
      },
      async (request, reply) => {
        const { issuer } = await authorize(deps, request, request.params.slug, 'read');
        const credential = await findOwnCredential(db, issuer.id, request.params.id);
        if (credential === undefined) throw new ApiError('not-found', 'There is no such credential.');
        const { content, contentType } =
          ending === '' ? signedForm(credential) : signedAs(credential, ending === '.jwt' ? 'jwt' : 'json');
        return reply.type(contentType).header('cache-control', 'private, no-store').send(content);
      },
    );

  typed(app).get(
    '/api/issuers/:slug/credentials',
    {
      schema: {
        summary: 'Credentials, newest first; who may issue also sees whose they are',
        params: inIssuer,
        querystring: listed,
      },
    },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const seesPeople = await isAllowed(deps, request, request.params.slug, 'issue');
      const { after, limit, issuedFrom, issuedBefore, ...filter } = request.query;
      const { timeZone } = (await findPolicy(db, issuer.id)).policy;
      const dates = { issuedFrom: readTime(issuedFrom, timeZone), issuedBefore: readTime(issuedBefore, timeZone) };
      const found = await listCredentials(db, issuer.id, readPlace(after), limit, { ...filter, ...dates });
      const names = await nameVersions(db, found);
      const next = nextPlace(found, limit, ({ issued_at, id }) => ({ at: issued_at, id }));
      const items = found.map(
        (row): ListedCredential => ({
          ...shown(row),
          achievementName: nameIn(names, row),
          ...(seesPeople ? { learner: openPerson(masterKey, row) } : {}),
        }),
      );
      return { items, next };
    },
  );

  typed(app).get(
    '/api/issuers/:slug/credentials/export',
    {
      schema: {
        summary: 'Credentials as CSV; for who may issue with the learners, which is logged',
        params: inIssuer,
        querystring: listed.omit({ after: true, limit: true }),
      },
    },
    async (request, reply) => {
      const { issuer, name: actor } = await authorize(deps, request, request.params.slug, 'read');
      const seesPeople = await isAllowed(deps, request, request.params.slug, 'issue');
      const { issuedFrom, issuedBefore, ...filter } = request.query;
      const { timeZone } = (await findPolicy(db, issuer.id)).policy;
      const dates = { issuedFrom: readTime(issuedFrom, timeZone), issuedBefore: readTime(issuedBefore, timeZone) };
      const detail = { people: seesPeople };
      const act = { chain: issuer.id, actor, action: 'credential.export', subject: issuer.id, detail };
      await db.transaction().execute((trx) => appendAudit(trx, act, deps.now()));
      const given = { db, publicUrl, masterKey: seesPeople ? masterKey : null };
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="credentials.csv"')
        .send(Readable.from(exportCredentials(given, issuer.id, { ...filter, ...dates })));
    },
  );

  typed(app).get(
    '/api/issuers/:slug/credentials/:id',
    {
      schema: {
        summary: 'A credential, with all that is kept beside it; who may issue also sees whose it is',
        params: inCredential,
      },
    },
    async (request): Promise<ShownCredential> => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const credential = await findOwnCredential(db, issuer.id, request.params.id);
      if (credential === undefined) throw new ApiError('not-found', 'There is no such credential.');
      const seesPeople = await isAllowed(deps, request, request.params.slug, 'issue');
      const names = await nameVersions(db, [credential]);
      return {
        ...shown(credential),
        achievementName: nameIn(names, credential),
        record: credentialRecord(credential),
        credential: credential.document === null ? null : (JSON.parse(credential.document) as JsonObject),
        claimedAt: credential.claimed_at?.toISOString() ?? null,
        statusReason: credential.status_reason,
        statusAt: credential.status_at?.toISOString() ?? null,
        takenDownAt: credential.hidden_at?.toISOString() ?? null,
        erasedAt: credential.erased_at?.toISOString() ?? null,
        ...(await findAround(db, masterKey, credential)),
        history: await listHistory(db, credential),
        ...(seesPeople ? { learner: openPerson(masterKey, credential) } : {}),
      };
    },
  );

  for (const [change, summary] of [
    ['revoke', 'Revoke a credential, for ever'],
    ['suspend', 'Suspend a credential'],
    ['reinstate', 'End a suspension'],
  ] as const)
    typed(app).post(
      `/api/issuers/:slug/credentials/:id/${change}`,
      { schema: { summary, params: inCredential, body: z.object({ reason }) } },
      async (request) => {
        const actor = await authorize(deps, request, request.params.slug, 'issue');
        const { id } = request.params;
        const changed = await db
          .transaction()
          .execute((trx) => changeStatus(trx, id, change, request.body.reason, actor, deps.now()));
        deps.lists.forget(changed.status_list_id);
        return shown(changed);
      },
    );
}

function readTime(written: string | undefined, timeZone: string): Date | undefined {
  if (written === undefined) return undefined;
  const time = readMoment(written, timeZone);
  if (time === undefined)
    throw new ApiError(
      'malformed-request',
      phrase`"${written}" is no date. Write it as 2026-05-18 or 2026-05-18T09:00:00Z.`,
    );
  return new Date(time);
}

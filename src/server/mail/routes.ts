import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Actor, authorize, isAllowed } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import { findAddressees } from '../claim/letters.ts';
import type { Database } from '../database.ts';
import type { IssuingDeps } from '../issuing.ts';
import { isBehind, nextPlace, type Place, page, readPlace } from '../paging.ts';
import { ApiError } from '../problem.ts';
import { credentialId, inIssuer, slug, typed } from '../typed.ts';
import { type MailRow, queueAgain } from './queue.ts';

const inLetter = z.object({ slug, id: z.uuid() });
const letters = page.extend({
  state: z.enum(['waiting', 'sent', 'failed']).optional(),
  kind: z.enum(['letter', 'claim', 'reminder']).optional(),
  credential: credentialId.optional(),
});

export interface ShownLetter {
  id: string;
  kind: MailRow['kind'];
  credential: string | null;
  state: MailRow['state'];
  attempts: number;
  fault: string | null;
  createdAt: string;
  sentAt: string | null;
  /** For who may issue; null when the learner was erased. */
  to?: string | null;
}

/** What was written to whom, and what came of it. */
export function mailRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, masterKey } = deps;

  typed(app).get(
    '/api/issuers/:slug/letters',
    {
      schema: {
        summary: 'Letters, newest first; who may issue also sees to whom',
        params: inIssuer,
        querystring: letters,
      },
    },
    async (request) => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const seesAddresses = await isAllowed(deps, request, request.params.slug, 'issue');
      const { after, limit, ...filter } = request.query;
      const found = await listLetters(db, issuer.id, { before: readPlace(after), limit, ...filter });
      const addressees = seesAddresses ? await findAddressees(db, masterKey, found) : null;
      return {
        items: found.map(
          (row): ShownLetter => ({
            id: row.id,
            kind: row.kind,
            credential: row.credential_id,
            state: row.state,
            attempts: row.attempts,
            fault: row.fault,
            createdAt: row.created_at.toISOString(),
            sentAt: row.sent_at?.toISOString() ?? null,
            ...(addressees === null ? {} : { to: addressees.get(row.id) ?? null }),
          }),
        ),
        next: nextPlace(found, limit, ({ created_at, id }) => ({ at: created_at, id })),
      };
    },
  );

  typed(app).post(
    '/api/issuers/:slug/letters/:id/resend',
    { schema: { summary: 'Send a letter again', params: inLetter } },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'issue');
      return reply.status(202).send({ id: await resendLetter(deps, actor, request.params.id) });
    },
  );
}

/** A copy is queued: to the receiver's mail server it is another letter. */
function resendLetter({ db, masterKey, now }: IssuingDeps, actor: Actor, id: string): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('mail')
      .selectAll()
      .where('issuer_id', '=', actor.issuer.id)
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) throw new ApiError('not-found', 'There is no such letter.');
    if (row.state === 'waiting') throw new ApiError('conflict', 'This letter is still waiting to be sent.');
    const again = await queueAgain(trx, masterKey, row, now());
    const act = { chain: actor.issuer.id, actor: actor.name, action: 'letter.resend', subject: id };
    await appendAudit(trx, { ...act, detail: { letter: again } }, now());
    return again;
  });
}

function listLetters(
  db: Database,
  issuerId: string,
  asked: Omit<z.infer<typeof letters>, 'after'> & { before: Place | null },
): Promise<MailRow[]> {
  const { before, limit, state, kind, credential } = asked;
  let query = db.selectFrom('mail').selectAll().where('issuer_id', '=', issuerId);
  if (state !== undefined) query = query.where('state', '=', state);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (credential !== undefined) query = query.where('credential_id', '=', credential);
  if (before !== null) query = query.where(isBehind('created_at', before));
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
}

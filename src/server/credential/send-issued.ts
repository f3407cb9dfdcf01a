import type { FastifyReply } from 'fastify';
import type { JsonObject } from '../../core/json/json.ts';
import { claimUrl } from '../claim/claim.ts';
import type { Answer } from '../idempotency.ts';
import type { IssuingDeps } from '../issuing.ts';
import { findOwnCredential } from './store.ts';

/** Send the answer to who issued. The claim link is kept nowhere, not in an answer either: it is added to what is sent. */
export async function sendIssued(
  deps: IssuingDeps,
  issuerId: string,
  { status, body }: Answer,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const said = JSON.parse(body) as JsonObject & { id: string };
  const credential = await findOwnCredential(deps.db, issuerId, said.id);
  const link = credential === undefined ? null : claimUrl(deps, credential);
  return reply
    .status(status)
    .header('cache-control', 'no-store')
    .send({ ...said, claimUrl: link });
}

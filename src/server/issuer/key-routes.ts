import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { authorize } from '../access/authorize.ts';
import type { IssuingDeps } from '../issuing.ts';
import { ApiError } from '../problem.ts';
import { inIssuer, reason, typed } from '../typed.ts';
import { type Consequences, countSignedBy, findConsequences } from './key-consequences.ts';
import { endKey, rotateKey } from './keys.ts';
import { type IssuerKeyRow, listKeys } from './store.ts';

/** A signing key, without its secret. */
export interface ShownKey {
  id: string;
  type: string;
  use: IssuerKeyRow['use'];
  publicKeyMultibase: string;
  state: IssuerKeyRow['state'];
  createdAt: Date;
  endedAt: Date | null;
  compromisedFrom: Date | null;
}

const inKey = inIssuer.extend({ id: z.uuid() });
const from = z.iso.datetime({ offset: true });

/** The keys that an issuer signs with: make a new one, or take one out of use. */
export function keyRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, masterKey } = deps;

  typed(app).get(
    '/api/issuers/:slug/keys',
    { schema: { summary: 'The keys that an issuer signs and signed with', params: inIssuer } },
    async (request): Promise<{ items: ShownKey[]; next: null }> => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const items = (await listKeys(db, issuer.id)).map((key) => ({
        id: key.id,
        type: key.type,
        use: key.use,
        publicKeyMultibase: key.public_key,
        state: key.state,
        createdAt: key.created_at,
        endedAt: key.ended_at,
        compromisedFrom: key.compromised_from,
      }));
      return { items, next: null };
    },
  );

  typed(app).get(
    '/api/issuers/:slug/keys/signed',
    { schema: { summary: 'How many credentials each key signed', params: inIssuer } },
    async (request): Promise<{ items: { id: string; credentials: number }[]; next: null }> => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'read');
      const keys = await listKeys(db, issuer.id);
      const items = [];
      for (const key of keys) items.push({ id: key.id, credentials: (await countSignedBy(db, keys, key)).total });
      return { items, next: null };
    },
  );

  typed(app).get(
    '/api/issuers/:slug/keys/:id/consequences',
    {
      schema: {
        summary: 'What it would mean to take a key out of use: retired, or as in other hands from a date',
        params: inKey,
        querystring: z.object({ from: from.optional() }),
      },
    },
    async (request): Promise<Consequences> => {
      const { issuer } = await authorize(deps, request, request.params.slug, 'manage');
      const { id } = request.params;
      const since = request.query.from === undefined ? null : new Date(request.query.from);
      return await findConsequences(db, issuer.id, id, since);
    },
  );

  typed(app).post(
    '/api/issuers/:slug/keys',
    {
      schema: {
        summary: 'Sign with a new key from now on; the one before stays published',
        params: inIssuer,
        body: z
          .object({
            type: z.enum(['Ed25519', 'P-256']).optional(),
            /** `jwt`: for credentials as VC-JWT, ES256 only. */
            use: z.enum(['proof', 'jwt']).default('proof'),
            reason,
          })
          .refine(({ type, use }) => use === 'proof' || type !== 'Ed25519', { error: 'JWTs are signed with P-256' }),
      },
    },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'manage');
      const { use, type = use === 'jwt' ? 'P-256' : 'Ed25519', reason } = request.body;
      const made = await db
        .transaction()
        .execute((trx) => rotateKey(trx, actor.issuer.id, { type, use }, reason, actor.name, masterKey, deps.now()));
      return reply.status(201).send({ id: made.id, type: made.type, publicKeyMultibase: made.public_key });
    },
  );

  typed(app).post(
    '/api/issuers/:slug/keys/:id/retire',
    {
      schema: {
        summary: 'Publish a key no more: nothing that it signed verifies any longer',
        params: inKey,
        body: z.object({ reason }),
      },
    },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'manage');
      const which = { issuerId: actor.issuer.id, id: request.params.id, reason: request.body.reason };
      await db
        .transaction()
        .execute((trx) => endKey(trx, { ...which, how: 'retire' }, actor.name, masterKey, deps.now()));
      deps.lists.forget();
      return reply.status(204).send();
    },
  );

  typed(app).post(
    '/api/issuers/:slug/keys/:id/compromise',
    {
      schema: {
        summary: 'Mark a key as in other hands since a date',
        params: inKey,
        body: z.object({ reason, from }),
      },
    },
    async (request, reply) => {
      const actor = await authorize(deps, request, request.params.slug, 'manage');
      const { reason, from } = request.body;
      const how = { compromisedFrom: new Date(from) };
      if (how.compromisedFrom > deps.now())
        throw new ApiError('malformed-request', '"from" lies in the future: retire the key then.');
      const which = { issuerId: actor.issuer.id, id: request.params.id, reason, how };
      await db.transaction().execute((trx) => endKey(trx, which, actor.name, masterKey, deps.now()));
      deps.lists.forget();
      return reply.status(204).send();
    },
  );
}

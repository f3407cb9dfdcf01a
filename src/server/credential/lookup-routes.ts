import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { JsonObject } from '../../core/json/json.ts';
import { authorize, isAllowed } from '../access/authorize.ts';
import type { IssuingDeps } from '../issuing.ts';
import { readPlace, writePlace } from '../paging.ts';
import { inIssuer, typed } from '../typed.ts';
import { lookUp, readAsked } from './lookup.ts';
import { openPerson } from './person.ts';
import { credentialRecord } from './record.ts';

/** "Is this real?": somebody has an address, a name or a document in hand, and asks the issuer. */
export function lookupRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { masterKey, publicUrl } = deps;

  typed(app).post(
    '/api/issuers/:slug/credentials/look-up',
    {
      schema: {
        summary: 'Find credentials by their address or id, or by the learner’s e-mail address, id or name',
        params: inIssuer,
        body: z.object({
          text: z.string().trim().min(2).max(500),
          /** What "next" of an answer said: names are looked through in parts. */
          after: z.string().max(300).optional(),
        }),
      },
    },
    async (request) => {
      const actor = await authorize(deps, request, request.params.slug, 'read');
      const seesPeople = await isAllowed(deps, request, request.params.slug, 'issue');
      const asked = readAsked(request.body.text);
      const { rows, next } = await lookUp(deps, actor, asked, readPlace(request.body.after));
      return {
        by: asked.by,
        items: rows.map((row) => ({
          ...credentialRecord(row),
          url: `${publicUrl}/credentials/${row.id}`,
          name: row.document === null ? null : ((JSON.parse(row.document) as JsonObject).name ?? null),
          erased: row.erased_at !== null,
          reason: row.status_reason,
          newest: row.superseded_by,
          ...(seesPeople ? { learner: openPerson(masterKey, row).name ?? null } : {}),
        })),
        next: next === null ? null : writePlace(next),
      };
    },
  );
}

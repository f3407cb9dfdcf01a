import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { openInput } from '../../core/open-input.ts';
import { authorize } from '../access/authorize.ts';
import type { Checking } from '../credential/deliver.ts';
import type { IssuingDeps } from '../issuing.ts';
import { ApiError } from '../problem.ts';
import { typed } from '../typed.ts';
import { checkEndorsement, noEndorsement } from './endorsements.ts';
import { inAchievement } from './routes.ts';
import { findAchievement } from './store.ts';

/** What somebody else signed about an achievement is looked at before its author writes it into the draft. */
export function endorsementRoutes(app: FastifyInstance, deps: IssuingDeps & Checking): void {
  typed(app).post(
    '/api/issuers/:slug/achievements/:id/endorsements/check',
    {
      schema: {
        summary: 'Check what is offered as an endorsement of an achievement, and tell where it stands; nothing is kept',
        params: inAchievement,
        body: z.strictObject({ document: z.string().min(1).max(200_000) }),
      },
    },
    async (request) => {
      const { slug, id } = request.params;
      const { issuer } = await authorize(deps, request, slug, 'author');
      if ((await findAchievement(deps.db, issuer.id, id)) === undefined)
        throw new ApiError('not-found', 'There is no such achievement.');
      const opened = await openInput(request.body.document);
      if (!opened.ok) throw noEndorsement([opened.finding]);
      const { input } = opened;
      const given = input.form === 'json' ? input.json : input.form === 'jwt' ? input.text : undefined;
      if (given === undefined) throw noEndorsement();
      return { member: await checkEndorsement(given, { id, issuerSlug: slug }, deps), value: given };
    },
  );
}

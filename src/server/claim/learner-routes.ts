import formBody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireSameOrigin } from '../access/same-origin.ts';
import type { CredentialPages } from '../credential/pages.ts';
import { openNewDispute } from '../dispute/change-dispute.ts';
import { subjects } from '../dispute/store.ts';
import { limitOf } from '../limits.ts';
import { readTyped } from '../page/form.ts';
import { nothingHere } from '../page/nothing-here.ts';
import { credentialId, typed } from '../typed.ts';
import { holdsClaim } from './claim.ts';

const wordsAtMost = 4000;
const written = z.object({
  about: z.enum(subjects),
  words: z.string().trim().min(1).max(wordsAtMost),
});

/** The learner tells the issuer what is wrong in their credential. What they wrote is still there when it could not be sent. */
export function disputeFormRoutes(app: FastifyInstance, pages: CredentialPages): void {
  const { db, masterKey, publicUrl, credentials, now } = pages.deps;
  const ofVisitor = limitOf(app, 10, ({ ip }) => `dispute ${ip}`);
  app.register(async (scope) => {
    await scope.register(formBody, { bodyLimit: 50_000 });
    typed(scope).post(
      '/credentials/:name/dispute',
      { schema: { params: z.object({ name: credentialId }) } },
      async (request, reply) => {
        requireSameOrigin(request, publicUrl);
        const credential = await credentials.find(request.params.name);
        if (credential === undefined || !holdsClaim(masterKey, credential, request)) return nothingHere(request, reply);
        await ofVisitor(request);
        const given = readTyped(request.body);
        const read = written.safeParse(given);
        const again = (fault: 'about' | 'words' | 'long' | 'many') =>
          pages.show(request, reply.status(422), credential, {
            draft: { about: given.about ?? '', words: given.words ?? '', fault },
          });
        if (!read.success) {
          const [first] = read.error.issues;
          if (first?.path[0] === 'about') return again('about');
          return again((given.words ?? '').trim() === '' ? 'words' : 'long');
        }
        const taken = await db
          .transaction()
          .execute((trx) => openNewDispute(trx, pages.deps, credential, read.data, now()));
        return taken ? reply.redirect(`../${credential.id}#wrong`, 303) : again('many');
      },
    );
  });
}

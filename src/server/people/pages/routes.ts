import formBody from '@fastify/formbody';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireSameOrigin } from '../../access/same-origin.ts';
import { translatorOf } from '../../answer-faults.ts';
import type { IssuingDeps } from '../../issuing.ts';
import { readOwnFile } from '../../own-file.ts';
import { html } from '../../page/html.ts';
import { ApiError, write } from '../../problem.ts';
import type { SignedInUser } from '../identity.ts';
import { accountPages } from './account.ts';
import { firstRunPages } from './first-run.ts';
import { invitationPages } from './invitation.ts';
import { passwordPages } from './password.ts';
import { signInPages } from './sign-in.ts';
import { signUpPages } from './sign-up.ts';
import { chooseSpeech, sendOwnPage, speechOf, wordsOf } from './speech.ts';
import { studioPages } from './studio.ts';
import { twoFactorPages } from './two-factor.ts';

/** Plain pages for people: they work without script, and each form posts to its own address. */
export async function peoplePages(app: FastifyInstance, deps: IssuingDeps & { web?: string | null }): Promise<void> {
  await app.register(formBody, { bodyLimit: 20_000 });
  app.addHook('preHandler', chooseSpeech);
  app.addHook('preHandler', async (request) => requireSameOrigin(request, deps.publicUrl));
  app.addHook('onSend', async (_, reply) => {
    // Else browsers would not say where a form comes from.
    reply.header('referrer-policy', 'same-origin').header('cache-control', 'no-store');
  });
  app.setErrorHandler(async (error, request, reply) => {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === 'not-signed-in')
      return reply.redirect(`/sign-in?next=${encodeURIComponent(request.method === 'GET' ? request.url : '/account')}`);
    reply.status(error.status);
    const { failedTitle } = wordsOf(reply);
    const detail = write(error.detail, await translatorOf(speechOf(reply).words.language));
    return sendOwnPage(reply, {
      title: failedTitle,
      body: html`<section class="stack"><h1>${failedTitle}</h1><p class="lead">${detail}</p></section>`,
    });
  });
  const script = readOwnFile(new URL('./passkeys.js', import.meta.url));
  app.get('/sign-in.js', (_, reply) => reply.type('text/javascript; charset=utf-8').send(script));
  signInPages(app, deps);
  twoFactorPages(app, deps);
  signUpPages(app, deps);
  passwordPages(app, deps);
  invitationPages(app, deps);
  firstRunPages(app, deps);
  accountPages(app, deps);
  studioPages(app, deps);
}

/** Who is signed in; everybody else is sent to sign in first. */
export async function pageUser({ identity }: IssuingDeps, request: FastifyRequest): Promise<SignedInUser> {
  const user = await identity.findUser(request);
  if (user === null) throw new ApiError('not-signed-in', 'Sign in first.');
  return user;
}

/** A path of this site to go on to; everything else is the studio. */
export function readNext(query: unknown): string {
  const { next } = query as { next?: unknown };
  return typeof next === 'string' && /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(next) ? next : '/studio';
}

/** The same page with what is wrong: 422, as the API answers faults. */
export const withFaults = (reply: FastifyReply) => reply.status(422);

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isEmail } from '../../core/issue/learner.ts';
import { requireSameOrigin } from '../access/same-origin.ts';
import { type ClaimChange, changeClaim, changeIndexing } from '../claim/change-claim.ts';
import { holdsClaim, isClaimToken, keepClaim, mayRead } from '../claim/claim.ts';
import { limitOf } from '../limits.ts';
import { readTyped } from '../page/form.ts';
import { readLanguage } from '../page/language.ts';
import { nothingHere } from '../page/nothing-here.ts';
import { ApiError } from '../problem.ts';
import { typed } from '../typed.ts';
import { isRecipient } from './deliver.ts';
import { chooseForm, mediaTypes, readName, type Signed, signedAs } from './form.ts';
import type { CredentialPages } from './pages.ts';
import { type CredentialRow, isDelivered, signedForm } from './store.ts';
import { takenDown } from './taken-down.ts';

/** What the learner says on the page of a credential. */
const acts = ['accept', 'decline', 'index', 'unindex'] as const;

/** A credential at its own address: to who holds the claim link, and to everybody who has the address once it is accepted. */
export function credentialAddressRoutes(app: FastifyInstance, pages: CredentialPages): void {
  const { db, masterKey, publicUrl, credentials, now } = pages.deps;
  // Pages and files take a check each: much less often than the document itself.
  const work = limitOf(app, 300, ({ ip }) => ip);
  // Nobody shall try a list of addresses.
  const ofVisitor = limitOf(app, 20, ({ ip }) => `recipient ${ip}`);
  const ofCredential = limitOf(app, 60, ({ params }) => `recipient ${Object.values(params as object)[0]}`);
  const guess = async (request: FastifyRequest) => {
    await ofVisitor(request);
    await ofCredential(request);
  };

  app.get('/credentials/:name', { config: { rateLimit: false } }, async (request, reply) => {
    const { name } = request.params as { name: string };
    const { claim } = request.query as { claim?: unknown };
    const named = readName(name);
    const credential = named === null ? undefined : await credentials.find(named.id);
    if (named === null || credential === undefined || !mayRead(masterKey, credential, request))
      return nothingHere(request, reply);
    if (!isDelivered(credential)) return takenDown(request, reply, credential.state);
    const form = named.form ?? chooseForm(request.headers.accept, credential.jwt !== null);
    reply.header('x-robots-tag', 'noindex').header('vary', 'accept, accept-language');
    if (form === 'json' || form === 'jwt') {
      const signed = named.form === null && form === 'json' ? signedForm(credential) : signedAs(credential, form);
      return sendSigned(request, reply, signed, credential.claim_state === 'accepted' && claim === undefined);
    }
    if (form === 'html' && claim !== undefined) {
      if (isClaimToken(masterKey, credential, claim)) keepClaim(reply, masterKey, credential, publicUrl);
      // The token stays neither in the address bar nor in the history.
      return reply.header('cache-control', 'no-store').redirect(credential.id, 303);
    }
    await work(request);
    if (form === 'html') return await pages.show(request, reply, credential);
    reply.header('cache-control', 'private, no-store');
    const isLearner = holdsClaim(masterKey, credential, request);
    return reply
      .type(mediaTypes[form])
      .header('content-disposition', `attachment; filename="credential-${credential.id.slice(0, 8)}.${form}"`)
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox")
      .send(await pages.delivery.make(credential, form, isLearner, await readLanguage(request, reply)));
  });

  /** The credential that a request asks about and may read. */
  async function findReadable(request: FastifyRequest, name: string): Promise<CredentialRow | undefined> {
    const named = readName(name);
    const credential = named?.form === null ? await credentials.find(named.id) : undefined;
    return credential !== undefined && mayRead(masterKey, credential, request) && isDelivered(credential)
      ? credential
      : undefined;
  }

  typed(app).post(
    '/api/credentials/:id/recipient',
    {
      schema: {
        summary: '“Is this you?”: was this credential made for the holder of an e-mail address?',
        params: z.object({ id: z.string().max(40) }),
        body: z.object({ email: z.string().trim().refine(isEmail, { error: 'an e-mail address' }) }),
      },
    },
    async (request) => {
      const credential = await findReadable(request, request.params.id);
      if (credential === undefined) throw new ApiError('not-found', 'There is nothing at this address.');
      await guess(request);
      return { matches: await isRecipient(credential, request.body.email) };
    },
  );

  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 4000 },
      (_, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 1000 }, (_, __, done) => done(null));
    scope.post('/credentials/:name/recipient', async (request, reply) => {
      const credential = await findReadable(request, (request.params as { name: string }).name);
      if (credential === undefined) return nothingHere(request, reply);
      await guess(request);
      await work(request);
      const email = (readTyped(request.body).email ?? '').trim();
      const answer = !isEmail(email) ? 'not-an-address' : (await isRecipient(credential, email)) ? 'yes' : 'no';
      return await pages.show(request, reply, credential, { recipient: { email, answer } });
    });
    for (const act of acts)
      scope.post(`/credentials/:name/${act}`, async (request, reply) => {
        // Another site's page must not speak in a learner's name; the cookie does not travel with it either.
        requireSameOrigin(request, publicUrl);
        const named = readName((request.params as { name: string }).name);
        const credential = named?.form === null ? await credentials.find(named.id) : undefined;
        if (credential === undefined || !holdsClaim(masterKey, credential, request)) return nothingHere(request, reply);
        await db
          .transaction()
          .execute((trx) =>
            act === 'index' || act === 'unindex'
              ? changeIndexing(trx, credential, act === 'index', now())
              : changeClaim(trx, credential, act satisfies ClaimChange, now()),
          );
        credentials.forget(credential.id);
        return reply.header('cache-control', 'no-store').redirect(`../${credential.id}`, 303);
      });
  });
}

/** What was signed, byte for byte. */
function sendSigned(
  request: FastifyRequest,
  reply: FastifyReply,
  { content, digest, contentType }: Signed,
  everybody: boolean,
) {
  const etag = `"${digest}"`;
  reply
    .header('etag', etag)
    .header('cache-control', everybody ? 'public, max-age=5' : 'private, no-store')
    .header('access-control-allow-origin', '*');
  if (request.headers['if-none-match'] === etag) return reply.status(304).send();
  return reply.type(contentType).send(content);
}

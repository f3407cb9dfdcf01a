import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { requireSameOrigin } from '../access/same-origin.ts';
import { type ClaimChange, changeClaim, changeIndexing } from '../claim/change-claim.ts';
import { holdsClaim, isClaimToken, keepClaim, mayRead } from '../claim/claim.ts';
import type { IssuingDeps } from '../issuing.ts';
import { html } from '../page/html.ts';
import { sendPage } from '../page/layout.ts';
import { ApiError } from '../problem.ts';
import { chooseForm, readName, type Signed, signedAs } from './form.ts';
import { credentialPage } from './page.ts';
import { type CredentialRow, isDelivered, signedForm } from './store.ts';

/** What the learner says on the page of a credential. */
const acts = ['accept', 'decline', 'index', 'unindex'] as const;

/** A credential at its own address: to who holds the claim link, and to everybody who has the address once it is accepted. */
export function credentialAddressRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, masterKey, publicUrl, credentials } = deps;

  app.get('/credentials/:name', { config: { rateLimit: false } }, async (request, reply) => {
    const { name } = request.params as { name: string };
    const { claim } = request.query as { claim?: unknown };
    const named = readName(name);
    const credential = named === null ? undefined : await credentials.find(named.id);
    if (named === null || credential === undefined || !mayRead(masterKey, credential, request))
      return nothingHere(request, reply);
    if (!isDelivered(credential)) return takenDown(request, reply, credential.state);
    const form = named.form ?? chooseForm(request.headers.accept, credential.jwt !== null);
    reply.header('x-robots-tag', 'noindex').header('vary', 'accept');
    if (form === 'json' || form === 'jwt') {
      const signed = named.form === null && form === 'json' ? signedForm(credential) : signedAs(credential, form);
      return sendSigned(request, reply, signed, credential.claim_state === 'accepted' && claim === undefined);
    }
    if (form !== 'html') throw new ApiError('not-found', 'This credential has no such form.');
    if (claim !== undefined) {
      if (isClaimToken(masterKey, credential, claim)) keepClaim(reply, masterKey, credential, publicUrl);
      // The token stays neither in the address bar nor in the history.
      return reply.header('cache-control', 'no-store').redirect(credential.id, 303);
    }
    if (credential.indexed && credential.claim_state === 'accepted') reply.removeHeader('x-robots-tag');
    reply.header('cache-control', 'private, no-store');
    return sendPage(reply, credentialPage(credential, holdsClaim(masterKey, credential, request)));
  });

  app.register(async (scope) => {
    // The forms have nothing in them: the address says it all.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 1000 }, (_, __, done) => done(null));
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
              ? changeIndexing(trx, credential, act === 'index', deps.now())
              : changeClaim(trx, credential, act satisfies ClaimChange, deps.now()),
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

/** The same to all who may not read it and about all that is not there: nobody learns which. */
function nothingHere(request: FastifyRequest, reply: FastifyReply) {
  reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex');
  if (chooseForm(request.headers.accept, false) !== 'html')
    throw new ApiError('not-found', 'There is nothing at this address.');
  return sendPage(reply.status(404), {
    title: 'Nothing here',
    body: html`<h1>There is nothing to see at this address</h1>
<p class="lead">It may be mistyped, or not meant for you. If a letter brought you here, open the link in the letter itself.</p>`,
  });
}

const standing: Record<CredentialRow['state'], string> = {
  active: 'in force, unless its own dates say otherwise',
  suspended: 'suspended',
  revoked: 'revoked',
  superseded: 'superseded by a newer edition',
};

/** It was here, and its status lists still answer; what it said is not shown any more. */
function takenDown(request: FastifyRequest, reply: FastifyReply, state: CredentialRow['state']) {
  reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex');
  if (chooseForm(request.headers.accept, false) !== 'html')
    throw new ApiError('gone', 'This credential was taken down. Copies of it can still be verified.');
  return sendPage(reply.status(410), {
    title: 'Taken down',
    body: html`<h1>This credential was taken down</h1>
<p class="lead">Somebody asked for that, and it is not shown here any more. Nothing else follows from it: whoever holds a copy can still verify it, and its status is answered as before.</p>
<p>Its status now: ${standing[state]}.</p>`,
  });
}

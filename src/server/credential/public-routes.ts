import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isEmail } from '../../core/issue/learner.ts';
import { requireSameOrigin } from '../access/same-origin.ts';
import { type ClaimChange, changeClaim, changeIndexing } from '../claim/change-claim.ts';
import { holdsClaim, isClaimToken, keepClaim, mayRead } from '../claim/claim.ts';
import type { IssuingDeps } from '../issuing.ts';
import { readTyped } from '../page/form.ts';
import { html } from '../page/html.ts';
import { readLanguage, say } from '../page/language.ts';
import { sendPage } from '../page/layout.ts';
import { ApiError } from '../problem.ts';
import { typed } from '../typed.ts';
import { type Checking, CredentialDelivery, isRecipient } from './deliver.ts';
import { chooseForm, mediaTypes, readName, type Signed, signedAs } from './form.ts';
import { type CredentialPage, credentialPage } from './page.ts';
import { type CredentialRow, isDelivered, signedForm } from './store.ts';

/** What the learner says on the page of a credential. */
const acts = ['accept', 'decline', 'index', 'unindex'] as const;

/** A credential at its own address: to who holds the claim link, and to everybody who has the address once it is accepted. */
export function credentialAddressRoutes(app: FastifyInstance, deps: IssuingDeps & Checking): void {
  const { db, masterKey, publicUrl, credentials } = deps;
  const delivery = new CredentialDelivery(deps);
  app.addHook('onClose', () => delivery.close());
  // Pages and files take a check each: much less often than the document itself.
  const work = limit(app, 300, ({ ip }) => ip);
  // Nobody shall try a list of addresses.
  const ofVisitor = limit(app, 20, ({ ip }) => `recipient ${ip}`);
  const ofCredential = limit(app, 60, ({ params }) => `recipient ${Object.values(params as object)[0]}`);
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
    reply.header('cache-control', 'private, no-store');
    const isLearner = holdsClaim(masterKey, credential, request);
    if (form === 'html') return await showPage(request, reply, credential, isLearner, null);
    return reply
      .type(mediaTypes[form])
      .header('content-disposition', `attachment; filename="credential-${credential.id.slice(0, 8)}.${form}"`)
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox")
      .send(await delivery.make(credential, form, isLearner, await readLanguage(request, reply)));
  });

  async function showPage(
    request: FastifyRequest,
    reply: FastifyReply,
    credential: CredentialRow,
    isLearner: boolean,
    recipient: CredentialPage['recipient'],
  ) {
    if (credential.indexed && credential.claim_state === 'accepted') reply.removeHeader('x-robots-tag');
    const speech = await readLanguage(request, reply);
    const description = await delivery.describe(credential, isLearner, speech);
    const hasJson = signedForm(credential).content !== credential.jwt;
    return sendPage(
      reply,
      credentialPage({ credential, description, isLearner, hasJson, checkedAt: deps.now(), recipient }, speech),
    );
  }

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
      reply.header('cache-control', 'private, no-store').header('x-robots-tag', 'noindex');
      return await showPage(request, reply, credential, holdsClaim(masterKey, credential, request), { email, answer });
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
              ? changeIndexing(trx, credential, act === 'index', deps.now())
              : changeClaim(trx, credential, act satisfies ClaimChange, deps.now()),
          );
        credentials.forget(credential.id);
        return reply.header('cache-control', 'no-store').redirect(`../${credential.id}`, 303);
      });
  });
}

/** So many in a minute, and then a problem. */
function limit(app: FastifyInstance, max: number, keyGenerator: (request: FastifyRequest) => string) {
  const look = app.createRateLimit({ max, timeWindow: '1 minute', keyGenerator });
  return async (request: FastifyRequest) => {
    const found = await look(request);
    if (!found.isAllowed && found.isExceeded)
      throw new ApiError('too-many-requests', 'This was asked often in the last minute. Try again later.');
  };
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
async function nothingHere(request: FastifyRequest, reply: FastifyReply) {
  reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex');
  if (chooseForm(request.headers.accept, false) !== 'html')
    throw new ApiError('not-found', 'There is nothing at this address.');
  const speech = await readLanguage(request, reply);
  const { texts } = speech.page;
  return sendPage(reply.status(404), {
    title: texts.nothing,
    speech,
    body: html`<h1>${texts.nothingHere}</h1><p class="lead">${texts.nothingWhy}</p>`,
  });
}

/** It was here, and its status lists still answer; what it said is not shown any more. */
async function takenDown(request: FastifyRequest, reply: FastifyReply, state: CredentialRow['state']) {
  reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex');
  if (chooseForm(request.headers.accept, false) !== 'html')
    throw new ApiError('gone', 'This credential was taken down. Copies of it can still be verified.');
  const speech = await readLanguage(request, reply);
  const { texts, standing } = speech.page;
  return sendPage(reply.status(410), {
    title: texts.taken,
    speech,
    body: html`<h1>${texts.takenDown}</h1><p class="lead">${texts.takenWhy}</p>
<p>${say(speech, 'statusNow', { status: standing[state] })}</p>`,
  });
}

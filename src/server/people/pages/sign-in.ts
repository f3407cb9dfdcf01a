import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { IssuingDeps } from '../../issuing.ts';
import { type Faults, field, formFault, readForm, readTyped, type Typed } from '../../page/form.ts';
import { html } from '../../page/html.ts';
import { emailAddress } from '../accounts.ts';
import { faultOf } from '../answer.ts';
import { forwardCookies } from '../auth-routes.ts';
import { oidcProvider } from '../identity.ts';
import { readNext, withFaults } from './routes.ts';
import { fill, sendOwnPage, wordsOf } from './speech.ts';

const signInForm = z.object({
  email: emailAddress,
  password: z.string().min(1, { error: 'Write your password.' }).max(1000),
});
const letterForm = z.object({ email: emailAddress });

/** Sign in by password, by a letter, by another service, by a passkey; and out again. */
export function signInPages(app: FastifyInstance, deps: IssuingDeps): void {
  const { identity, publicUrl } = deps;
  const withNext = (path: string, next: string) =>
    next === '/studio' ? path : `${path}?next=${encodeURIComponent(next)}`;

  const sendSignIn = (reply: FastifyReply, next: string, typed: Typed = {}, faults: Faults = {}) => {
    const { signIn, fields } = wordsOf(reply);
    return sendOwnPage(reply, {
      title: signIn.title,
      scripts: ['/sign-in.js'],
      body: html`<section class="stack gate"><h1>${signIn.title}</h1>
<form class="narrow card pad" method="post" action="${withNext('/sign-in', next)}">
${formFault(faults)}
${field({ name: 'email', label: fields.email, type: 'email', value: typed.email, fault: faults.email, autocomplete: 'username webauthn' })}
${field({ name: 'password', label: fields.password, type: 'password', fault: faults.password, autocomplete: 'current-password' })}
<button class="btn primary wide">${signIn.act}</button>
<button class="btn wide" formaction="${withNext('/sign-in/letter', next)}" formnovalidate>${signIn.letter}</button>
<p class="small"><a href="/forgot">${signIn.forgot}</a></p>
</form>
<div class="row" id="other-ways">
${identity.oidc === null ? '' : html`<a class="btn" href="${withNext('/sign-in/oidc', next)}">${fill(reply, signIn.with, { service: identity.oidc.name })}</a>`}
<button class="btn" id="passkey-sign-in" type="button" data-next="${next}" hidden>${signIn.passkey}</button>
</div>
${passkeyFault(reply)}
${identity.openSignUp ? html`<p>${signIn.newHere} <a href="/sign-up">${signIn.make}</a></p>` : html`<p class="muted small">${signIn.byInvitation}</p>`}
</section>`,
    });
  };

  app.get('/sign-in', async (request, reply) => {
    const next = readNext(request.query);
    if ((await identity.findUser(request)) !== null) return reply.redirect(next);
    const { error } = request.query as { error?: unknown };
    const { notInvited, otherFailed } = wordsOf(reply).signIn;
    const fault = error === 'not_invited' ? notInvited : otherFailed;
    return sendSignIn(reply, next, {}, error === undefined ? {} : { '': fault });
  });

  app.post('/sign-in', async (request, reply) => {
    const next = readNext(request.query);
    const typed = readTyped(request.body);
    const { values, faults } = readForm(signInForm, typed, signInFaults(reply));
    if (faults !== null) return sendSignIn(withFaults(reply), next, typed, faults);
    const answer = await identity.ask(request, 'POST', '/sign-in/email', values);
    const fault = await faultOf(answer.clone(), wordsOf(reply).answers);
    if (fault !== null) return sendSignIn(withFaults(reply), next, typed, { '': fault });
    forwardCookies(answer, reply);
    const { twoFactorRedirect = false } = (await answer.json()) as { twoFactorRedirect?: boolean };
    return reply.redirect(twoFactorRedirect ? withNext('/sign-in/code', next) : next, 303);
  });

  app.post('/sign-in/letter', async (request, reply) => {
    const typed = readTyped(request.body);
    const { values, faults } = readForm(letterForm, typed, wordsOf(reply).faults);
    if (faults !== null) return sendSignIn(withFaults(reply), readNext(request.query), typed, faults);
    const { signIn, answers } = wordsOf(reply);
    const fault = await faultOf(await identity.ask(request, 'POST', '/sign-in/magic-link', values), answers);
    if (fault !== null) return sendSignIn(withFaults(reply), readNext(request.query), typed, { '': fault });
    return sendOwnPage(reply, {
      title: signIn.look,
      body: html`<section class="stack"><h1>${signIn.look}</h1>
<p class="lead">${fill(reply, signIn.onItsWay, { email: values.email })}</p></section>`,
    });
  });

  // A form, not the link itself: programs that look into letters open their links, and this one works once.
  app.get('/sign-in/link', (request, reply) => {
    const { token } = request.query as { token?: unknown };
    const { signIn } = wordsOf(reply);
    return sendOwnPage(reply, {
      title: signIn.title,
      body: html`<section class="stack"><h1>${signIn.title}</h1>
<form class="narrow" method="post" action="/sign-in/link"><input type="hidden" name="token" value="${String(token ?? '')}">
<button class="btn primary">${signIn.now}</button></form></section>`,
    });
  });

  app.post('/sign-in/link', async (request, reply) => {
    const token = encodeURIComponent(readTyped(request.body).token ?? '');
    const answer = await identity.ask(request, 'GET', `/magic-link/verify?token=${token}`);
    const code = answer.headers.get('location') === '/sign-in/code';
    if (!answer.ok && !code)
      return sendSignIn(withFaults(reply), '/studio', {}, { '': wordsOf(reply).signIn.usedLink });
    forwardCookies(answer, reply);
    return reply.redirect(code ? '/sign-in/code' : '/studio', 303);
  });

  // A link and not a form, since the policy of our pages lets no form lead to another site.
  app.get('/sign-in/oidc', async (request, reply) => {
    const next = readNext(request.query);
    const answer = await identity.ask(request, 'POST', '/sign-in/social', {
      provider: oidcProvider,
      callbackURL: `${publicUrl}${next}`,
      errorCallbackURL: `${publicUrl}/sign-in`,
    });
    const { url } = (await answer.json().catch(() => ({}))) as { url?: string };
    if (!answer.ok || url === undefined)
      return sendSignIn(withFaults(reply), next, {}, { '': wordsOf(reply).signIn.otherSilent });
    forwardCookies(answer, reply);
    return reply.redirect(url, 303);
  });

  app.post('/sign-out', async (request, reply) => {
    forwardCookies(await identity.ask(request, 'POST', '/sign-out', {}), reply);
    return reply.redirect('/sign-in', 303);
  });

  app.get('/verify-email', async (request, reply) => {
    const { token } = request.query as { token?: unknown };
    const path = `/verify-email?token=${encodeURIComponent(String(token ?? ''))}`;
    const verified = (await identity.ask(request, 'GET', path)).ok;
    const { signIn } = wordsOf(reply);
    return sendOwnPage(verified ? reply : withFaults(reply), {
      title: signIn.addressTitle,
      body: verified
        ? html`<section class="stack"><h1>${signIn.confirmed}</h1><p class="lead">${signIn.confirmedMeaning} <a href="/studio">${signIn.goOn}</a></p></section>`
        : html`<section class="stack"><h1>${signIn.brokenLink}</h1><p class="lead">${signIn.brokenMeaning}</p></section>`,
    });
  });
}

/** Here a password is one that is there already. */
function signInFaults(reply: FastifyReply): Faults {
  const { faults } = wordsOf(reply);
  return { ...faults, password: faults.signInPassword };
}

/** Where the script of passkeys says what went wrong, with the sentences for it. */
export const passkeyFault = (reply: FastifyReply) =>
  html`<p class="note failed text" id="passkey-fault" role="alert" hidden data-sentences="${JSON.stringify(wordsOf(reply).passkeyScript)}"></p>`;

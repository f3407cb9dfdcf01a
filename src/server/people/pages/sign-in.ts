import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { IssuingDeps } from '../../issuing.ts';
import { type Faults, field, formFault, readForm, readTyped, type Typed } from '../../page/form.ts';
import { html } from '../../page/html.ts';
import { sendPage } from '../../page/layout.ts';
import { emailAddress } from '../accounts.ts';
import { faultOf } from '../answer.ts';
import { forwardCookies } from '../auth-routes.ts';
import { oidcProvider } from '../identity.ts';
import { readNext, withFaults } from './routes.ts';

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

  const sendSignIn = (reply: FastifyReply, next: string, typed: Typed = {}, faults: Faults = {}) =>
    sendPage(reply, {
      title: 'Sign in',
      scripts: ['/sign-in.js'],
      body: html`<section class="stack gate"><h1>Sign in</h1>
<form class="narrow card pad" method="post" action="${withNext('/sign-in', next)}">
${formFault(faults)}
${field({ name: 'email', label: 'E-mail address', type: 'email', value: typed.email, fault: faults.email, autocomplete: 'username webauthn' })}
${field({ name: 'password', label: 'Password', type: 'password', fault: faults.password, autocomplete: 'current-password' })}
<button class="btn primary wide">Sign in</button>
<button class="btn wide" formaction="${withNext('/sign-in/letter', next)}" formnovalidate>Send me a link instead</button>
<p class="small"><a href="/forgot">Forgot your password?</a></p>
</form>
<div class="row" id="other-ways">
${identity.oidc === null ? '' : html`<a class="btn" href="${withNext('/sign-in/oidc', next)}">Sign in with ${identity.oidc.name}</a>`}
<button class="btn" id="passkey-sign-in" type="button" data-next="${next}" hidden>Sign in with a passkey</button>
</div>
<p class="note failed text" id="passkey-fault" role="alert" hidden></p>
${identity.openSignUp ? html`<p>New here? <a href="/sign-up">Make an account</a>.</p>` : html`<p class="muted small">Accounts are made by invitation.</p>`}
</section>`,
    });

  app.get('/sign-in', async (request, reply) => {
    const next = readNext(request.query);
    if ((await identity.findUser(request)) !== null) return reply.redirect(next);
    const { error } = request.query as { error?: unknown };
    const fault =
      error === 'not_invited'
        ? 'There is no account for you here. Ask for an invitation to the address that you signed in with.'
        : 'The other service did not sign you in. Try again, or sign in another way.';
    return sendSignIn(reply, next, {}, error === undefined ? {} : { '': fault });
  });

  app.post('/sign-in', async (request, reply) => {
    const next = readNext(request.query);
    const typed = readTyped(request.body);
    const { values, faults } = readForm(signInForm, typed);
    if (faults !== null) return sendSignIn(withFaults(reply), next, typed, faults);
    const answer = await identity.ask(request, 'POST', '/sign-in/email', values);
    const fault = await faultOf(answer.clone());
    if (fault !== null) return sendSignIn(withFaults(reply), next, typed, { '': fault });
    forwardCookies(answer, reply);
    const { twoFactorRedirect = false } = (await answer.json()) as { twoFactorRedirect?: boolean };
    return reply.redirect(twoFactorRedirect ? withNext('/sign-in/code', next) : next, 303);
  });

  app.post('/sign-in/letter', async (request, reply) => {
    const typed = readTyped(request.body);
    const { values, faults } = readForm(letterForm, typed);
    if (faults !== null) return sendSignIn(withFaults(reply), readNext(request.query), typed, faults);
    const fault = await faultOf(await identity.ask(request, 'POST', '/sign-in/magic-link', values));
    if (fault !== null) return sendSignIn(withFaults(reply), readNext(request.query), typed, { '': fault });
    return sendPage(reply, {
      title: 'Look into your mail',
      body: html`<section class="stack"><h1>Look into your mail</h1>
<p class="lead">If there is an account with the address ${values.email}, a link to sign in is on its way. It works once, for 15 minutes.</p></section>`,
    });
  });

  // A form, not the link itself: programs that look into letters open their links, and this one works once.
  app.get('/sign-in/link', (request, reply) => {
    const { token } = request.query as { token?: unknown };
    return sendPage(reply, {
      title: 'Sign in',
      body: html`<section class="stack"><h1>Sign in</h1>
<form class="narrow" method="post" action="/sign-in/link"><input type="hidden" name="token" value="${String(token ?? '')}">
<button class="btn primary">Sign in now</button></form></section>`,
    });
  });

  app.post('/sign-in/link', async (request, reply) => {
    const token = encodeURIComponent(readTyped(request.body).token ?? '');
    const answer = await identity.ask(request, 'GET', `/magic-link/verify?token=${token}`);
    const code = answer.headers.get('location') === '/sign-in/code';
    if (!answer.ok && !code)
      return sendSignIn(withFaults(reply), '/studio', {}, { '': 'This link was used already, or has expired.' });
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
      return sendSignIn(withFaults(reply), next, {}, { '': 'The other service does not answer now. Try again later.' });
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
    return sendPage(verified ? reply : withFaults(reply), {
      title: 'E-mail address',
      body: verified
        ? html`<section class="stack"><h1>Confirmed</h1><p class="lead">This address belongs to your account. <a href="/studio">Go on</a>.</p></section>`
        : html`<section class="stack"><h1>This link does not work</h1><p class="lead">It has expired, or is not complete.</p></section>`,
    });
  });
}

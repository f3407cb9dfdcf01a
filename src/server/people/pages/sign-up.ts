import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { IssuingDeps } from '../../issuing.ts';
import { type Faults, field, formFault, readForm, readTyped, type Typed } from '../../page/form.ts';
import { html } from '../../page/html.ts';
import { sendPage } from '../../page/layout.ts';
import { ApiError } from '../../problem.ts';
import { emailAddress, insertUser, newPassword, personName } from '../accounts.ts';
import { forwardCookies } from '../auth-routes.ts';
import { withFaults } from './routes.ts';

const form = z.object({ name: personName, email: emailAddress, password: newPassword });

/** An account for anybody, where the settings allow it. */
export function signUpPages(app: FastifyInstance, { db, identity, now }: IssuingDeps): void {
  const sendSignUp = (reply: FastifyReply, typed: Typed = {}, faults: Faults = {}) =>
    sendPage(reply, {
      title: 'Make an account',
      body: html`<section class="stack gate"><h1>Make an account</h1>
<form class="narrow card pad" method="post" action="/sign-up">
${formFault(faults)}
${accountFields(typed, faults)}
<button class="btn primary wide">Make the account</button>
</form>
<p>You have one? <a href="/sign-in">Sign in</a>.</p></section>`,
    });

  app.get('/sign-up', (_, reply) => {
    if (identity.openSignUp) return sendSignUp(reply);
    return sendPage(reply, {
      title: 'By invitation',
      body: html`<section class="stack"><h1>By invitation</h1>
<p class="lead">Accounts are made by invitation here. Open the link in the letter that you got, or ask an owner or admin of your issuer for one.</p>
<p>You have an account? <a href="/sign-in">Sign in</a>.</p></section>`,
    });
  });

  // Each costs a hash of a password.
  const limit = { rateLimit: { max: 10, timeWindow: '1 minute' } };
  app.post('/sign-up', { config: limit }, async (request, reply) => {
    if (!identity.openSignUp) throw new ApiError('not-allowed', 'Accounts are made by invitation here.');
    const typed = readTyped(request.body);
    const { values, faults } = readForm(form, typed);
    if (faults !== null) return sendSignUp(withFaults(reply), typed, faults);
    const { name, email, password } = values;
    const passwordHash = await identity.hashPassword(password);
    const taken = await db
      .transaction()
      .execute((trx) => insertUser(trx, { name, email, passwordHash, emailVerified: false }, now()))
      .then(() => false)
      .catch((error: unknown) => {
        if (error instanceof ApiError && error.code === 'conflict') return true;
        throw error;
      });
    if (taken)
      return sendSignUp(withFaults(reply), typed, { email: 'There is an account with this address. Sign in with it.' });
    await identity.ask(request, 'POST', '/send-verification-email', { email });
    forwardCookies(await identity.ask(request, 'POST', '/sign-in/email', { email, password }), reply);
    return reply.redirect('/studio', 303);
  });
}

/** Name, address and password of a new account. */
export function accountFields(typed: Typed, faults: Faults) {
  return html`${field({ name: 'name', label: 'Your name', value: typed.name, fault: faults.name, autocomplete: 'name' })}
${field({ name: 'email', label: 'E-mail address', type: 'email', value: typed.email, fault: faults.email, autocomplete: 'username' })}
${passwordField(faults)}`;
}

/** A password to choose. */
export function passwordField(faults: Faults, name = 'password', label = 'Password') {
  const help = 'At least 12 characters. A few words are easy to keep in mind.';
  return field({ name, label, type: 'password', help, fault: faults[name], autocomplete: 'new-password' });
}

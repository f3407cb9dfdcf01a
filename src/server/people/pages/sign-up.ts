import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { IssuingDeps } from '../../issuing.ts';
import { type Faults, field, formFault, readForm, readTyped, type Typed } from '../../page/form.ts';
import { html } from '../../page/html.ts';
import { ApiError } from '../../problem.ts';
import { emailAddress, insertUser, newPassword, personName } from '../accounts.ts';
import { forwardCookies } from '../auth-routes.ts';
import { withFaults } from './routes.ts';
import { sendOwnPage, wordsOf } from './speech.ts';

const form = z.object({ name: personName, email: emailAddress, password: newPassword });

/** An account for anybody, where the settings allow it. */
export function signUpPages(app: FastifyInstance, { db, identity, now }: IssuingDeps): void {
  const sendSignUp = (reply: FastifyReply, typed: Typed = {}, faults: Faults = {}) => {
    const { signUp, signIn } = wordsOf(reply);
    return sendOwnPage(reply, {
      title: signUp.title,
      body: html`<section class="stack gate"><h1>${signUp.title}</h1>
<form class="narrow card pad" method="post" action="/sign-up">
${formFault(faults)}
${accountFields(reply, typed, faults)}
<button class="btn primary wide">${signUp.act}</button>
</form>
<p>${signUp.haveOne} <a href="/sign-in">${signIn.title}</a></p></section>`,
    });
  };

  app.get('/sign-up', (_, reply) => {
    if (identity.openSignUp) return sendSignUp(reply);
    const { signUp, signIn } = wordsOf(reply);
    return sendOwnPage(reply, {
      title: signUp.invitedOnly,
      body: html`<section class="stack"><h1>${signUp.invitedOnly}</h1>
<p class="lead">${signUp.invitedMeaning}</p>
<p>${signUp.haveAccount} <a href="/sign-in">${signIn.title}</a></p></section>`,
    });
  });

  // Each costs a hash of a password.
  const limit = { rateLimit: { max: 10, timeWindow: '1 minute' } };
  app.post('/sign-up', { config: limit }, async (request, reply) => {
    if (!identity.openSignUp) throw new ApiError('not-allowed', 'Accounts are made by invitation here.');
    const typed = readTyped(request.body);
    const { values, faults } = readForm(form, typed, wordsOf(reply).faults);
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
    if (taken) return sendSignUp(withFaults(reply), typed, { email: wordsOf(reply).faults.taken });
    await identity.ask(request, 'POST', '/send-verification-email', { email });
    forwardCookies(await identity.ask(request, 'POST', '/sign-in/email', { email, password }), reply);
    return reply.redirect('/studio', 303);
  });
}

/** Name, address and password of a new account. */
export function accountFields(reply: FastifyReply, typed: Typed, faults: Faults) {
  const { fields } = wordsOf(reply);
  return html`${field({ name: 'name', label: fields.name, value: typed.name, fault: faults.name, autocomplete: 'name' })}
${field({ name: 'email', label: fields.email, type: 'email', value: typed.email, fault: faults.email, autocomplete: 'username' })}
${passwordField(reply, faults)}`;
}

/** A password to choose. */
export function passwordField(
  reply: FastifyReply,
  faults: Faults,
  name: 'password' | 'newPassword' = 'password',
  label = wordsOf(reply).fields[name],
) {
  const help = wordsOf(reply).passwordHelp;
  return field({ name, label, type: 'password', help, fault: faults[name], autocomplete: 'new-password' });
}

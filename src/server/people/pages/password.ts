import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { IssuingDeps } from '../../issuing.ts';
import { type Faults, field, formFault, readForm, readTyped, type Typed } from '../../page/form.ts';
import { html } from '../../page/html.ts';
import { sendPage } from '../../page/layout.ts';
import { emailAddress, newPassword } from '../accounts.ts';
import { faultOf } from '../answer.ts';
import { withFaults } from './routes.ts';
import { passwordField } from './sign-up.ts';

const forgotForm = z.object({ email: emailAddress });
const resetForm = z.object({ token: z.string().min(1).max(200), password: newPassword });

/** A new password by a letter. */
export function passwordPages(app: FastifyInstance, { identity }: IssuingDeps): void {
  const sendForgot = (reply: FastifyReply, typed: Typed = {}, faults: Faults = {}) =>
    sendPage(reply, {
      title: 'Forgot your password?',
      body: html`<section class="stack gate"><h1>Forgot your password?</h1>
<p class="lead">You get a letter with a link to choose a new one.</p>
<form class="narrow card pad" method="post" action="/forgot">
${formFault(faults)}
${field({ name: 'email', label: 'E-mail address', type: 'email', value: typed.email, fault: faults.email, autocomplete: 'username' })}
<button class="btn primary wide">Send the letter</button>
</form></section>`,
    });

  app.get('/forgot', (_, reply) => sendForgot(reply));

  app.post('/forgot', async (request, reply) => {
    const typed = readTyped(request.body);
    const { values, faults } = readForm(forgotForm, typed);
    if (faults !== null) return sendForgot(withFaults(reply), typed, faults);
    const fault = await faultOf(await identity.ask(request, 'POST', '/request-password-reset', values));
    if (fault !== null) return sendForgot(withFaults(reply), typed, { '': fault });
    return sendPage(reply, {
      title: 'Look into your mail',
      body: html`<section class="stack"><h1>Look into your mail</h1>
<p class="lead">If there is an account with the address ${values.email}, a link to choose a new password is on its way. It works once, for an hour.</p></section>`,
    });
  });

  const sendReset = (reply: FastifyReply, token: string, faults: Faults = {}) =>
    sendPage(reply, {
      title: 'Choose a new password',
      body: html`<section class="stack gate"><h1>Choose a new password</h1>
<form class="narrow card pad" method="post" action="/reset">
${formFault(faults)}
<input type="hidden" name="token" value="${token}">
${passwordField(faults, 'password', 'New password')}
<button class="btn primary wide">Keep this password</button>
</form>
<p class="muted small">You are signed out everywhere else then.</p></section>`,
    });

  app.get('/reset', (request, reply) => {
    const { token } = request.query as { token?: unknown };
    return sendReset(reply, String(token ?? ''));
  });

  app.post('/reset', async (request, reply) => {
    const typed = readTyped(request.body);
    const { values, faults } = readForm(resetForm, typed);
    if (faults !== null) return sendReset(withFaults(reply), typed.token ?? '', faults);
    const { token, password } = values;
    const answer = await identity.ask(request, 'POST', '/reset-password', { token, newPassword: password });
    const fault = await faultOf(answer);
    if (fault !== null) return sendReset(withFaults(reply), token, { '': fault });
    return sendPage(reply, {
      title: 'New password',
      body: html`<section class="stack"><h1>Your password is changed</h1><p class="lead"><a href="/sign-in">Sign in with it</a>.</p></section>`,
    });
  });
}

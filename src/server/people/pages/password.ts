import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { IssuingDeps } from '../../issuing.ts';
import { type Faults, field, formFault, readForm, readTyped, type Typed } from '../../page/form.ts';
import { html } from '../../page/html.ts';
import { emailAddress, newPassword } from '../accounts.ts';
import { faultOf } from '../answer.ts';
import { withFaults } from './routes.ts';
import { passwordField } from './sign-up.ts';
import { fill, sendOwnPage, wordsOf } from './speech.ts';

const forgotForm = z.object({ email: emailAddress });
const resetForm = z.object({ token: z.string().min(1).max(200), password: newPassword });

/** A new password by a letter. */
export function passwordPages(app: FastifyInstance, { identity }: IssuingDeps): void {
  const sendForgot = (reply: FastifyReply, typed: Typed = {}, faults: Faults = {}) => {
    const { password, signIn, fields } = wordsOf(reply);
    return sendOwnPage(reply, {
      title: signIn.forgot,
      body: html`<section class="stack gate"><h1>${signIn.forgot}</h1>
<p class="lead">${password.lead}</p>
<form class="narrow card pad" method="post" action="/forgot">
${formFault(faults)}
${field({ name: 'email', label: fields.email, type: 'email', value: typed.email, fault: faults.email, autocomplete: 'username' })}
<button class="btn primary wide">${password.send}</button>
</form></section>`,
    });
  };

  app.get('/forgot', (_, reply) => sendForgot(reply));

  app.post('/forgot', async (request, reply) => {
    const typed = readTyped(request.body);
    const { values, faults } = readForm(forgotForm, typed, wordsOf(reply).faults);
    if (faults !== null) return sendForgot(withFaults(reply), typed, faults);
    const { password, signIn, answers } = wordsOf(reply);
    const fault = await faultOf(await identity.ask(request, 'POST', '/request-password-reset', values), answers);
    if (fault !== null) return sendForgot(withFaults(reply), typed, { '': fault });
    return sendOwnPage(reply, {
      title: signIn.look,
      body: html`<section class="stack"><h1>${signIn.look}</h1>
<p class="lead">${fill(reply, password.onItsWay, { email: values.email })}</p></section>`,
    });
  });

  const sendReset = (reply: FastifyReply, token: string, faults: Faults = {}) => {
    const { password, fields } = wordsOf(reply);
    return sendOwnPage(reply, {
      title: password.choose,
      body: html`<section class="stack gate"><h1>${password.choose}</h1>
<form class="narrow card pad" method="post" action="/reset">
${formFault(faults)}
<input type="hidden" name="token" value="${token}">
${passwordField(reply, faults, 'password', fields.newPassword)}
<button class="btn primary wide">${password.keep}</button>
</form>
<p class="muted small">${password.elsewhere}</p></section>`,
    });
  };

  app.get('/reset', (request, reply) => {
    const { token } = request.query as { token?: unknown };
    return sendReset(reply, String(token ?? ''));
  });

  app.post('/reset', async (request, reply) => {
    const typed = readTyped(request.body);
    const { values, faults } = readForm(resetForm, typed, wordsOf(reply).faults);
    if (faults !== null) return sendReset(withFaults(reply), typed.token ?? '', faults);
    const { token, password } = values;
    const answer = await identity.ask(request, 'POST', '/reset-password', { token, newPassword: password });
    const fault = await faultOf(answer, wordsOf(reply).answers);
    if (fault !== null) return sendReset(withFaults(reply), token, { '': fault });
    const said = wordsOf(reply).password;
    return sendOwnPage(reply, {
      title: said.changed,
      body: html`<section class="stack"><h1>${said.changed}</h1><p class="lead"><a href="/sign-in">${said.signIn}</a></p></section>`,
    });
  });
}

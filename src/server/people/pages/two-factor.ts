import type { FastifyInstance, FastifyReply } from 'fastify';
import type { IssuingDeps } from '../../issuing.ts';
import { type Faults, field, readTyped } from '../../page/form.ts';
import { html } from '../../page/html.ts';
import { faultOf } from '../answer.ts';
import { forwardCookies } from '../auth-routes.ts';
import { readNext, withFaults } from './routes.ts';
import { sendOwnPage, wordsOf } from './speech.ts';

/** The second factor, after the first. */
export function twoFactorPages(app: FastifyInstance, { identity }: IssuingDeps): void {
  const sendCode = (reply: FastifyReply, next: string, faults: Faults = {}) => {
    const { code, signIn, fields } = wordsOf(reply);
    return sendOwnPage(reply, {
      title: code.title,
      body: html`<section class="stack gate"><h1>${code.title}</h1>
<form class="narrow card pad" method="post" action="/sign-in/code?next=${encodeURIComponent(next)}">
${codeField(fields.code, faults, code.help)}
<button class="btn primary wide">${signIn.act}</button>
</form>
<p><a href="/sign-in">${code.again}</a></p></section>`,
    });
  };

  app.get('/sign-in/code', (request, reply) => sendCode(reply, readNext(request.query)));

  app.post('/sign-in/code', async (request, reply) => {
    const next = readNext(request.query);
    const code = readCode(request.body);
    const which = /^\d{6}$/.test(code) ? 'totp' : 'backup-code';
    const answer = await identity.ask(request, 'POST', `/two-factor/verify-${which}`, { code });
    forwardCookies(answer, reply);
    const fault = await faultOf(answer, wordsOf(reply).answers);
    return fault === null ? reply.redirect(next, 303) : sendCode(withFaults(reply), next, { code: fault });
  });
}

/** A code as people type it: apps show it in two groups. */
export const readCode = (body: unknown) => (readTyped(body).code ?? '').replace(/\s+/g, '').slice(0, 100);

/** A field for a code. */
export function codeField(label: string, faults: Faults, help: string) {
  return field({ name: 'code', label, help, fault: faults.code, autocomplete: 'one-time-code' });
}

import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { makeFirstOwner } from '../../first-run/make-first-issuer.ts';
import { opensFirstRun } from '../../first-run/token.ts';
import type { IssuingDeps } from '../../issuing.ts';
import { type Faults, field, formFault, readForm, readTyped, type Typed } from '../../page/form.ts';
import { html } from '../../page/html.ts';
import { ApiError } from '../../problem.ts';
import { slug } from '../../typed.ts';
import { emailAddress, newPassword, personName } from '../accounts.ts';
import { forwardCookies } from '../auth-routes.ts';
import { withFaults } from './routes.ts';
import { accountFields } from './sign-up.ts';
import { fill, sendOwnPage, wordsOf } from './speech.ts';

const form = z.object({
  name: personName,
  email: emailAddress,
  password: newPassword,
  issuer: z.string().trim().min(1, { error: 'Write the name of your organization.' }).max(200),
  slug: z.string().refine((text) => slug.safeParse(text).success, {
    error: 'Write lower-case letters and digits, with hyphens between them: at most 63 characters.',
  }),
});

/** The link that is printed at the first start: makes the first issuer and its owner, once. */
export function firstRunPages(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, identity, masterKey, publicUrl } = deps;

  const sendForm = (reply: FastifyReply, token: string, typed: Typed = {}, faults: Faults = {}) => {
    const { setUp, fields } = wordsOf(reply);
    return sendOwnPage(reply, {
      title: setUp.title,
      body: html`<section class="stack gate"><h1>${setUp.heading}</h1>
<p class="lead">${setUp.lead}</p>
<form class="narrow card pad" method="post" action="/setup">
${formFault(faults)}
<input type="hidden" name="token" value="${token}">
${accountFields(reply, typed, faults)}
${field({ name: 'issuer', label: fields.issuer, value: typed.issuer, fault: faults.issuer, autocomplete: 'organization' })}
${field({
  name: 'slug',
  label: fields.slug,
  value: typed.slug,
  fault: faults.slug,
  help: fill(reply, setUp.slugHelp, { address: `${publicUrl}/issuers/…` }),
  autocomplete: 'off',
})}
<button class="btn primary wide">${setUp.act}</button>
</form></section>`,
    });
  };

  app.get('/setup', async (request, reply) => {
    const { token } = request.query as { token?: unknown };
    if (typeof token !== 'string' || !(await opensFirstRun(db, masterKey, token)))
      throw new ApiError('not-allowed', 'This link was used already, or is not the one that was printed at the start.');
    return sendForm(reply, token);
  });

  app.post('/setup', async (request, reply) => {
    const typed = readTyped(request.body);
    const token = typed.token ?? '';
    if (!(await opensFirstRun(db, masterKey, token)))
      throw new ApiError('not-allowed', 'This link was used already, or is not the one that was printed at the start.');
    const { values, faults } = readForm(form, typed, wordsOf(reply).faults);
    if (faults !== null) return sendForm(withFaults(reply), token, typed, faults);
    const { issuer, slug, ...person } = values;
    await makeFirstOwner(deps, token, { slug, profile: { name: issuer } }, person);
    const { email, password } = person;
    forwardCookies(await identity.ask(request, 'POST', '/sign-in/email', { email, password }), reply);
    return reply.redirect('/studio', 303);
  });
}

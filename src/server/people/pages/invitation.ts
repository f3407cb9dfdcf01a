import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { IssuingDeps } from '../../issuing.ts';
import { type Faults, field, readForm, readTyped, type Typed } from '../../page/form.ts';
import { html } from '../../page/html.ts';
import { ApiError } from '../../problem.ts';
import { insertUser, newPassword, personName } from '../accounts.ts';
import { forwardCookies } from '../auth-routes.ts';
import { acceptInvitation, findInvitation, type OpenInvitation } from '../invitations.ts';
import { withFaults } from './routes.ts';
import { passwordField } from './sign-up.ts';
import { fill, sendOwnPage, wordsOf } from './speech.ts';

const form = z.object({ name: personName, password: newPassword });

/** The link of an invitation: join with the account that is there, or make one. */
export function invitationPages(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, identity, masterKey, now } = deps;

  const find = async (token: string) => {
    const invitation = await findInvitation(db, masterKey, token, now());
    if (invitation === undefined)
      throw new ApiError('not-found', 'This invitation was used, withdrawn, or has expired. Ask for a new one.');
    const email = invitation.email.toLowerCase();
    const account = await db.selectFrom('user').select('id').where('email', '=', email).executeTakeFirst();
    return { invitation, hasAccount: account !== undefined };
  };

  const sendInvitation = (
    reply: FastifyReply,
    { issuer, role, email }: OpenInvitation,
    what: ReturnType<typeof html>,
  ) => {
    const { invitation, roles } = wordsOf(reply);
    const title = fill(reply, invitation.title, { issuer });
    return sendOwnPage(reply, {
      title,
      body: html`<section class="stack gate"><h1>${title}</h1>
<p class="lead">${fill(reply, invitation.lead, { role: roles[role], email })}</p>${what}</section>`,
    });
  };

  const newAccount = (
    reply: FastifyReply,
    token: string,
    { email }: OpenInvitation,
    typed: Typed = {},
    faults: Faults = {},
  ) => {
    const { invitation, fields } = wordsOf(reply);
    return html`<form class="narrow card pad" method="post" action="/invitations/${token}">
${field({ name: 'name', label: fields.name, value: typed.name, fault: faults.name, autocomplete: 'name' })}
<input type="hidden" name="username" value="${email}" autocomplete="username">
${passwordField(reply, faults)}
<button class="btn primary wide">${invitation.make}</button>
</form>
${identity.oidc === null ? '' : html`<p><a class="btn" href="/sign-in/oidc?next=${encodeURIComponent(`/invitations/${token}`)}">${fill(reply, invitation.useInstead, { service: identity.oidc.name })}</a></p>`}`;
  };

  app.get<{ Params: { token: string } }>('/invitations/:token', async (request, reply) => {
    const { token } = request.params;
    const { invitation, hasAccount } = await find(token);
    const user = await identity.findUser(request);
    const { invitation: said, account } = wordsOf(reply);
    if (user !== null && user.email === invitation.email.toLowerCase())
      return sendInvitation(
        reply,
        invitation,
        html`<form method="post" action="/invitations/${token}"><button class="btn primary">${said.accept}</button></form>`,
      );
    if (user !== null)
      return sendInvitation(
        reply,
        invitation,
        html`<p>${fill(reply, said.otherAddress, { email: user.email })}</p>
<form method="post" action="/sign-out"><button class="btn">${account.signOut}</button></form>`,
      );
    return sendInvitation(
      reply,
      invitation,
      hasAccount
        ? html`<p><a class="btn primary" href="/sign-in?next=${encodeURIComponent(`/invitations/${token}`)}">${said.signInFirst}</a></p>`
        : newAccount(reply, token, invitation),
    );
  });

  app.post<{ Params: { token: string } }>('/invitations/:token', async (request, reply) => {
    const { token } = request.params;
    const user = await identity.findUser(request);
    if (user !== null) {
      await db.transaction().execute((trx) => acceptInvitation(trx, { token, user }, masterKey, now()));
      return reply.redirect('/studio', 303);
    }
    const { invitation } = await find(token);
    const typed = readTyped(request.body);
    const { values, faults } = readForm(form, typed, wordsOf(reply).faults);
    if (faults !== null)
      return sendInvitation(withFaults(reply), invitation, newAccount(reply, token, invitation, typed, faults));
    const { email } = invitation;
    const { name, password } = values;
    const passwordHash = await identity.hashPassword(password);
    await db.transaction().execute(async (trx) => {
      const id = await insertUser(trx, { name, email, passwordHash, emailVerified: true }, now());
      await acceptInvitation(trx, { token, user: { id, email } }, masterKey, now());
    });
    forwardCookies(await identity.ask(request, 'POST', '/sign-in/email', { email, password }), reply);
    return reply.redirect('/studio', 303);
  });
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { toString as qrCode } from 'qrcode';
import { z } from 'zod';
import { formatDate } from '../../../core/catalogue/language.ts';
import type { IssuingDeps } from '../../issuing.ts';
import { type Faults, field, formFault, readForm, readTyped, type Typed } from '../../page/form.ts';
import { type Html, html } from '../../page/html.ts';
import {
  endOtherSessions,
  endSession,
  findSignInWays,
  newPassword,
  personName,
  removePasskey,
  renameUser,
} from '../accounts.ts';
import { faultOf } from '../answer.ts';
import { forwardCookies } from '../auth-routes.ts';
import type { SignedInUser } from '../identity.ts';
import { pageUser, withFaults } from './routes.ts';
import { passkeyFault } from './sign-in.ts';
import { passwordField } from './sign-up.ts';
import { fill, sendOwnPage, speechOf, wordsOf } from './speech.ts';
import { codeField, readCode } from './two-factor.ts';

const passwordForm = z.object({
  currentPassword: z.string().min(1, { error: 'Write the password that you have now.' }).max(1000),
  newPassword,
});
type Id = { Params: { id: string } };

/** One's own account: name, password, second factor, passkeys, sessions. */
export function accountPages(app: FastifyInstance, deps: IssuingDeps): void {
  const { db, identity, now } = deps;

  const sendAccount = async (reply: FastifyReply, user: SignedInUser, typed: Typed = {}, faults: Faults = {}) => {
    const ways = await findSignInWays(db, user.id, now());
    const { account, fields } = wordsOf(reply);
    const since = (date: Date | null) =>
      date === null ? '' : fill(reply, account.since, { date: formatDate(day(date), speechOf(reply).words.language) });
    return sendOwnPage(reply, {
      title: account.title,
      scripts: ['/sign-in.js'],
      body: html`<h1>${account.title}</h1>
<p class="lead">${user.email}</p>
${formFault(faults)}
${section(
  account.name,
  html`<form class="narrow" method="post" action="/account/name">
${field({ name: 'name', label: fields.name, value: typed.name ?? user.name, fault: faults.name, autocomplete: 'name' })}
<button class="btn">${account.keep}</button></form>`,
)}
${section(account.password, ways.password ? passwordChange(reply, faults) : html`<p>${account.noPassword} <a href="/forgot">${account.chooseOne}</a></p>`)}
${section(account.twoFactor, user.twoFactor ? twoFactorOn(reply, ways.password, faults) : twoFactorOff(reply, ways.password, faults))}
${section(
  account.passkeys,
  html`<p>${account.passkeysMeaning}</p>
${list(ways.passkeys, ({ id, name, createdAt }) => html`<span>${name ?? account.passkey} <span class="muted small">${since(createdAt)}</span></span>${post(`/account/passkeys/${id}/remove`, account.remove, name ?? account.passkey)}`)}
${passkeyFault(reply)}
<button class="btn" id="passkey-add" type="button" hidden>${account.addPasskey}</button>
<noscript><p class="muted small">${account.needsScript}</p></noscript>`,
)}
${section(
  account.sessions,
  html`${list(
    ways.sessions,
    ({
      id,
      userAgent,
      ipAddress,
      createdAt,
    }) => html`<span>${browserOf(userAgent) ?? account.aProgram} <span class="muted small">${ipAddress ?? ''} ${since(createdAt)}</span></span>
${id === user.sessionId ? html`<span class="tag">${account.thisOne}</span>` : post(`/account/sessions/${id}/end`, account.signOut, browserOf(userAgent) ?? account.aProgram)}`,
  )}
<div class="row"><form method="post" action="/account/sessions/end-others"><button class="btn">${account.signOutElsewhere}</button></form>
<form method="post" action="/sign-out"><button class="btn">${account.signOutHere}</button></form></div>`,
)}
<p><a href="/studio">${account.toStudio}</a></p>`,
    });
  };

  /** Ask better-auth, then show the account again; what is wrong stands at the field. */
  const change = async (request: FastifyRequest, reply: FastifyReply, at: string, path: string, body: object) => {
    const user = await pageUser(deps, request);
    const answer = await identity.ask(request, 'POST', path, body);
    const fault = await faultOf(answer, wordsOf(reply).answers);
    if (fault !== null) return await sendAccount(withFaults(reply), user, readTyped(request.body), { [at]: fault });
    forwardCookies(answer, reply);
    return reply.redirect('/account', 303);
  };

  app.get('/account', async (request, reply) => sendAccount(reply, await pageUser(deps, request)));

  app.post('/account/name', async (request, reply) => {
    const typed = readTyped(request.body);
    const { values, faults } = readForm(z.object({ name: personName }), typed, wordsOf(reply).faults);
    const user = await pageUser(deps, request);
    if (faults !== null) return await sendAccount(withFaults(reply), user, typed, faults);
    await db.transaction().execute((trx) => renameUser(trx, user.id, values.name, now()));
    return reply.redirect('/account', 303);
  });

  app.post('/account/password', async (request, reply) => {
    const { values, faults } = readForm(passwordForm, readTyped(request.body), wordsOf(reply).faults);
    if (faults !== null) return await sendAccount(withFaults(reply), await pageUser(deps, request), {}, faults);
    const body = { ...values, revokeOtherSessions: true };
    return await change(request, reply, 'currentPassword', '/change-password', body);
  });

  app.post('/account/two-factor', async (request, reply) => {
    const user = await pageUser(deps, request);
    const answer = await identity.ask(request, 'POST', '/two-factor/enable', confirmedBy(request));
    const fault = await faultOf(answer.clone(), wordsOf(reply).answers);
    if (fault !== null) return await sendAccount(withFaults(reply), user, {}, { confirm: fault });
    const { totpURI, backupCodes } = (await answer.json()) as { totpURI: string; backupCodes: string[] };
    const picture = Buffer.from(await qrCode(totpURI, { type: 'svg', margin: 2 })).toString('base64');
    const { account } = wordsOf(reply);
    return sendOwnPage(reply, {
      title: account.twoFactor,
      body: html`<section class="stack"><h1>${account.twoFactor}</h1>
<ol>${account.steps.map((step) => html`<li>${step}</li>`)}</ol>
<img class="qr" alt="${account.qr}" src="data:image/svg+xml;base64,${picture}">
<p class="small">${account.orType} <code id="totp-key">${new URL(totpURI).searchParams.get('secret') ?? ''}</code></p>
${codes(reply, backupCodes)}
${confirmForm(reply, {})}</section>`,
    });
  });

  app.post('/account/two-factor/confirm', async (request, reply) => {
    await pageUser(deps, request);
    const answer = await identity.ask(request, 'POST', '/two-factor/verify-totp', { code: readCode(request.body) });
    const fault = await faultOf(answer, wordsOf(reply).answers);
    if (fault !== null) {
      const { account, code } = wordsOf(reply);
      return sendOwnPage(withFaults(reply), {
        title: account.twoFactor,
        body: html`<section class="stack"><h1>${account.twoFactor}</h1>${confirmForm(reply, { code: fault })}
<p><a href="/account">${code.again}</a></p></section>`,
      });
    }
    forwardCookies(answer, reply);
    return reply.redirect('/account', 303);
  });

  app.post('/account/two-factor/off', (request, reply) =>
    change(request, reply, 'confirm', '/two-factor/disable', confirmedBy(request)),
  );

  app.post('/account/two-factor/codes', async (request, reply) => {
    const user = await pageUser(deps, request);
    const answer = await identity.ask(request, 'POST', '/two-factor/generate-backup-codes', confirmedBy(request));
    const fault = await faultOf(answer.clone(), wordsOf(reply).answers);
    if (fault !== null) return await sendAccount(withFaults(reply), user, {}, { confirm: fault });
    const { backupCodes } = (await answer.json()) as { backupCodes: string[] };
    const { account } = wordsOf(reply);
    return sendOwnPage(reply, {
      title: account.newCodes,
      body: html`<section class="stack"><h1>${account.newCodes}</h1><p class="lead">${account.newCodesMeaning}</p>${codes(reply, backupCodes)}
<p><a href="/account">${account.toAccount}</a></p></section>`,
    });
  });

  app.post<Id>('/account/passkeys/:id/remove', async (request, reply) => {
    const user = await pageUser(deps, request);
    await db.transaction().execute((trx) => removePasskey(trx, user.id, request.params.id, now()));
    return reply.redirect('/account', 303);
  });

  app.post<Id>('/account/sessions/:id/end', async (request, reply) => {
    const user = await pageUser(deps, request);
    await endSession(db, user.id, request.params.id);
    return reply.redirect('/account', 303);
  });

  app.post('/account/sessions/end-others', async (request, reply) => {
    const user = await pageUser(deps, request);
    await endOtherSessions(db, user.id, user.sessionId);
    return reply.redirect('/account', 303);
  });
}

const section = (title: string, content: Html) =>
  html`<section class="sec stack"><h2>${title}</h2>${content}</section>`;
const day = (date: Date) => date.toISOString().slice(0, 10);
const post = (path: string, label: string, about: string) =>
  html`<form method="post" action="${path}"><button class="btn plain">${label}<span class="vh"> ${about}</span></button></form>`;
const list = <Item>(items: readonly Item[], show: (item: Item) => Html) =>
  items.length === 0
    ? html``
    : html`<ul class="plain-list">${items.map((item) => html`<li class="split">${show(item)}</li>`)}</ul>`;
const codes = (reply: FastifyReply, all: readonly string[]) =>
  html`<h2>${wordsOf(reply).account.backupCodes}</h2><ul class="codes">${all.map((code) => html`<li><code>${code}</code></li>`)}</ul>`;

/** Where the account has a password, it confirms what weakens or shows the second factor. */
function confirmedBy(request: FastifyRequest): { password?: string } {
  const { confirm } = readTyped(request.body);
  return confirm === undefined ? {} : { password: confirm };
}

const confirmField = (reply: FastifyReply, hasPassword: boolean, faults: Faults) =>
  hasPassword
    ? field({
        name: 'confirm',
        label: wordsOf(reply).fields.confirm,
        type: 'password',
        fault: faults.confirm,
        autocomplete: 'current-password',
      })
    : formFault(faults.confirm === undefined ? {} : { '': faults.confirm });

const passwordChange = (
  reply: FastifyReply,
  faults: Faults,
) => html`<form class="narrow" method="post" action="/account/password">
${field({ name: 'currentPassword', label: wordsOf(reply).fields.currentPassword, type: 'password', fault: faults.currentPassword, autocomplete: 'current-password' })}
${passwordField(reply, faults, 'newPassword')}
<button class="btn">${wordsOf(reply).account.changePassword}</button></form>`;

const twoFactorOff = (reply: FastifyReply, hasPassword: boolean, faults: Faults) =>
  html`<p>${wordsOf(reply).account.off}</p>
<form class="narrow" method="post" action="/account/two-factor">${confirmField(reply, hasPassword, faults)}
<button class="btn">${wordsOf(reply).account.setUp}</button></form>`;

const twoFactorOn = (reply: FastifyReply, hasPassword: boolean, faults: Faults) =>
  html`<p>${wordsOf(reply).account.on}</p>
<form class="narrow" method="post" action="/account/two-factor/codes">${confirmField(reply, hasPassword, faults)}
<div class="row"><button class="btn">${wordsOf(reply).account.newCodes}</button>
<button class="btn danger" formaction="/account/two-factor/off">${wordsOf(reply).account.turnOff}</button></div></form>`;

const confirmForm = (
  reply: FastifyReply,
  faults: Faults,
) => html`<form class="narrow" method="post" action="/account/two-factor/confirm">
${codeField(wordsOf(reply).fields.code, faults, wordsOf(reply).account.codeHelp)}
<button class="btn primary">${wordsOf(reply).account.turnOn}</button></form>`;

/** A browser by its short name, and its system; user agents name all of them. Null for what is none that we know. */
function browserOf(userAgent: string | null): string | null {
  const agent = userAgent ?? '';
  const browser = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'].find((name) => agent.includes(name));
  const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux'].find((name) => agent.includes(name));
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera' };
  const known = [names[browser ?? ''] ?? browser, system].filter((part) => part !== undefined);
  return known.length === 0 ? null : known.join(', ');
}

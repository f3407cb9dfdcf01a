import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { toString as qrCode } from 'qrcode';
import { z } from 'zod';
import type { IssuingDeps } from '../../issuing.ts';
import { type Faults, field, formFault, readForm, readTyped, type Typed } from '../../page/form.ts';
import { type Html, html } from '../../page/html.ts';
import { sendPage } from '../../page/layout.ts';
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
import { passwordField } from './sign-up.ts';
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
    return sendPage(reply, {
      title: 'Your account',
      scripts: ['/sign-in.js'],
      body: html`<h1>Your account</h1>
<p class="lead">${user.email}</p>
${formFault(faults)}
${section(
  'Name',
  html`<form class="narrow" method="post" action="/account/name">
${field({ name: 'name', label: 'Your name', value: typed.name ?? user.name, fault: faults.name, autocomplete: 'name' })}
<button class="btn">Keep</button></form>`,
)}
${section('Password', ways.password ? passwordChange(faults) : html`<p>Your account has no password. <a href="/forgot">Choose one by a letter</a>.</p>`)}
${section('Two-factor sign-in', user.twoFactor ? twoFactorOn(ways.password, faults) : twoFactorOff(ways.password, faults))}
${section(
  'Passkeys',
  html`<p>Sign in with your fingerprint, face or PIN instead of a password and a code.</p>
${list(ways.passkeys, ({ id, name, createdAt }) => html`<span>${name ?? 'Passkey'} <span class="muted small">since ${day(createdAt)}</span></span>${post(`/account/passkeys/${id}/remove`, 'Remove', name ?? 'Passkey')}`)}
<p class="note failed text" id="passkey-fault" role="alert" hidden></p>
<button class="btn" id="passkey-add" type="button" hidden>Add a passkey</button>
<noscript><p class="muted small">Adding one needs JavaScript.</p></noscript>`,
)}
${section(
  'Where you are signed in',
  html`${list(
    ways.sessions,
    ({
      id,
      userAgent,
      ipAddress,
      createdAt,
    }) => html`<span>${browserOf(userAgent)} <span class="muted small">${ipAddress ?? ''} since ${day(createdAt)}</span></span>
${id === user.sessionId ? html`<span class="tag">This one</span>` : post(`/account/sessions/${id}/end`, 'Sign out', browserOf(userAgent))}`,
  )}
<div class="row"><form method="post" action="/account/sessions/end-others"><button class="btn">Sign out everywhere else</button></form>
<form method="post" action="/sign-out"><button class="btn">Sign out here</button></form></div>`,
)}
<p><a href="/studio">Back to the studio</a></p>`,
    });
  };

  /** Ask better-auth, then show the account again; what is wrong stands at the field. */
  const change = async (request: FastifyRequest, reply: FastifyReply, at: string, path: string, body: object) => {
    const user = await pageUser(deps, request);
    const answer = await identity.ask(request, 'POST', path, body);
    const fault = await faultOf(answer);
    if (fault !== null) return await sendAccount(withFaults(reply), user, readTyped(request.body), { [at]: fault });
    forwardCookies(answer, reply);
    return reply.redirect('/account', 303);
  };

  app.get('/account', async (request, reply) => sendAccount(reply, await pageUser(deps, request)));

  app.post('/account/name', async (request, reply) => {
    const typed = readTyped(request.body);
    const { values, faults } = readForm(z.object({ name: personName }), typed);
    const user = await pageUser(deps, request);
    if (faults !== null) return await sendAccount(withFaults(reply), user, typed, faults);
    await db.transaction().execute((trx) => renameUser(trx, user.id, values.name, now()));
    return reply.redirect('/account', 303);
  });

  app.post('/account/password', async (request, reply) => {
    const { values, faults } = readForm(passwordForm, readTyped(request.body));
    if (faults !== null) return await sendAccount(withFaults(reply), await pageUser(deps, request), {}, faults);
    const body = { ...values, revokeOtherSessions: true };
    return await change(request, reply, 'currentPassword', '/change-password', body);
  });

  app.post('/account/two-factor', async (request, reply) => {
    const user = await pageUser(deps, request);
    const answer = await identity.ask(request, 'POST', '/two-factor/enable', confirmedBy(request));
    const fault = await faultOf(answer.clone());
    if (fault !== null) return await sendAccount(withFaults(reply), user, {}, { confirm: fault });
    const { totpURI, backupCodes } = (await answer.json()) as { totpURI: string; backupCodes: string[] };
    const picture = Buffer.from(await qrCode(totpURI, { type: 'svg', margin: 2 })).toString('base64');
    return sendPage(reply, {
      title: 'Two-factor sign-in',
      body: html`<section class="stack"><h1>Two-factor sign-in</h1>
<ol><li>Scan this with an authenticator app.</li><li>Keep the backup codes: each opens your account once when your phone is gone.</li><li>Write the code that the app shows.</li></ol>
<img class="qr" alt="QR code with the key below" src="data:image/svg+xml;base64,${picture}">
<p class="small">Or type this key: <code id="totp-key">${new URL(totpURI).searchParams.get('secret') ?? ''}</code></p>
${codes(backupCodes)}
${confirmForm({})}</section>`,
    });
  });

  app.post('/account/two-factor/confirm', async (request, reply) => {
    await pageUser(deps, request);
    const answer = await identity.ask(request, 'POST', '/two-factor/verify-totp', { code: readCode(request.body) });
    const fault = await faultOf(answer);
    if (fault !== null)
      return sendPage(withFaults(reply), {
        title: 'Two-factor sign-in',
        body: html`<section class="stack"><h1>Two-factor sign-in</h1>${confirmForm({ code: fault })}
<p><a href="/account">Start again</a></p></section>`,
      });
    forwardCookies(answer, reply);
    return reply.redirect('/account', 303);
  });

  app.post('/account/two-factor/off', (request, reply) =>
    change(request, reply, 'confirm', '/two-factor/disable', confirmedBy(request)),
  );

  app.post('/account/two-factor/codes', async (request, reply) => {
    const user = await pageUser(deps, request);
    const answer = await identity.ask(request, 'POST', '/two-factor/generate-backup-codes', confirmedBy(request));
    const fault = await faultOf(answer.clone());
    if (fault !== null) return await sendAccount(withFaults(reply), user, {}, { confirm: fault });
    const { backupCodes } = (await answer.json()) as { backupCodes: string[] };
    return sendPage(reply, {
      title: 'New backup codes',
      body: html`<section class="stack"><h1>New backup codes</h1><p class="lead">Those before open nothing any more.</p>${codes(backupCodes)}
<p><a href="/account">Back to your account</a></p></section>`,
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
const day = (date: Date | null) => (date === null ? '' : date.toISOString().slice(0, 10));
const post = (path: string, label: string, about: string) =>
  html`<form method="post" action="${path}"><button class="btn plain">${label}<span class="vh"> ${about}</span></button></form>`;
const list = <Item>(items: readonly Item[], show: (item: Item) => Html) =>
  items.length === 0
    ? html``
    : html`<ul class="plain-list">${items.map((item) => html`<li class="split">${show(item)}</li>`)}</ul>`;
const codes = (all: readonly string[]) =>
  html`<h2>Backup codes</h2><ul class="codes">${all.map((code) => html`<li><code>${code}</code></li>`)}</ul>`;

/** Where the account has a password, it confirms what weakens or shows the second factor. */
function confirmedBy(request: FastifyRequest): { password?: string } {
  const { confirm } = readTyped(request.body);
  return confirm === undefined ? {} : { password: confirm };
}

const confirmField = (hasPassword: boolean, faults: Faults) =>
  hasPassword
    ? field({
        name: 'confirm',
        label: 'Your password, to confirm',
        type: 'password',
        fault: faults.confirm,
        autocomplete: 'current-password',
      })
    : formFault(faults.confirm === undefined ? {} : { '': faults.confirm });

const passwordChange = (faults: Faults) => html`<form class="narrow" method="post" action="/account/password">
${field({ name: 'currentPassword', label: 'Password now', type: 'password', fault: faults.currentPassword, autocomplete: 'current-password' })}
${passwordField(faults, 'newPassword', 'New password')}
<button class="btn">Change password</button></form>`;

const twoFactorOff = (hasPassword: boolean, faults: Faults) =>
  html`<p>Off. With it, a password alone opens nothing.</p>
<form class="narrow" method="post" action="/account/two-factor">${confirmField(hasPassword, faults)}
<button class="btn">Set up</button></form>`;

const twoFactorOn = (hasPassword: boolean, faults: Faults) =>
  html`<p>On.</p>
<form class="narrow" method="post" action="/account/two-factor/codes">${confirmField(hasPassword, faults)}
<div class="row"><button class="btn">New backup codes</button>
<button class="btn danger" formaction="/account/two-factor/off">Turn off</button></div></form>`;

const confirmForm = (faults: Faults) => html`<form class="narrow" method="post" action="/account/two-factor/confirm">
${codeField('Code', faults, 'The six digits that the app shows now.')}
<button class="btn primary">Turn on</button></form>`;

/** A browser by its short name; user agents name all of them. */
function browserOf(userAgent: string | null): string {
  const agent = userAgent ?? '';
  const browser = ['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari'].find((name) => agent.includes(name));
  const system = ['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS', 'Linux'].find((name) => agent.includes(name));
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera' };
  return [names[browser ?? ''] ?? browser ?? 'A program', system].filter((part) => part !== undefined).join(', ');
}

import { createHash, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { getMigrations } from 'better-auth/db/migration';
import { encode } from 'cborg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MasterKey } from '../master-key.ts';
import { startDatabases, type TestDatabase } from '../test-databases.ts';
import { publicUrl, type Service, startService } from '../test-issuing.ts';
import {
  addMember,
  anyAddress,
  askAuth,
  browse,
  CookieJar,
  findLetter,
  fromOurPage,
  makeUser,
  password,
  signIn,
  totp,
} from '../test-people.ts';
import { identityOptions } from './identity.ts';
import { client, startOidcProvider } from './test-oidc-provider.ts';

let databases: TestDatabase[];
let provider: Awaited<ReturnType<typeof startOidcProvider>>;
beforeAll(async () => {
  [databases, provider] = await Promise.all([startDatabases(), startOidcProvider()]);
});
afterAll(async () => {
  for (const database of databases) await database.stop();
  await provider.close();
});

describe.each(['embedded', 'PostgreSQL'])('identity on %s', (name) => {
  let service: Service;
  beforeAll(async () => {
    const database = databases.find((one) => one.name === name) as TestDatabase;
    service = await startService(
      database,
      new MasterKey(randomBytes(32)),
      {},
      {
        OIDC_ISSUER: provider.issuer,
        OIDC_CLIENT_ID: client.id,
        OIDC_CLIENT_SECRET: client.secret,
        OIDC_NAME: 'Campus',
      },
    );
  });
  afterAll(() => service.close());

  const someone = async () => {
    const email = `${randomUUID()}@example.edu`;
    return { email, id: await makeUser(service, email) };
  };
  const whoIs = async (jar: CookieJar) => {
    const { status, body } = await service.call('GET', '/api/me', { headers: { cookie: `${jar}` } });
    return status === 200 ? (body as { user: { email: string } }).user.email : null;
  };
  const tokenIn = async (email: string, path: string) =>
    new RegExp(`${path}\\?token=(\\S+)`).exec((await findLetter(service, email))?.text ?? '')?.[1] as string;
  const actionsOf = async (id: string) => {
    const found = await service.db
      .selectFrom('audit_entry')
      .select('action')
      .where('actor', '=', `user ${id}`)
      .orderBy('number')
      .execute();
    return found.map(({ action }) => action);
  };
  /** Set two-factor sign-in up by the pages; gives the key of the authenticator and the backup codes. */
  const setUpTwoFactor = async (jar: CookieJar) => {
    const page = await browse(service, jar, '/account/two-factor', { confirm: password });
    expect(page.status, page.text).toBe(200);
    const key = /id="totp-key">([A-Z2-7]+)</.exec(page.text)?.[1] as string;
    const codes = [...page.text.matchAll(/<li><code>([^<]+)</g)].map(([, code]) => code as string);
    const wrong = await browse(service, jar, '/account/two-factor/confirm', { code: '000000' });
    expect(wrong.status).toBe(422);
    expect((await browse(service, jar, '/account/two-factor/confirm', { code: totp(key) })).status).toBe(303);
    return { key, codes };
  };

  it('has every table and column that better-auth wants', async () => {
    const { issuing, db } = service;
    const deps = { db, masterKey: issuing.masterKey, publicUrl, openSignUp: false, oidc: null };
    const unused = { write: async () => undefined, isInvited: async () => false, record: async () => undefined };
    const { toBeCreated, toBeAdded } = await getMigrations(identityOptions({ ...deps, ...unused }, () => undefined));
    expect({ toBeCreated, toBeAdded }).toEqual({ toBeCreated: [], toBeAdded: [] });
  });

  it('signs in by the page, and keeps its cookie from scripts and other sites', async () => {
    const { email } = await someone();
    const jar = new CookieJar();
    const wrong = await browse(service, jar, '/sign-in', { email, password: 'not the password' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain(`value="${email}"`);
    expect(wrong.text).not.toContain('not the password');
    const unknown = await browse(service, jar, '/sign-in', { email: 'nobody@example.edu', password });
    expect(unknown.text.replaceAll('nobody@example.edu', email)).toBe(wrong.text);
    const right = await browse(service, jar, '/sign-in?next=%2Faccount', { email: email.toUpperCase(), password });
    expect([right.status, right.location]).toEqual([303, '/account']);
    const [cookie] = [right.headers['set-cookie'] ?? []].flat().filter((one) => one.includes('session_token'));
    for (const part of ['Secure', 'HttpOnly', 'SameSite=Lax', '__Secure-assay.']) expect(cookie).toContain(part);
    expect(await whoIs(jar)).toBe(email);
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example', '/a\nb'])
      expect((await browse(service, jar, `/sign-in?next=${encodeURIComponent(next)}`)).location).toBe('/studio');
    const foreign = await service.app.inject({
      method: 'POST',
      url: '/sign-out',
      headers: { cookie: `${jar}`, origin: 'https://evil.example' },
    });
    expect(foreign.statusCode).toBe(403);
    expect(await whoIs(jar)).toBe(email);
    expect((await browse(service, jar, '/sign-out', {})).location).toBe('/sign-in');
    expect(await whoIs(jar)).toBeNull();
  });

  it('makes no account but by invitation', async () => {
    const email = `${randomUUID()}@example.edu`;
    const jar = new CookieJar();
    const asked = await askAuth(service, jar, 'POST', '/sign-up/email', { email, password, name: 'X' });
    expect(asked.statusCode).toBe(404);
    expect((await browse(service, jar, '/sign-up', { email, password, name: 'X' })).status).toBe(403);
    expect((await browse(service, jar, '/sign-up')).text).not.toContain('<form class="narrow');
    await browse(service, jar, '/sign-in/letter', { email });
    expect(await findLetter(service, email)).toBeUndefined();
    expect(await service.db.selectFrom('user').select('id').where('email', '=', email).execute()).toEqual([]);
  });

  it('ends sessions: one, all others, and all by a new password', async () => {
    const { id, email } = await someone();
    const jars = [await signIn(service, email), await signIn(service, email), await signIn(service, email)];
    const [first, second, third] = jars as [CookieJar, CookieJar, CookieJar];
    const ended = await service.db.selectFrom('session').select(['id', 'token']).where('userId', '=', id).execute();
    const own = ended.find(({ token }) => decodeURIComponent(`${second}`).includes(token));
    const stranger = await signIn(service, (await someone()).email);
    await browse(service, stranger, `/account/sessions/${own?.id}/end`, {});
    expect(await whoIs(second)).toBe(email);
    await browse(service, first, `/account/sessions/${own?.id}/end`, {});
    expect([await whoIs(first), await whoIs(second), await whoIs(third)]).toEqual([email, null, email]);
    await browse(service, first, '/account/sessions/end-others', {});
    expect([await whoIs(first), await whoIs(third)]).toEqual([email, null]);
    const other = await signIn(service, email);
    const bad = await browse(service, first, '/account/password', {
      currentPassword: 'wrong',
      newPassword: 'another good one',
    });
    expect(bad.status).toBe(422);
    expect(bad.text).toContain('currentPassword-fault');
    const form = { currentPassword: password, newPassword: 'another good one' };
    expect((await browse(service, first, '/account/password', form)).status).toBe(303);
    expect([await whoIs(first), await whoIs(other)]).toEqual([email, null]);
    expect(await actionsOf(id)).toContain('password.change');
  });

  it('gives a new password by a letter, once, and ends every session', async () => {
    const { id, email } = await someone();
    const jar = await signIn(service, email);
    const visitor = new CookieJar();
    const known = await browse(service, visitor, '/forgot', { email });
    const unknown = await browse(service, visitor, '/forgot', { email: 'nobody@example.edu' });
    expect(unknown.text.replaceAll('nobody@example.edu', email)).toBe(known.text);
    const token = await tokenIn(email, '/reset');
    const kept = JSON.stringify(await service.db.selectFrom('verification').selectAll().execute());
    expect(kept).not.toContain(token);
    const short = await browse(service, visitor, '/reset', { token, password: 'short' });
    expect(short.status).toBe(422);
    expect((await browse(service, visitor, '/reset', { token, password: 'a wholly new one' })).status).toBe(200);
    expect(await whoIs(jar)).toBeNull();
    expect((await browse(service, visitor, '/reset', { token, password: 'and yet another' })).status).toBe(422);
    expect((await browse(service, visitor, '/sign-in', { email, password: 'a wholly new one' })).status).toBe(303);
    expect(await actionsOf(id)).toContain('password.reset');
  });

  it('signs in by a letter, once', async () => {
    const { email } = await someone();
    await browse(service, new CookieJar(), '/sign-in/letter', { email });
    const token = await tokenIn(email, '/sign-in/link');
    const kept = JSON.stringify(await service.db.selectFrom('verification').selectAll().execute());
    expect(kept).not.toContain(token);
    const jars = [new CookieJar(), new CookieJar()] as const;
    const opened = await browse(service, jars[0], `/sign-in/link?token=${token}`);
    expect(opened.text).toContain(token);
    const both = await Promise.all(jars.map((jar) => browse(service, jar, '/sign-in/link', { token })));
    expect(both.map(({ status }) => status).sort()).toEqual([303, 422]);
    expect(await Promise.all(jars.map(whoIs))).toContain(email);
  });

  it('wants the second factor after a password, after a letter, and after another service', async () => {
    const { id, email } = await someone();
    const old = await signIn(service, email);
    const jar = await signIn(service, email);
    expect((await browse(service, jar, '/account/two-factor', { confirm: 'wrong' })).status).toBe(422);
    const { key, codes } = await setUpTwoFactor(jar);
    expect(await whoIs(jar)).toBe(email);
    // It was signed in without the second factor.
    expect(await whoIs(old)).toBeNull();
    expect(await actionsOf(id)).toEqual(['user.make', 'two-factor.on']);

    const byPassword = new CookieJar();
    const first = await browse(service, byPassword, '/sign-in?next=%2Faccount', { email, password });
    expect(first.location).toBe('/sign-in/code?next=%2Faccount');
    expect(await whoIs(byPassword)).toBeNull();
    expect(
      (await service.call('GET', '/api/issuers/northfield', { headers: { cookie: `${byPassword}` } })).status,
    ).toBe(401);
    expect((await browse(service, byPassword, '/sign-in/code', { code: '000000' })).status).toBe(422);
    expect(await whoIs(byPassword)).toBeNull();
    const code = totp(key);
    const done = await browse(service, byPassword, '/sign-in/code?next=%2Faccount', {
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
    });
    expect(done.location).toBe('/account');
    expect(await whoIs(byPassword)).toBe(email);

    const byLetter = new CookieJar();
    await browse(service, byLetter, '/sign-in/letter', { email });
    const token = await tokenIn(email, '/sign-in/link');
    expect((await browse(service, byLetter, '/sign-in/link', { token })).location).toBe('/sign-in/code');
    expect(await whoIs(byLetter)).toBeNull();
    const used = codes[0] as string;
    expect((await browse(service, byLetter, '/sign-in/code', { code: used })).status).toBe(303);
    expect(await whoIs(byLetter)).toBe(email);

    const byOidc = new CookieJar();
    provider.signInAs({ sub: `sub-${id}`, email, email_verified: true, name: 'Bo Lind' });
    expect(await throughProvider(byOidc)).toBe('/sign-in/code');
    expect(await whoIs(byOidc)).toBeNull();
    expect((await browse(service, byOidc, '/sign-in/code', { code: used })).status).toBe(422);
    expect((await browse(service, byOidc, '/sign-in/code', { code: codes[1] as string })).status).toBe(303);
    expect(await whoIs(byOidc)).toBe(email);

    const byToken = new CookieJar();
    const idToken = await provider.idToken({ sub: `sub-${id}`, email, email_verified: true, name: 'Bo' }, 'a-nonce');
    const body = { provider: 'oidc', idToken: { token: idToken, nonce: 'a-nonce' } };
    const asked = await askAuth(service, byToken, 'POST', '/sign-in/social', body);
    expect([asked.statusCode, asked.headers.location]).toEqual([302, '/sign-in/code']);
    expect(await whoIs(byToken)).toBeNull();

    expect((await browse(service, jar, '/account/two-factor/off', { confirm: password })).status).toBe(303);
    const plain = new CookieJar();
    expect((await browse(service, plain, '/sign-in', { email, password })).location).toBe('/studio');
  });

  it('takes a passkey only where it made sure who holds it', async () => {
    const { id, email } = await someone();
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
    const cose = encode(
      new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, bytes(x)],
        [-3, bytes(y)],
      ]),
    );
    const credentialId = randomBytes(16).toString('base64url');
    await service.db
      .insertInto('passkey')
      .values({
        id: randomUUID(),
        name: null,
        publicKey: Buffer.from(cose).toString('base64'),
        userId: id,
        credentialID: credentialId,
        counter: 0,
        deviceType: 'singleDevice',
        backedUp: false,
        transports: 'internal',
        createdAt: new Date(),
        aaguid: null,
      })
      .execute();
    /** As an authenticator answers (WebAuthn §6.3.3): bit 0 somebody was there, bit 2 it made sure who. */
    const signInWith = async (flags: number) => {
      const jar = new CookieJar();
      const { challenge } = (await askAuth(service, jar, 'GET', '/passkey/generate-authenticate-options')).json();
      const clientData = Buffer.from(JSON.stringify({ type: 'webauthn.get', challenge, origin: publicUrl }));
      const digest = (content: string | Buffer) => createHash('sha256').update(content).digest();
      const data = Buffer.concat([digest(new URL(publicUrl).hostname), Buffer.of(flags, 0, 0, 0, 0)]);
      const response = {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', Buffer.concat([data, digest(clientData)]), privateKey).toString('base64url'),
      };
      const credential = {
        id: credentialId,
        rawId: credentialId,
        type: 'public-key',
        clientExtensionResults: {},
        response,
      };
      const answer = await askAuth(service, jar, 'POST', '/passkey/verify-authentication', { response: credential });
      return { status: answer.statusCode, code: answer.json().code, who: await whoIs(jar) };
    };
    expect(await signInWith(0b101)).toMatchObject({ status: 200, who: email });
    expect(await signInWith(0b001)).toEqual({ status: 401, code: 'USER_NOT_VERIFIED', who: null });
  });

  it('makes no other way into an account whose address nobody has shown to be theirs', async () => {
    const { id, email } = await someone();
    const setVerified = (emailVerified: boolean) =>
      service.db.updateTable('user').set({ emailVerified }).where('id', '=', id).execute();
    await setVerified(false);
    const jar = await signIn(service, email);
    const ask = async () => (await askAuth(service, jar, 'GET', '/passkey/generate-register-options')).statusCode;
    const twoFactor = await browse(service, jar, '/account/two-factor', { confirm: password });
    expect([await ask(), twoFactor.status]).toEqual([403, 422]);
    expect(twoFactor.text).toContain('Confirm your e-mail address first');
    await setVerified(true);
    expect(await ask()).toBe(200);
    await setUpTwoFactor(jar);
  });

  it('renames who asks, and nothing else of them', async () => {
    const { id, email } = await someone();
    const jar = await signIn(service, email);
    expect((await browse(service, jar, '/account/name', { name: '  ' })).status).toBe(422);
    expect((await browse(service, jar, '/account/name', { name: 'Bo <Lind>' })).status).toBe(303);
    expect((await browse(service, jar, '/account')).text).toContain('Bo &lt;Lind&gt;');
    expect((await askAuth(service, jar, 'POST', '/update-user', { name: 'x'.repeat(100_000) })).statusCode).toBe(404);
    expect(await actionsOf(id)).toEqual(['user.make', 'user.rename']);
  });

  it('stops guessing of codes', async () => {
    const { email } = await someone();
    const { key } = await setUpTwoFactor(await signIn(service, email));
    const jar = new CookieJar();
    await browse(service, jar, '/sign-in', { email, password });
    for (let guess = 0; guess < 5; guess++)
      expect((await browse(service, jar, '/sign-in/code', { code: `00000${guess}` })).status).toBe(422);
    expect((await browse(service, jar, '/sign-in/code', { code: totp(key) })).status).toBe(422);
    expect(await whoIs(jar)).toBeNull();
  });

  /** To the provider and back, as a browser goes; gives the address that it ends at. */
  const throughProvider = async (jar: CookieJar, next = '/studio') => {
    const start = await browse(service, jar, `/sign-in/oidc?next=${encodeURIComponent(next)}`);
    expect(start.status, start.text).toBe(303);
    expect(start.location.startsWith(provider.issuer)).toBe(true);
    const back = (await fetch(start.location, { redirect: 'manual' })).headers.get('location') ?? '';
    expect(back.startsWith(`${publicUrl}/api/auth/callback/oidc?`)).toBe(true);
    const answer = await service.app.inject({
      url: back.slice(publicUrl.length),
      headers: { cookie: `${jar}` },
      remoteAddress: anyAddress(),
    });
    jar.keep(answer.headers);
    expect(answer.statusCode, answer.body).toBe(302);
    return String(answer.headers.location).replace(publicUrl, '');
  };

  it('signs in by another service who has an account, or an invitation to a verified address', async () => {
    expect((await browse(service, new CookieJar(), '/sign-in')).text).toContain('Sign in with Campus');
    const { email } = await someone();
    provider.signInAs({ sub: randomUUID(), email, email_verified: true, name: 'Bo' });
    const known = new CookieJar();
    expect(await throughProvider(known, '/account')).toBe('/account');
    expect(await whoIs(known)).toBe(email);

    const invited = `${randomUUID()}@example.edu`;
    const claims = { sub: randomUUID(), email: invited, name: 'Cy' };
    const refused = async (more: object) => {
      const jar = new CookieJar();
      provider.signInAs({ ...claims, ...more });
      expect(await throughProvider(jar)).toMatch(/^\/sign-in\?error=/);
      expect(await whoIs(jar)).toBeNull();
    };
    await refused({ email_verified: true });
    const owner = await addMember(service, 'northfield', 'owner');
    await service.call('POST', '/api/issuers/northfield/invitations', {
      headers: { cookie: owner.cookie, ...fromOurPage },
      body: { email: invited, role: 'viewer' },
    });
    await refused({ email_verified: false });
    provider.signInAs({ ...claims, email_verified: true });
    const jar = new CookieJar();
    const token = /\/invitations\/([\w-]+)/.exec((await findLetter(service, invited))?.text ?? '')?.[1] as string;
    expect(await throughProvider(jar, `/invitations/${token}`)).toBe(`/invitations/${token}`);
    expect((await browse(service, jar, `/invitations/${token}`, {})).location).toBe('/studio');
    expect((await service.call('GET', '/api/me', { headers: { cookie: `${jar}` } })).body).toMatchObject({
      user: { email: invited },
      issuers: [{ slug: 'northfield', roles: ['viewer'] }],
    });
    // Whoever says to be somebody who is here, without a proof, gets nothing of theirs.
    provider.signInAs({ sub: randomUUID(), email, email_verified: false, name: 'Eve' });
    const eve = new CookieJar();
    expect(await throughProvider(eve)).toMatch(/^\/sign-in\?error=/);
    expect(await whoIs(eve)).toBeNull();
  });

  it('limits how often one address may try a password', async () => {
    const remoteAddress = anyAddress();
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 62; attempt++) {
      const answer = await service.app.inject({
        method: 'POST',
        url: '/api/auth/sign-in/email',
        // Said by the client, so it counts for nothing.
        headers: { ...fromOurPage, 'x-client-address': `192.0.2.${attempt}`, 'x-forwarded-for': `192.0.2.${attempt}` },
        // Without a password, since each costs a hash.
        payload: {},
        remoteAddress,
      });
      statuses.push(answer.statusCode);
    }
    expect(statuses.slice(0, 60)).not.toContain(429);
    expect(statuses.slice(60)).toEqual([429, 429]);
  });
});

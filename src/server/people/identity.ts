import { randomUUID } from 'node:crypto';
import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { hashPassword } from 'better-auth/crypto';
import { genericOAuth, magicLink, twoFactor } from 'better-auth/plugins';
import type { BetterAuthOptions } from 'better-auth/types';
import type { FastifyRequest } from 'fastify';
import type { Language } from '../../core/catalogue/language.ts';
import type { Database } from '../database.ts';
import type { Letter } from '../mail/queue.ts';
import type { MasterKey } from '../master-key.ts';
import { letterLanguage, magicLinkLetter, resetLetter, verificationLetter } from './letters.ts';
import { provenAddressFirst } from './proven-address.ts';
import { recordChanges } from './record-changes.ts';
import { secondFactorEverywhere } from './second-factor.ts';

/** Sign-in by another service (OpenID Connect). */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** On the button. */
  name: string;
}

export interface IdentityDeps {
  db: Database;
  masterKey: MasterKey;
  publicUrl: string;
  /** May anybody make an account? */
  openSignUp: boolean;
  oidc: OidcSettings | null;
  /** Put a letter into the queue. */
  write(letter: Letter): Promise<void>;
  /** Does an invitation wait for this address? */
  isInvited(email: string): Promise<boolean>;
  /** Put into the audit log what somebody changed about how they sign in. */
  record(userId: string, action: string): Promise<void>;
}

/** Who is signed in. */
export interface SignedInUser {
  id: string;
  name: string;
  email: string;
  twoFactor: boolean;
  sessionId: string;
}

/** Who people are: better-auth, asked as its own routes would ask it. What they may do is in `access/`. */
export interface Identity {
  openSignUp: boolean;
  oidc: { name: string } | null;
  /** Null when nobody is signed in, or the second factor is still missing. */
  findUser(request: FastifyRequest): Promise<SignedInUser | null>;
  /**
   * Ask better-auth: `path` below /api/auth. Its limits apply, its cookies are in the answer. Only for requests that
   * `requireSameOrigin` has seen.
   */
  ask(request: FastifyRequest, method: string, path: string, body?: unknown): Promise<Response>;
  hashPassword(password: string): Promise<string>;
  /** Hears of faults, which carry no message: it may repeat what people typed. */
  onError(error: Error): void;
}

export const minimumPassword = 12;
export const maximumPassword = 128;
export const authPath = '/api/auth';
export const oidcProvider = 'oidc';

/** Read by better-auth as the address of who asks; set by us from what Fastify's trusted proxies say, never by the client. */
const addressHeader = 'x-client-address';

/** What better-auth works with; one place, so that a test can compare the tables that it wants with ours. */
export function identityOptions(deps: IdentityDeps, onError: (error: Error) => void) {
  const { publicUrl, masterKey } = deps;
  const https = publicUrl.startsWith('https:');
  return {
    appName: 'Assay',
    baseURL: `${publicUrl}${authPath}`,
    secret: masterKey.mac('sessions', 'identity'),
    // Without transactions of its own: on the embedded database they would wait for the session that they hold.
    database: { db: deps.db, type: 'postgres', transaction: false },
    trustedOrigins: [new URL(publicUrl).origin],
    emailAndPassword: {
      enabled: true,
      // Accounts with a password are made in `accounts.ts`.
      disableSignUp: true,
      minPasswordLength: minimumPassword,
      maxPasswordLength: maximumPassword,
      revokeSessionsOnPasswordReset: true,
      onPasswordReset: ({ user }) => deps.record(user.id, 'password.reset'),
      sendResetPassword: ({ user, token }, request) =>
        deps.write(resetLetter(publicUrl, user.email, token, letterLanguage(request?.headers))),
    },
    emailVerification: {
      sendVerificationEmail: ({ user, token }, request) =>
        deps.write(verificationLetter(publicUrl, user.email, token, letterLanguage(request?.headers))),
    },
    user: {
      validateUserInfo: async ({ user, source }) => {
        if (source.action !== 'create-user' || deps.openSignUp) return;
        if (user.emailVerified === true && typeof user.email === 'string' && (await deps.isInvited(user.email))) return;
        return { error: 'not_invited', errorDescription: 'Only who was invited can make an account here.' };
      },
    },
    account: { encryptOAuthTokens: true },
    verification: { storeIdentifier: 'hashed' },
    disabledPaths: [
      '/sign-up/email',
      '/change-email',
      '/delete-user',
      '/delete-user/callback',
      '/update-session',
      '/get-access-token',
      '/refresh-token',
      '/account-info',
      // Done in `accounts.ts`, with checks and the audit log.
      '/update-user',
      '/passkey/update-passkey',
      '/passkey/delete-passkey',
    ],
    rateLimit: {
      enabled: true,
      storage: 'database',
      // A whole school sits behind one address.
      customRules: {
        '/sign-in/email': { window: 60, max: 60 },
        '/sign-in/magic-link': { window: 60, max: 10 },
        '/two-factor/*': { window: 60, max: 60 },
        '/get-session': false,
      },
    },
    advanced: {
      useSecureCookies: https,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: https },
      cookiePrefix: 'assay',
      disableOriginCheck: false,
      disableCSRFCheck: false,
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: () => randomUUID() },
    },
    telemetry: { enabled: false },
    // Its sentences can hold addresses and tokens; what is a fault of ours goes to `onError`.
    logger: { disabled: true },
    onAPIError: {
      errorURL: `${publicUrl}/sign-in`,
      onError: (error) => {
        if (!(error instanceof APIError) || error.statusCode >= 500) onError(withoutMessage(error));
      },
    },
    plugins: [
      twoFactor({ issuer: 'Assay', allowPasswordless: true, totpOptions: { allowPasswordless: true } }),
      secondFactorEverywhere,
      provenAddressFirst,
      recordChanges(deps),
      magicLink({
        disableSignUp: true,
        expiresIn: 900,
        storeToken: 'hashed',
        sendMagicLink: ({ email, token }, context) =>
          writeIfKnown(deps, email, token, letterLanguage(context?.headers)),
      }),
      passkey({
        rpName: 'Assay',
        rpID: new URL(publicUrl).hostname,
        origin: new URL(publicUrl).origin,
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        registration: {
          afterVerification: async ({ verification }) => requireVerifiedUser(verification.registrationInfo),
        },
        authentication: {
          afterVerification: async ({ verification }) => requireVerifiedUser(verification.authenticationInfo),
        },
      }),
      genericOAuth({ config: deps.oidc === null ? [] : [oidcConfig(deps.oidc)] }),
    ],
  } satisfies BetterAuthOptions;
}

/** Identity on the database of the instance. */
export function createIdentity(deps: IdentityDeps): Identity {
  const { publicUrl } = deps;
  const start = () => betterAuth(identityOptions(deps, (error) => identity.onError(error)));
  const send = (request: FastifyRequest, method: string, path: string, body?: unknown) => {
    const headers = new Headers({ origin: new URL(publicUrl).origin, [addressHeader]: request.ip });
    for (const name of ['cookie', 'user-agent', 'accept-language'] as const) {
      const value = request.headers[name];
      if (value !== undefined) headers.set(name, value);
    }
    if (body !== undefined) headers.set('content-type', 'application/json');
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    return auth.handler(new Request(`${publicUrl}${authPath}${path}`, init));
  };
  const identity: Identity = {
    openSignUp: deps.openSignUp,
    oidc: deps.oidc === null ? null : { name: deps.oidc.name },
    async findUser({ headers: { cookie } }) {
      if (cookie?.includes('assay.session_token') !== true) return null;
      const found = await auth.api.getSession({ headers: new Headers({ cookie }), query: { disableRefresh: true } });
      if (found === null) return null;
      const { user, session } = found;
      const { id, name, email } = user;
      return { id, name, email, twoFactor: user.twoFactorEnabled === true, sessionId: session.id };
    },
    async ask(request, method, path, body) {
      const answer = await send(request, method, path, body);
      const { provider } = (body ?? {}) as { provider?: unknown };
      if (path !== '/sign-in/social' || answer.status !== 404 || deps.oidc === null || provider !== oidcProvider)
        return answer;
      // The other service did not answer when better-auth asked who it is: that is done once, at its start.
      auth = start();
      return await send(request, method, path, body);
    },
    hashPassword,
    onError: () => undefined,
  };
  let auth = start();
  return identity;
}

async function writeIfKnown(
  { db, publicUrl, write }: IdentityDeps,
  email: string,
  token: string,
  language: Language,
): Promise<void> {
  const known = await db.selectFrom('user').select('id').where('email', '=', email.toLowerCase()).executeTakeFirst();
  if (known !== undefined) await write(magicLinkLetter(publicUrl, email, token, language));
}

/** A passkey stands for both factors only where it made sure who holds it, by PIN or body. */
function requireVerifiedUser(info: { userVerified: boolean } | undefined): void {
  if (info?.userVerified !== true)
    throw new APIError('UNAUTHORIZED', { code: 'USER_NOT_VERIFIED', message: 'The passkey did not verify its user.' });
}

function oidcConfig({ issuer, clientId, clientSecret, name }: OidcSettings) {
  return {
    providerId: oidcProvider,
    name,
    discoveryUrl: `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`,
    requireIdTokenVerification: true,
    clientId,
    clientSecret,
    scopes: ['openid', 'email', 'profile'],
    pkce: true,
  };
}

/** A fault without what it says: messages of databases repeat values. */
function withoutMessage(error: unknown): Error {
  const { name = 'Error', code, stack = '' } = error as { name?: string; code?: unknown; stack?: string };
  const plain = new Error(`identity: ${name}${code === undefined ? '' : ` ${String(code)}`}`);
  plain.stack = [plain.message, ...stack.split('\n').filter((line) => /^\s+at /.test(line))].join('\n');
  return plain;
}

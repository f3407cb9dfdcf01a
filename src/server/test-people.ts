import { createHmac, randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Role } from './access/roles.ts';
import { openLetter } from './mail/queue.ts';
import { insertUser } from './people/accounts.ts';
import { publicUrl, type Service } from './test-issuing.ts';

/** What browsers send with a request of a page of ours. */
export const fromOurPage = { origin: publicUrl, 'sec-fetch-site': 'same-origin' };
export const password = 'correct horse battery';

/** Cookies of a browser, as far as these tests need them. */
export class CookieJar {
  readonly #cookies = new Map<string, string>();

  keep(headers: Record<string, unknown>): void {
    for (const cookie of [headers['set-cookie'] ?? []].flat() as string[]) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0/i.test(cookie)) this.#cookies.delete(pair.slice(0, at));
      else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }

  toString(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

let addresses = 0;
/** Another address each time: limits by address are tested where they are meant. */
export const anyAddress = () => `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses++ & 255}`;

/** Ask a route of better-auth, as a page of ours. */
export async function askAuth(service: Service, jar: CookieJar, method: 'GET' | 'POST', path: string, body?: object) {
  const answer = await service.app.inject({
    method,
    url: `/api/auth${path}`,
    headers: { ...fromOurPage, cookie: `${jar}` },
    remoteAddress: anyAddress(),
    ...(body === undefined ? {} : { payload: body }),
  });
  jar.keep(answer.headers);
  return answer;
}

/** Open a page, or send a form of it, as a browser. */
export async function browse(
  service: Pick<Service, 'app'>,
  jar: CookieJar,
  url: string,
  form?: Record<string, string>,
) {
  const sent =
    form === undefined
      ? { method: 'GET' as const, headers: {} }
      : {
          method: 'POST' as const,
          headers: { ...fromOurPage, 'content-type': 'application/x-www-form-urlencoded' },
          payload: new URLSearchParams(form).toString(),
        };
  const headers = { ...sent.headers, cookie: `${jar}` };
  const answer = await service.app.inject({ ...sent, url, headers, remoteAddress: anyAddress() });
  jar.keep(answer.headers);
  return {
    status: answer.statusCode,
    location: answer.headers.location ?? '',
    text: answer.body,
    headers: answer.headers,
  };
}

/** The code that an authenticator app shows for a key (RFC 6238). */
export function totp(key: string, now = Date.now()): string {
  const bits = [...key]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const at = (digest.at(-1) as number) & 15;
  return String((digest.readUInt32BE(at) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0');
}

/** An account with a password. */
export async function makeUser({ db, issuing }: Service, email = `${randomUUID()}@example.edu`): Promise<string> {
  const passwordHash = await issuing.identity.hashPassword(password);
  const user = { name: 'Bo Lind', email, passwordHash, emailVerified: true };
  return await db.transaction().execute((trx) => insertUser(trx, user, new Date()));
}

/** Sign in with the password of `makeUser`. */
export async function signIn(service: Service, email: string): Promise<CookieJar> {
  const jar = new CookieJar();
  const answer = await askAuth(service, jar, 'POST', '/sign-in/email', { email, password });
  expect(answer.statusCode, answer.body).toBe(200);
  return jar;
}

/** Somebody with a role in an issuer, signed in. */
export async function addMember(service: Service, slug: string, role: Role) {
  const email = `${role}-${randomUUID()}@example.edu`;
  const id = await makeUser(service, email);
  const issuer = await service.db.selectFrom('issuer').select('id').where('slug', '=', slug).executeTakeFirstOrThrow();
  await service.db
    .insertInto('member')
    .values({ issuer_id: issuer.id, user_id: id, role, since: new Date(), given_by: 'test' })
    .execute();
  return { id, email, cookie: `${await signIn(service, email)}` };
}

/** The newest letter to an address, as it waits in the queue. */
export async function findLetter({ db, issuing }: Service, to: string) {
  const rows = await db
    .selectFrom('mail')
    .selectAll()
    .where('kind', '=', 'letter')
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  const letters = rows.map((row) => openLetter(issuing.masterKey, row));
  return letters.find((letter) => letter.to === to);
}

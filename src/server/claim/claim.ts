import { timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CredentialRow } from '../credential/store.ts';
import type { MasterKey } from '../master-key.ts';

type Claimed = Pick<CredentialRow, 'id' | 'claim_version'>;

/** 132 bits. */
const tokenLength = 22;
/** A browser keeps the claim for a day: whoever sits at the machine next shall not accept. */
const cookieSeconds = 86_400;

/** What opens a credential for its learner. Made anew from the master key each time and kept nowhere. */
export function claimToken(masterKey: MasterKey, { id, claim_version }: Claimed): string {
  return masterKey.mac(`${id} ${claim_version}`, 'claim').slice(0, tokenLength);
}

/** The link that a learner gets. */
export function claimUrl(
  { masterKey, publicUrl }: { masterKey: MasterKey; publicUrl: string },
  claimed: Claimed,
): string {
  return `${publicUrl}/credentials/${claimed.id}?claim=${claimToken(masterKey, claimed)}`;
}

/** Is this the claim token of the credential? Takes as long for a wrong one as for the right one. */
export function isClaimToken(masterKey: MasterKey, claimed: Claimed, given: unknown): boolean {
  if (typeof given !== 'string' || given.length !== tokenLength) return false;
  const bytes = Buffer.from(given);
  return bytes.length === tokenLength && timingSafeEqual(bytes, Buffer.from(claimToken(masterKey, claimed)));
}

/** Does a request come from who holds the claim link: with the token itself, or with the cookie that it left? */
export function holdsClaim(masterKey: MasterKey, credential: Claimed, request: FastifyRequest): boolean {
  const { claim } = request.query as { claim?: unknown };
  return (
    isClaimToken(masterKey, credential, claim) ||
    isClaimToken(masterKey, credential, readCookie(request.headers.cookie, cookieName(credential.id)))
  );
}

/**
 * May a request read a credential at its public address? Everybody who has the address, once the learner accepted it; before,
 * who holds the claim link. The issuer's own people and keys read it through the API.
 */
export function mayRead(
  masterKey: MasterKey,
  credential: Claimed & Pick<CredentialRow, 'claim_state'>,
  request: FastifyRequest,
): boolean {
  return credential.claim_state === 'accepted' || holdsClaim(masterKey, credential, request);
}

/** Keep the claim in the browser, for this credential alone: the token need not stay in the address bar. */
export function keepClaim(reply: FastifyReply, masterKey: MasterKey, claimed: Claimed, publicUrl: string): void {
  const { protocol, pathname } = new URL(publicUrl);
  // The path is that of all credentials: `….pdf` is no folder of the credential's own.
  const path = `${pathname.replace(/\/$/, '')}/credentials`;
  reply.header(
    'set-cookie',
    `${cookieName(claimed.id)}=${claimToken(masterKey, claimed)}; Path=${path}; Max-Age=${cookieSeconds}; HttpOnly; SameSite=Lax${protocol === 'https:' ? '; Secure' : ''}`,
  );
}

const cookieName = (credentialId: string) => `claim_${credentialId}`;

function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim();
  }
  return undefined;
}

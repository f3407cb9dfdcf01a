import type { JsonObject } from '../../core/json/json.ts';
import { createApiKey } from '../access/api-keys.ts';
import { scopes } from '../access/roles.ts';
import { appendAudit } from '../audit/append.ts';
import { createIssuer } from '../issuer/create-issuer.ts';
import { didOf } from '../issuer/did.ts';
import { checkProfile } from '../issuer/profile.ts';
import type { IssuerRow } from '../issuer/store.ts';
import type { IssuingDeps } from '../issuing.ts';
import { insertUser } from '../people/accounts.ts';
import { useFirstRun } from './token.ts';

export interface FirstIssuer {
  slug: string;
  profile: JsonObject;
}

/** By a script: the first issuer, and a key that may do everything. */
export async function makeFirstIssuer(
  { db, masterKey, publicUrl, now }: IssuingDeps,
  token: string,
  { slug, profile }: FirstIssuer,
): Promise<{ issuer: IssuerRow; apiKey: string }> {
  await checkProfile(profile, didOf(publicUrl, slug), now());
  return await db.transaction().execute(async (trx) => {
    await useFirstRun(trx, masterKey, token);
    const issuer = await createIssuer(trx, { slug, profile, parentId: null }, 'setup', masterKey, now());
    const all = { issuerId: issuer.id, name: 'First key', allowed: scopes };
    return { issuer, apiKey: (await createApiKey(trx, all, 'setup', now())).key };
  });
}

/** By a person: the first account, and the issuer that it owns. */
export async function makeFirstOwner(
  { db, masterKey, publicUrl, identity, now }: IssuingDeps,
  token: string,
  { slug, profile }: FirstIssuer,
  { name, email, password }: { name: string; email: string; password: string },
): Promise<void> {
  await checkProfile(profile, didOf(publicUrl, slug), now());
  const passwordHash = await identity.hashPassword(password);
  await db.transaction().execute(async (trx) => {
    await useFirstRun(trx, masterKey, token);
    // Who holds the link runs the machine: their word stands for the address.
    const userId = await insertUser(trx, { name, email, passwordHash, emailVerified: true }, now());
    const actor = `user ${userId}`;
    const issuer = await createIssuer(trx, { slug, profile, parentId: null }, actor, masterKey, now());
    const member = { issuer_id: issuer.id, user_id: userId, role: 'owner' as const, since: now(), given_by: 'setup' };
    await trx.insertInto('member').values(member).execute();
    const act = { chain: issuer.id, actor: 'setup', action: 'member.join', subject: actor, detail: { role: 'owner' } };
    await appendAudit(trx, act, now());
  });
}

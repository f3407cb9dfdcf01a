import type { Description } from '../credential/describe.ts';
import type { Done } from '../credential/pages.ts';
import type { CredentialRow } from '../credential/store.ts';
import type { Database } from '../database.ts';
import { listOfCredential, openDispute } from '../dispute/store.ts';
import { openSecret } from '../evidence/content.ts';
import { listGrants } from '../evidence/grants.ts';
import { findFile } from '../evidence/store.ts';
import { addressOfFile } from '../evidence/use.ts';
import type { MasterKey } from '../master-key.ts';
import type { LearnersView } from './section.ts';

/** What only the learner sees of their credential: what they wrote to the issuer, and who may open their files. */
export async function readLearnersView(
  { db, masterKey, publicUrl, now }: { db: Database; masterKey: MasterKey; publicUrl: string; now(): Date },
  credential: CredentialRow,
  { evidence }: Description,
  done: Done,
): Promise<LearnersView> {
  const own = addressOfFile(publicUrl, '');
  const files: LearnersView['files'] = [];
  for (const { url } of evidence) {
    if (url === null || !url.startsWith(own)) continue;
    const file = await findFile(db, credential.issuer_id, url.slice(own.length));
    if (file === undefined) continue;
    const grants = (await listGrants(db, file.id))
      .filter(({ withdrawn_at, expires_at }) => withdrawn_at === null && expires_at > now())
      .map(({ id, expires_at }) => ({ id, expiresAt: expires_at }));
    files.push({ id: file.id, name: openSecret(masterKey, file).name, grants });
  }
  const disputes = (await listOfCredential(db, credential.id)).map((row) => openDispute(masterKey, row));
  return { disputes, files, draft: done.draft ?? null, link: done.link ?? null };
}

import type { Executor } from '../database.ts';
import { openSecret } from '../evidence/content.ts';
import type { MasterKey } from '../master-key.ts';
import { nameActors } from '../people/name-actors.ts';
import { type CredentialRow, isDelivered, signedDocument } from './store.ts';

export type Around = Awaited<ReturnType<typeof findAround>>;

/** What is kept around a credential: other editions, learner records, letters, files, the list that it came with. */
export async function findAround(db: Executor, masterKey: MasterKey, credential: CredentialRow) {
  const { id, issuer_id, roster_id, issued_by } = credential;
  const names = await nameActors(db, [issued_by]);
  return {
    issuedBy: names.get(issued_by) ?? null,
    editions: await listEditions(db, issuer_id, credential),
    records: await listRecords(db, credential),
    letters: await listLetters(db, id),
    evidence: await listEvidence(db, masterKey, id),
    roster: roster_id,
    rosterName: roster_id === null ? null : await findListName(db, roster_id),
  };
}

/** Those before it, from the oldest, and those after. */
async function listEditions(db: Executor, issuerId: string, { id, superseded_by }: CredentialRow) {
  const editions: { id: string; state: CredentialRow['state']; issuedAt: string; place: 'before' | 'after' }[] = [];
  const own = () =>
    db.selectFrom('credential').select(['id', 'state', 'issued_at', 'superseded_by']).where('issuer_id', '=', issuerId);
  for (let later = id; ; ) {
    const before = await own().where('superseded_by', '=', later).executeTakeFirst();
    if (before === undefined) break;
    const { state, issued_at } = before;
    editions.unshift({ id: before.id, state, issuedAt: issued_at.toISOString(), place: 'before' });
    later = before.id;
  }
  for (let next = superseded_by; next !== null; ) {
    const after = await own().where('id', '=', next).executeTakeFirst();
    if (after === undefined) break;
    const { state, issued_at } = after;
    editions.push({ id: after.id, state, issuedAt: issued_at.toISOString(), place: 'after' });
    next = after.superseded_by;
  }
  return editions;
}

/** The issuer's learner records that show this credential as well, by their ids. */
async function listRecords(db: Executor, { id, issuer_id, recipient, achievement_id }: CredentialRow) {
  if (recipient === null || achievement_id === null) return [];
  const theirs = await db
    .selectFrom('credential')
    .selectAll()
    .where('issuer_id', '=', issuer_id)
    .where('recipient', '=', recipient)
    .where('achievement_id', 'is', null)
    .where('state', 'in', ['active', 'suspended'])
    .orderBy('issued_at')
    .execute();
  return theirs.filter((record) => isDelivered(record) && holds(record, `/credentials/${id}"`)).map((one) => one.id);
}

/** As it stands in the text, or in the payload of one that is a JWT. */
export function holds(record: CredentialRow, address: string): boolean {
  const document = signedDocument(record);
  const payloads = [...document.matchAll(/\.(eyJ[\w-]+)\./g)];
  return (
    document.includes(address) ||
    payloads.some(([, payload = '']) => Buffer.from(payload, 'base64url').toString().includes(address))
  );
}

async function listLetters(db: Executor, credentialId: string) {
  const found = await db
    .selectFrom('mail')
    .select(['id', 'kind', 'state', 'attempts', 'fault', 'created_at', 'sent_at'])
    .where('credential_id', '=', credentialId)
    .orderBy('created_at', 'desc')
    .limit(100)
    .execute();
  return found.map(({ created_at, sent_at, ...letter }) => ({
    ...letter,
    createdAt: created_at.toISOString(),
    sentAt: sent_at?.toISOString() ?? null,
  }));
}

async function listEvidence(db: Executor, masterKey: MasterKey, credentialId: string) {
  const found = await db
    .selectFrom('evidence_use')
    .innerJoin('evidence_file', 'evidence_file.id', 'evidence_use.evidence_id')
    .selectAll('evidence_file')
    .where('credential_id', '=', credentialId)
    .where('evidence_file.state', '=', 'kept')
    .orderBy('uploaded_at')
    .execute();
  return found.map((file) => ({
    id: file.id,
    name: openSecret(masterKey, file).name,
    mediaType: file.media_type,
    size: file.size,
    digest: file.digest,
  }));
}

async function findListName(db: Executor, rosterId: string): Promise<string | null> {
  return (await db.selectFrom('roster').select('name').where('id', '=', rosterId).executeTakeFirst())?.name ?? null;
}

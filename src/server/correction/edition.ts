import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { hashIdentity } from '../../core/credential/identity.ts';
import { type Learner, type ParseLearnerResult, parseLearner } from '../../core/issue/learner.ts';
import { isJsonObject, type JsonObject, toList } from '../../core/json/json.ts';
import { isNameOfEdition, nameOfEdition } from '../../core/status/refresh.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { openPerson } from '../credential/person.ts';
import { recipientOf } from '../credential/recipient.ts';
import { type OfEdition, type Series, signCredential } from '../credential/sign.ts';
import { type CredentialRow, signedDocument, signedForm } from '../credential/store.ts';
import type { DatabaseTransaction, Executor } from '../database.ts';
import { filesOf, findEvidenceFiles, findRefused, keepUses, nameFiles } from '../evidence/use.ts';
import type { MasterKey } from '../master-key.ts';
import type { StatusPlace } from '../status-list/allocate.ts';

const subjectMembers = [
  'id',
  'narrative',
  'activityStartDate',
  'activityEndDate',
  'creditsEarned',
  'licenseNumber',
  'role',
  'term',
  'source',
] as const;

/** A learner as JSON, as a credential says it and as it is known whom it is for; identifiers that were hashed are not in it. */
export function learnerOf(credential: CredentialRow, masterKey: MasterKey): JsonObject {
  const document = JSON.parse(signedDocument(credential)) as JsonObject;
  const [subject = {}] = toList(document.credentialSubject).filter(isJsonObject);
  const clear = toList(subject.identifier).find(
    (entry) => isJsonObject(entry) && entry.identityType === 'name' && entry.hashed === false,
  );
  const learner: JsonObject = {
    ...(isJsonObject(clear) ? { name: clear.identityHash ?? null } : {}),
    ...openPerson(masterKey, credential),
    ...(subject.result === undefined ? {} : { result: [...toList(subject.result)] }),
    ...(document.evidence === undefined ? {} : { evidence: [...toList(document.evidence)] }),
  };
  for (const name of subjectMembers) if (subject[name] !== undefined) learner[name] = subject[name];
  for (const name of ['awardedDate', 'validUntil'] as const)
    if (document[name] !== undefined) learner[name] = document[name];
  return learner;
}

/** What the correction says, over what the credential says; null takes a member out. */
export function correctedLearner(before: JsonObject, given: JsonObject, timeZone: string): ParseLearnerResult {
  const merged = Object.entries({ ...before, ...given }).filter(([, value]) => value !== null);
  return parseLearner(Object.fromEntries(merged), { timeZone });
}

/** Build and sign the edition that replaces a credential: of its own id and status, awarded when the first one was. */
export async function signEdition(
  db: Executor,
  series: Series,
  place: StatusPlace,
  old: CredentialRow,
  learner: Learner,
  now: Date,
  by: Pick<CredentialRow, 'issued_by' | 'issue_reason'>,
) {
  const document = JSON.parse(signedDocument(old)) as JsonObject;
  const [subject = {}] = toList(document.credentialSubject).filter(isJsonObject);
  const edition: OfEdition = {
    identifiers: toList(subject.identifier).filter(isJsonObject),
    relatedResource: [
      // Digests of files are written anew with the evidence itself.
      ...toList(document.relatedResource)
        .filter(isJsonObject)
        .filter(({ id }) => isNameOfEdition(id)),
      { id: await nameOfEdition(String(document.id), nodeCryptography), digestSRI: sriOf(signedForm(old).content) },
    ],
  };
  // Who it is for is known by what is told anew, else as before: hashed identifiers cannot be read back.
  const named = nameFiles(series.publicUrl, learner);
  const evidence = await findEvidenceFiles(db, series, [named]);
  const signed = await signCredential(series, place, named, {}, now, by, undefined, evidence, edition);
  if (!signed.ok) return signed;
  const { id, email, identifiers } = learner;
  const tellsWho = email !== undefined || identifiers !== undefined || (id !== undefined && id !== subject.id);
  const recipient = tellsWho ? recipientOf(series.masterKey, learner) : (old.recipient ?? signed.credential.recipient);
  // Who accepted the old one need not accept the new one, and reaches it by the same kind of link.
  const { roster_id, claim_state, claimed_at, indexed } = old;
  const credential: CredentialRow = { ...signed.credential, recipient, roster_id, claim_state, claimed_at, indexed };
  return { ...signed, credential, files: filesOf(named) };
}

function sriOf(content: string): string {
  return `sha256-${createHash('sha256').update(content).digest('base64')}`;
}

/** The old editions are revoked for every verifier, and say where the newer one is to those that ask. */
export async function markSuperseded(
  trx: DatabaseTransaction,
  pairs: readonly { old: CredentialRow; edition: CredentialRow }[],
  reason: string,
  now: Date,
): Promise<void> {
  if (pairs.length === 0) return;
  const given = sql.join(pairs.map(({ old, edition }) => sql`(${old.id}::text, ${edition.id}::text)`));
  await sql`
    update credential set state = 'superseded', superseded_by = given.edition, status_reason = ${reason}, status_at = ${now}
    from (values ${given}) as given (old, edition)
    where credential.id = given.old`.execute(trx);
}

/** Are these identifiers the ones that the credential holds? It has them only as hashes, each with its salt. */
export async function holdsSame(
  credential: CredentialRow,
  identifiers: Readonly<Record<string, string>> = {},
): Promise<boolean> {
  const document = JSON.parse(signedDocument(credential)) as JsonObject;
  const [subject = {}] = toList(document.credentialSubject).filter(isJsonObject);
  const held = toList(subject.identifier).filter(isJsonObject);
  for (const [identityType, identifier] of Object.entries(identifiers)) {
    const entry = held.find((one) => one.identityType === identityType);
    if (entry === undefined || typeof entry.salt !== 'string') return false;
    if ((await hashIdentity(identifier, entry.salt, nodeCryptography)) !== entry.identityHash) return false;
  }
  return true;
}

export interface Edition {
  old: CredentialRow;
  edition: CredentialRow;
  /** Of evidence. */
  files: readonly string[];
}

/** Those that would take over files of somebody else's; what the old one had the new one may have. */
export async function findForeignFiles(trx: DatabaseTransaction, editions: readonly Edition[]): Promise<Set<string>> {
  const withFiles = editions.filter(({ files }) => files.length > 0);
  const [first] = withFiles;
  if (first === undefined) return new Set();
  const uses = await trx
    .selectFrom('evidence_use')
    .selectAll()
    .where(
      'credential_id',
      'in',
      withFiles.map(({ old }) => old.id),
    )
    .execute();
  const had = new Set(uses.map(({ credential_id, evidence_id }) => `${credential_id} ${evidence_id}`));
  const claims = withFiles.map(({ old, edition, files }) => ({
    credentialId: edition.id,
    recipient: edition.recipient,
    files: files.filter((file) => !had.has(`${old.id} ${file}`)),
  }));
  return await findRefused(trx, first.edition.issuer_id, claims, true);
}

export const keepFiles = (trx: DatabaseTransaction, editions: readonly Edition[]): Promise<void> =>
  keepUses(
    trx,
    editions.map(({ edition, files }) => ({ credentialId: edition.id, recipient: edition.recipient, files })),
  );

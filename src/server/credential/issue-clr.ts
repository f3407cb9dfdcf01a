import { loadWords } from '../../core/catalogue/load-words.ts';
import { matchRecipient } from '../../core/credential/identity.ts';
import type { Finding } from '../../core/finding.ts';
import { buildClr, type ClrInput } from '../../core/issue/build-clr.ts';
import { isJsonObject, type JsonObject, toList } from '../../core/json/json.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import type { Actor } from '../access/authorize.ts';
import { appendAudit } from '../audit/append.ts';
import { isWrittenTo } from '../claim/letters.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { listDescendants } from '../issuer/store.ts';
import type { Policy } from '../policy/policy.ts';
import { ApiError, phrase } from '../problem.ts';
import { isReal } from '../public-url.ts';
import { allocatePlaces } from '../status-list/allocate.ts';
import { wordsOf } from '../words-of.ts';
import type { IssueDeps } from './issue.ts';
import { digestsOf, keepCredentials } from './keep.ts';
import { openPerson, type Person } from './person.ts';
import { recipientOf } from './recipient.ts';
import type { Dates } from './sign.ts';
import { newCredentialId, newRow, openSigner, signForms, statusOf } from './signer.ts';
import { type CredentialRow, isDelivered, signedDocument, signedForm } from './store.ts';

/** What one record holds at most: signing and checking it grow with it. */
const maximumCredentials = 100;

export interface ClrRequest {
  /** Who it is about, as the credentials were issued to them. */
  learner: ClrInput['learner'];
  /** Which of theirs; all that are in force when none is named. */
  credentials?: readonly string[] | undefined;
  name?: string | undefined;
  description?: string | undefined;
  dates: Dates;
  /** Instead of what the policy says. */
  proof?: Policy['proof'] | undefined;
  reason?: string | undefined;
  /** Write to the learner? Without it, as policy says. */
  deliver?: 'email' | 'none' | undefined;
}

/**
 * Issue a Comprehensive Learner Record (CLR 2.0): credentials that this issuer and its units issued to one learner, each as it was
 * signed, under a signature and a status of its own. It is kept like any other credential, of no achievement.
 */
export async function issueClr(
  deps: IssueDeps,
  actor: Actor,
  request: ClrRequest,
  alongside: (trx: DatabaseTransaction, credential: CredentialRow) => Promise<void> = async () => undefined,
): Promise<{ ok: true; credential: CredentialRow } | { ok: false; findings: Finding[] }> {
  const { db, masterKey, publicUrl } = deps;
  const { issuer } = actor;
  const { dates, reason = '' } = request;
  const recipient = recipientOf(masterKey, request.learner);
  if (recipient === null)
    throw new ApiError('malformed-request', 'Say whose record it is by the e-mail address, id or identifiers.');
  // Tests are for nobody's real record; see public-url.ts.
  const isTest = issuer.sample || !isReal(publicUrl);
  const held = (await listHeld(db, issuer.id, recipient)).filter(({ test }) => isTest || !test);
  const chosen = chooseCredentials(held, request.credentials);
  const people = held.map((credential) => openPerson(masterKey, credential));
  // Whoever did not agree that the name stands in clear is not asked anew by a record.
  const refused = people.some(({ nameConsent }) => nameConsent === false);
  const learner = { ...(refused ? { nameConsent: false } : {}), ...request.learner };
  requireKnownName(people, learner.name);
  for (const credential of chosen) await requireSameLearner(credential, learner);
  const opened = await openSigner(deps, issuer, request.proof);
  if (!opened.ok) return opened;
  const { signer } = opened;
  const [place] = await allocatePlaces(db, issuer.id, 1);
  if (place === undefined) throw new Error('no place was given out');
  const now = deps.now();
  const id = newCredentialId();
  const built = await buildClr(
    {
      issuer: signer.issuer,
      learner,
      credentials: chosen.map((credential) => {
        const { content, contentType } = signedForm(credential);
        return contentType === 'application/vc' ? (JSON.parse(content) as JsonObject) : content;
      }),
      name: request.name ?? (await loadWords(signer.policy.language)).kindNames.ClrCredential,
      description: request.description,
      partial: chosen.length < held.length,
    },
    {
      cryptography: nodeCryptography,
      now,
      id: `${publicUrl}/credentials/${id}`,
      learnerName: signer.policy.learnerName,
      // A VC-JWT names its subject (Open Badges 3.0 §8.2.4).
      subjectId: signer.signing.jwt !== null,
      credentialStatus: statusOf(signer, place),
      ...dates,
    },
  );
  if (!built.ok) return built;
  const signed = await signForms(signer, built.credential, now);
  if (!signed.ok) return signed;
  const by = { issued_by: actor.name, issue_reason: reason };
  const credential = newRow(signer, signed.forms, { id, place, learner, now, by });
  const ids = chosen.map((one) => one.id);
  await db.transaction().execute(async (trx) => {
    await holdCredentials(trx, ids);
    await keepCredentials(trx, deps, [credential], isWrittenTo(signer.policy, request.deliver));
    const act = { actor: actor.name, action: 'credential.issue', subject: id, reason };
    await appendAudit(trx, { chain: issuer.id, ...act, detail: { ...digestsOf(credential), holds: ids } }, now);
    await alongside(trx, credential);
  });
  return { ok: true, credential };
}

/** What a learner holds of an issuer and its units, in the order of issue; records are not put into records. */
async function listHeld(db: Database, issuerId: string, recipient: string): Promise<CredentialRow[]> {
  const issuers = (await listDescendants(db, issuerId)).map(({ id }) => id);
  return await db
    .selectFrom('credential')
    .selectAll()
    .where('recipient', '=', recipient)
    .where('state', 'in', ['active', 'suspended'])
    // Recipients are found by achievement, see `findHeld`.
    .where('achievement_id', 'in', (query) =>
      query.selectFrom('achievement').select('id').where('issuer_id', 'in', issuers),
    )
    .where('issuer_id', 'in', issuers)
    .orderBy('issued_at')
    .orderBy('id')
    .execute();
}

/** Whoever puts a record together vouches that what is in it holds today: nothing suspended, taken down or declined goes in. */
const mayStand = (credential: CredentialRow) =>
  credential.state === 'active' && isDelivered(credential) && credential.claim_state !== 'declined';

function chooseCredentials(held: readonly CredentialRow[], wanted: readonly string[] | undefined): CredentialRow[] {
  const chosen = wanted === undefined ? held.filter(mayStand) : [...new Set(wanted)].map((id) => findHeld(held, id));
  if (chosen.length === 0)
    throw new ApiError('conflict', 'This learner holds no credential of this issuer or its units that is in force.');
  if (chosen.length > maximumCredentials)
    throw new ApiError(
      'conflict',
      phrase`A record holds at most ${maximumCredentials} credentials. Say which with "credentials".`,
    );
  return chosen;
}

function findHeld(held: readonly CredentialRow[], id: string): CredentialRow {
  const found = held.find((credential) => credential.id === id);
  if (found === undefined)
    throw new ApiError('not-found', 'This learner holds no such credential in force.', { credential: id });
  if (!mayStand(found))
    throw new ApiError('conflict', 'This credential is suspended, taken down or declined.', { credential: id });
  return found;
}

/** A name that none of their credentials bears is most likely that of somebody else, found under a wrong address. */
function requireKnownName(people: readonly Person[], name: string | undefined): void {
  const asked = new Set(wordsOf(name ?? null));
  const named = people.map((known) => new Set(wordsOf(known.name ?? null))).filter(({ size }) => size > 0);
  if (asked.size === 0 || named.length === 0) return;
  // A middle name more or less is the same name.
  if (!named.some((words) => within(words, asked) || within(asked, words)))
    throw new ApiError('conflict', 'The credentials of this learner were issued under another name.');
}

const within = (words: ReadonlySet<string>, others: ReadonlySet<string>) =>
  [...words].every((word) => others.has(word));

/**
 * They were found by one thing that is known of the learner; whatever else the record says of them, no credential in it may say
 * otherwise: else it would show one learner's credentials as those of another.
 */
async function requireSameLearner(credential: CredentialRow, { id, identifiers = {} }: ClrInput['learner']) {
  const document = JSON.parse(signedDocument(credential)) as JsonObject;
  const [subject] = toList(document.credentialSubject);
  if (!isJsonObject(subject)) return;
  const says = (type: string) =>
    toList(subject.identifier).some((one) => isJsonObject(one) && one.identityType === type);
  const differs = async ([type, value]: [string, string]) =>
    says(type) && !(await matchRecipient(document, { type, value }, nodeCryptography));
  // A VC-JWT of a learner without an id has one made up.
  const hasId = typeof subject.id === 'string' && !subject.id.startsWith('urn:uuid:');
  const found = await Promise.all(Object.entries(identifiers).map(differs));
  if ((id !== undefined && hasId && subject.id !== id) || found.includes(true))
    throw new ApiError('conflict', 'This credential is about a learner with another id or identifier.', {
      credential: credential.id,
    });
}

/** None of them is erased or taken back until the record is kept: who erases the learner then finds the record as well. */
async function holdCredentials(trx: DatabaseTransaction, ids: readonly string[]): Promise<void> {
  const kept = await trx.selectFrom('credential').selectAll().where('id', 'in', ids).orderBy('id').forShare().execute();
  if (kept.filter(mayStand).length < ids.length)
    throw new ApiError('conflict', 'These credentials changed. Ask again.');
}

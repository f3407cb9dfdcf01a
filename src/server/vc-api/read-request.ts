import type { Finding } from '../../core/finding.ts';
import { type Learner, parseLearner } from '../../core/issue/learner.ts';
import { canonicalJson } from '../../core/json/canonical-json.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../../core/json/json.ts';
import { toPointer } from '../../core/json/pointer.ts';

export type ReadRequest =
  | { ok: true; achievementId: string; learner: Learner; content: JsonObject }
  | { ok: false; findings: Finding[] };

/** Of the subject, as a learner has them. */
const ofSubject = [
  ...['id', 'result', 'narrative', 'activityStartDate', 'activityEndDate', 'creditsEarned', 'licenseNumber'],
  ...['role', 'term', 'source'],
];
const ofCredential = ['evidence', 'awardedDate', 'validFrom', 'validUntil'];
const types = ['VerifiableCredential', 'OpenBadgeCredential', 'AchievementCredential'];
/** Of the achievement; compared with the approved version by `differsFrom`. */
const fromAchievement = ['name', 'description', 'image'];

/** What a client may not say. */
export const notOurs = (tokens: string[], name: string): Finding => ({
  code: 'vc-api-member-not-ours',
  severity: 'error',
  pointer: toPointer(tokens),
  params: { name },
});

/**
 * A credential as a client of the VC-API sends it, read as what an issuer issues: one of its approved achievements, to one
 * learner. What the issuer writes itself (id, status, proof) is refused rather than replaced, and so is another issuer.
 */
export function readIssueRequest(credential: JsonObject, issuer: string, achievements: string): ReadRequest {
  const findings: Finding[] = [];
  const refuse = (code: Finding['code'], tokens: (string | number)[], params: Finding['params'] = {}) => {
    findings.push({ code, severity: 'error', pointer: toPointer(tokens), params });
  };
  const named = isJsonObject(credential.issuer) ? credential.issuer.id : credential.issuer;
  if (named !== issuer) refuse('vc-api-issuer-not-ours', ['issuer'], { issuer });
  const known = ['@context', 'type', 'issuer', 'credentialSubject', ...ofCredential, ...fromAchievement];
  for (const name of Object.keys(credential)) if (!known.includes(name)) findings.push(notOurs([name], name));
  for (const type of toList(credential.type))
    if (!types.includes(String(type))) findings.push(notOurs(['type'], String(type)));
  const subject = credential.credentialSubject;
  if (!isJsonObject(subject)) {
    refuse('vc-api-request-malformed', ['credentialSubject'], { pointer: '/credential/credentialSubject' });
    return { ok: false, findings };
  }
  for (const name of Object.keys(subject))
    if (!['type', 'achievement', 'identifier', ...ofSubject].includes(name))
      findings.push(notOurs(['credentialSubject', name], name));
  const achievement = isJsonObject(subject.achievement) ? subject.achievement : { id: subject.achievement ?? '' };
  const { id, type: _, ...content } = achievement;
  if (typeof id !== 'string' || !id.startsWith(achievements))
    refuse('vc-api-request-malformed', ['credentialSubject', 'achievement', 'id'], {
      pointer: '/credential/credentialSubject/achievement/id',
    });
  const given = {
    ...pick(subject, ofSubject),
    ...pick(credential, ofCredential),
    ...readIdentifiers(subject.identifier),
  };
  const read = parseLearner(given);
  if (!read.ok) findings.push(...read.findings);
  if (findings.length > 0 || !read.ok) return { ok: false, findings };
  return {
    ok: true,
    achievementId: String(id).slice(achievements.length),
    learner: read.learner,
    content: { ...pick(credential, fromAchievement), ...content },
  };
}

/** Members of the achievement that were sent and are not as they were approved. */
export function differsFrom(approved: JsonObject, content: JsonObject): Finding[] {
  return Object.entries(content)
    .filter(([name, value]) => canonicalJson(value) !== canonicalJson(approved[name] ?? null))
    .map(([name]) => notOurs(['credentialSubject', 'achievement', name], name));
}

/** Identifiers in clear: they are hashed here, as the issuer's policy says. */
function readIdentifiers(identifier: JsonValue | undefined): JsonObject {
  const found: JsonObject = {};
  const others: JsonObject = {};
  for (const entry of toList(identifier).filter(isJsonObject)) {
    const { hashed, identityHash = null, identityType } = entry;
    // A hash says nothing that could be hashed again: as a member that no learner has, it is refused.
    if (hashed === true) found.identityHash = identityHash;
    else if (identityType === 'name') found.name = identityHash;
    else if (identityType === 'emailAddress') found.email = identityHash;
    else others[String(identityType)] = identityHash;
  }
  return Object.keys(others).length === 0 ? found : { ...found, identifiers: others };
}

function pick(source: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => (source[name] === undefined ? [] : [[name, listed(name, source[name])]])),
  ) as JsonObject;
}

/** One object may stand where a list may. */
const listed = (name: string, value: JsonValue): JsonValue =>
  name === 'result' || name === 'evidence' ? [...toList(value)] : value;

import { hashIdentity } from '../credential/identity.ts';
import type { Cryptography } from '../cryptography.ts';
import type { Finding, FindingCode } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, showJson, toList } from '../json/json.ts';
import { toPointer } from '../json/pointer.ts';
import type { MasteryConditions } from './check-mastery.ts';
import type { ClassToken } from './class-token.ts';
import { type EvidenceFiles, placeEvidence } from './evidence.ts';
import type { Gate, GateOutcome } from './gate.ts';
import type { Learner } from './learner.ts';
import { listContexts } from './list-contexts.ts';
import { resultFromText } from './result-text.ts';

export interface BuildInput {
  /** An Achievement (Open Badges 3.0), the same for every learner. */
  achievement: JsonObject;
  /** A Profile with the issuer's `id`. */
  issuer: JsonObject;
  learner: Learner;
}

/** What is chosen for a credential of any kind. */
export interface IdentityOptions {
  cryptography: Cryptography;
  /** How the name stands: in clear, as a salted hash, or in clear for those who agreed. Default `clear`. */
  learnerName?: 'clear' | 'hashed' | 'with-consent';
  /** Give a subject without an id a `urn:uuid:`, as a VC-JWT needs for its `sub` (Open Badges 3.0 §8.2.4). */
  subjectId?: boolean;
  /** IdentityObjects of an earlier edition, for what the learner does not give anew: a hash cannot be made again. */
  identifiers?: readonly JsonObject[];
}

export interface BuildOptions extends MasteryConditions, IdentityOptions {
  now: Date;
  /** For learners who have none of their own: ISO 8601 with a zone. */
  validFrom?: string;
  validUntil?: string;
  /** The credential's own id, a URL. Default: a random `urn:uuid:`. */
  id?: string;
  /** Where its status stands. */
  credentialStatus?: readonly JsonObject[];
  /** The class that the credential must support. Default: none is asked. */
  gate?: Gate | null | undefined;
  /** Write the draft type of the class that it supports. Default: no such type is written. */
  classToken?: ClassToken | null | undefined;
  refreshService?: JsonObject;
  relatedResource?: readonly JsonObject[];
  /** Files that the learner's evidence may refer to. */
  evidenceFiles?: EvidenceFiles;
}

export type BuildResult =
  | {
      ok: true;
      credential: JsonObject /** How it falls short of the gate; null when it passes. */;
      gate: GateOutcome | null;
    }
  | { ok: false; findings: Finding[] };

/** What belongs to one learner; an achievement that holds it would hand it to every learner. */
const learnerMembers = ['result', 'evidence', 'awardedDate', 'activityStartDate', 'activityEndDate', 'creditsEarned'];

/** Faults of an achievement as a template, pointers into its file. Its data model is checked with the built credential. */
export function checkAchievement(value: JsonValue): Finding[] {
  const fault = (code: FindingCode, pointer: string, params?: Finding['params']): Finding => ({
    code,
    severity: 'error',
    pointer,
    ...(params === undefined ? {} : { params }),
  });
  if (!isJsonObject(value)) return [fault('issue-file-not-object', '', { what: 'achievement' })];
  if (isJsonObject(value.credentialSubject) || toList(value.type).includes('VerifiableCredential'))
    return [fault('issue-achievement-is-credential', '')];
  return learnerMembers
    .filter((name) => Object.hasOwn(value, name))
    .map((name) => fault('issue-achievement-holds-learner-data', toPointer([name]), { name }));
}

/**
 * The unsigned credential for one learner (Open Badges 3.0 §3; framework.md §7). Results and evidence are the learner's
 * own; e-mail and other identifiers are hashed with a salt each. Contexts that the achievement or the issuer bring in their
 * own `@context` follow the two fixed ones.
 */
export async function buildFromAchievement(input: BuildInput, options: BuildOptions): Promise<BuildResult> {
  const { achievement, issuer, learner } = input;
  const placed = placeEvidence(learner, options.evidenceFiles ?? new Map());
  const findings = [...checkAchievement(achievement), ...checkResults(achievement, learner), ...placed.findings];
  if (!isJsonObject(issuer) || typeof issuer.name !== 'string')
    findings.push({ code: 'issue-issuer-name-missing', severity: 'error', pointer: '' });
  const who = await buildIdentity(learner, options);
  if (!who.ok) findings.push(...who.findings);
  if (findings.length > 0 || !who.ok) return { ok: false, findings };

  const { '@context': achievementContexts, ...content } = achievement;
  const { '@context': issuerContexts, ...profile } = issuer;
  const carried = (options.relatedResource ?? []).filter(
    ({ id }) => !placed.relatedResource.some((resource) => resource.id === id),
  );
  const related = [...placed.relatedResource, ...carried];
  const validFrom = learner.validFrom ?? options.validFrom ?? seconds(options.now);
  const subject = {
    id: who.identity.id,
    type: ['AchievementSubject'],
    identifier: who.identity.identifier,
    activityStartDate: learner.activityStartDate,
    activityEndDate: learner.activityEndDate,
    creditsEarned: learner.creditsEarned,
    licenseNumber: learner.licenseNumber,
    role: learner.role,
    term: learner.term,
    narrative: learner.narrative,
    source: learner.source,
    result: learner.result?.map((result) => withType(result, 'Result')),
    achievement: withType(content, 'Achievement'),
  };
  const credential = {
    '@context': listContexts(
      {
        achievement: content,
        issuer: profile,
        learner,
        status: options.credentialStatus,
        refresh: options.refreshService,
      },
      achievementContexts,
      issuerContexts,
    ),
    id: options.id ?? `urn:uuid:${uuid(options.cryptography)}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: content.name,
    description: content.description,
    image: content.image,
    issuer: withType(profile, 'Profile'),
    awardedDate: learner.awardedDate ?? validFrom,
    validFrom,
    validUntil: learner.validUntil ?? options.validUntil,
    credentialSubject: present(subject),
    evidence: placed.evidence?.map((evidence) => withType(evidence, 'Evidence')),
    credentialStatus: options.credentialStatus === undefined ? undefined : [...options.credentialStatus],
    refreshService: options.refreshService,
    relatedResource: related.length > 0 ? related : undefined,
  };
  return { ok: true, credential: present(credential), gate: null };
}

/** Each result must be readable on a scale that the achievement has, else it says nothing to anybody. */
function checkResults(achievement: JsonObject, { result = [] }: Learner): Finding[] {
  const descriptions = toList(achievement.resultDescription).filter(isJsonObject);
  return result.flatMap((entry, index): Finding[] => {
    const fault = (name: string, code: FindingCode, params: Finding['params'] = {}): Finding[] => [
      { code, severity: 'error', pointer: toPointer(['result', index, name]), params },
    ];
    const description = descriptions.find(({ id }) => id === entry.resultDescription);
    if (description === undefined)
      return fault('resultDescription', 'issue-result-link-unknown', {
        value: showJson(entry.resultDescription ?? '–'),
      });
    const levels = toList(description.rubricCriterionLevel).filter(isJsonObject);
    if (entry.achievedLevel !== undefined && !levels.some(({ id }) => id === entry.achievedLevel))
      return fault('achievedLevel', 'issue-level-unknown', {
        value: showJson(entry.achievedLevel),
        scale: showJson(description.name ?? ''),
        possible: levels.map(({ name }) => showJson(name)).join(', '),
      });
    if (typeof entry.value !== 'string' || entry.achievedLevel !== undefined) return [];
    const read = resultFromText(description, entry.value);
    return read.ok ? [] : fault('value', read.code, read.params);
  });
}

/** Who a subject is: by an id, by identifiers, or both. */
export async function buildIdentity(
  learner: Learner,
  options: IdentityOptions,
): Promise<{ ok: true; identity: { id?: string; identifier?: JsonObject[] } } | { ok: false; findings: Finding[] }> {
  const identifier = await identifiers(learner, options);
  if (learner.id === undefined && identifier.length === 0)
    return { ok: false, findings: [{ code: 'issue-learner-unidentified', severity: 'error', pointer: '' }] };
  const id = learner.id ?? (options.subjectId ? `urn:uuid:${uuid(options.cryptography)}` : undefined);
  return {
    ok: true,
    identity: { ...(id === undefined ? {} : { id }), ...(identifier.length === 0 ? {} : { identifier }) },
  };
}

async function identifiers(learner: Learner, options: IdentityOptions): Promise<JsonObject[]> {
  const { cryptography, learnerName = 'clear', identifiers: kept = [] } = options;
  const list: JsonObject[] = [];
  const { name, nameConsent } = learner;
  const isClear = nameConsent !== false && (learnerName === 'clear' || (learnerName === 'with-consent' && nameConsent));
  if (name !== undefined && isClear)
    list.push({ type: 'IdentityObject', hashed: false, identityHash: name, identityType: 'name' });
  const hashed = {
    ...(name === undefined || isClear ? {} : { name }),
    ...(learner.email === undefined ? {} : { emailAddress: learner.email }),
    ...learner.identifiers,
  };
  for (const [identityType, identifier] of Object.entries(hashed)) {
    // A salt of its own for each, so that equal identifiers do not show across credentials.
    const salt = hex(cryptography.randomBytes(16));
    list.push({
      type: 'IdentityObject',
      hashed: true,
      identityHash: await hashIdentity(identifier, salt, cryptography),
      identityType,
      salt,
    });
  }
  const given = new Set(list.map(({ identityType }) => identityType));
  return [...list, ...kept.filter(({ identityType }) => !given.has(identityType ?? null))];
}

/** The object with the type that its place asks for, first, in a list. */
export function withType(value: JsonObject, type: string): JsonObject {
  const types = toList(value.type).filter((entry) => entry !== type);
  return { ...(value.id === undefined ? {} : { id: value.id }), ...value, type: [type, ...types] };
}

/** Without members that are undefined. */
export function present(value: Record<string, JsonValue | undefined>): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as JsonObject;
}

export function seconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A random UUID, version 4. */
function uuid(cryptography: Cryptography): string {
  const bytes = cryptography.randomBytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const text = hex(bytes);
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}

import type { Finding } from '../finding.ts';
import type { JsonObject, JsonValue } from '../json/json.ts';
import { contextUrl } from '../json-ld/contexts.ts';
import type { AuthoredAchievement, LearnerFields, LearnerResult } from './authored-fields.ts';
import { compareDecimals, parseDecimal } from './decimal.ts';
import { asText, buildAchievement, buildAlignments, buildImage } from './embed-map.ts';
import { compact, FieldChecks, type Tokens } from './field-checks.ts';

export interface BuildFromFieldsOptions {
  /** Write the draft class token (framework.md §1). Only where the institution has switched it on. */
  classToken?: 'Application' | 'Knowledge' | undefined;
  /** List the Open Badges schema; needs the extensions context. Default true. */
  listSchema?: boolean | undefined;
}

export interface BuiltCredential {
  /** An unsigned OpenBadgeCredential in canonical form. */
  credential: JsonObject;
  /** Pointers into the achievement's fields. */
  achievementFindings: Finding[];
  /** Pointers into the learner's fields. */
  learnerFindings: Finding[];
}

/**
 * Build one learner's credential from what the author and the learner's record say (framework.md §7). Results and evidence
 * come from the learner's fields alone. Findings of severity error say why it must not be issued.
 */
export function buildCredentialFromFields(
  fields: AuthoredAchievement,
  learner: LearnerFields,
  { classToken, listSchema = true }: BuildFromFieldsOptions = {},
): BuiltCredential {
  const built = buildAchievement(fields);
  const checks = new FieldChecks();
  checkLearner(learner, checks);
  const { assessor } = learner;
  const subject = compact({
    id: learner.id,
    type: ['AchievementSubject'],
    identifier: (learner.identifiers ?? []).map((identifier) => compact({ type: 'IdentityObject', ...identifier })),
    activityStartDate: learner.activityStartDate,
    activityEndDate: learner.activityEndDate,
    creditsEarned: learner.creditsEarned,
    role: learner.role,
    term: learner.term,
    source: assessor && compact({ id: assessor.id, type: ['Profile'], name: assessor.name, url: assessor.url }),
    narrative: learner.narrative,
    result: (learner.results ?? []).map((result, index) => buildResult(result, ['results', index], fields, checks)),
    achievement: built.achievement,
  });
  const contexts: JsonValue[] = [contextUrl.credentials2, contextUrl.openBadges303];
  if (classToken !== undefined) contexts.push(contextUrl.trustedDraft);
  if (listSchema) contexts.push(contextUrl.openBadgesExtensions);
  const credential = compact({
    '@context': [...contexts, ...built.contexts],
    id: learner.credentialId,
    type: [
      'VerifiableCredential',
      'OpenBadgeCredential',
      ...(classToken ? [`1EdTechTrustEd${classToken}Credential`] : []),
    ],
    name: fields.name,
    image: buildImage(fields.image),
    issuer: built.issuer,
    awardedDate: learner.awardedDate,
    validFrom: learner.validFrom,
    validUntil: learner.validUntil,
    credentialSubject: subject,
    evidence: (learner.evidence ?? []).map(({ id, name, description, genre, audience, narrative }) =>
      compact({ id, type: ['Evidence'], name, description, genre, audience, narrative }),
    ),
    endorsement: [...(learner.endorsements ?? [])],
    endorsementJwt: [...(learner.endorsementJwts ?? [])],
    credentialSchema: listSchema
      ? [
          {
            id: 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json',
            type: '1EdTechJsonSchemaValidator2019',
          },
        ]
      : undefined,
  });
  return { credential, achievementFindings: built.findings, learnerFindings: checks.findings };
}

function checkLearner(learner: LearnerFields, checks: FieldChecks): void {
  checks.uri(learner.credentialId, ['credentialId']);
  if (!learner.id && !learner.identifiers?.length) checks.add('field-required', ['id']);
  if (learner.id !== undefined)
    if (learner.id.startsWith('mailto:') || /^[^:\s]+@/.test(learner.id)) checks.add('field-email-plain', ['id']);
    else checks.uri(learner.id, ['id']);
  for (const [index, { identityType, identityHash, hashed }] of (learner.identifiers ?? []).entries())
    if (!hashed && (identityType === 'emailAddress' || /^[^\s@]+@[^\s@]+$/.test(identityHash)))
      checks.add('field-email-plain', ['identifiers', index]);
  if (!learner.validFrom) checks.add('field-required', ['validFrom']);
  for (const name of ['awardedDate', 'validFrom', 'validUntil', 'activityStartDate', 'activityEndDate'] as const)
    checks.instant(learner[name], [name]);
  checks.positive(learner.creditsEarned, ['creditsEarned']);
  checks.optionalText(learner.narrative, ['narrative']);
  if (learner.assessor !== undefined) {
    checks.uri(learner.assessor.id, ['assessor', 'id']);
    checks.text(learner.assessor.name, ['assessor', 'name']);
  }
  for (const [index, { id }] of (learner.evidence ?? []).entries()) checks.evidence(id, ['evidence', index, 'id']);
  for (const [index, endorsement] of (learner.endorsements ?? []).entries())
    if (!endorsement.credentialSubject || !endorsement.issuer || !endorsement.proof)
      checks.add('field-endorsement-stub', ['endorsements', index]);
  for (const [index, jwt] of (learner.endorsementJwts ?? []).entries())
    if (!/^[\w-]+\.[\w-]*\.[\w-]+$/.test(jwt)) checks.add('field-endorsement-stub', ['endorsementJwts', index]);
}

function buildResult(
  result: LearnerResult,
  at: Tokens,
  { scales = [] }: AuthoredAchievement,
  checks: FieldChecks,
): JsonObject {
  const scale = scales.find(({ id }) => id === result.scale);
  const value = asText(result.value);
  if (scale === undefined) checks.add('field-scale-unknown', [...at, 'scale']);
  else {
    if (result.achievedLevel !== undefined && !scale.levels?.some(({ id }) => id === result.achievedLevel))
      checks.add('field-level-unknown', [...at, 'achievedLevel'], { value: result.achievedLevel });
    const allowed = scale.allowedValue ?? [];
    if (value !== undefined && allowed.length > 0 && !allowed.includes(value))
      checks.add('field-value-not-allowed', [...at, 'value'], { value });
    if (value !== undefined && (scale.valueMin !== undefined || scale.valueMax !== undefined)) {
      checks.decimal(value, [...at, 'value']);
      const [number, low, high] = [value, scale.valueMin, scale.valueMax].map(parseDecimal);
      if (number && ((low && compareDecimals(number, low) < 0) || (high && compareDecimals(number, high) > 0)))
        checks.add('field-bounds', [...at, 'value']);
    }
  }
  if (value === undefined && result.achievedLevel === undefined && result.status === undefined)
    checks.add('field-required', [...at, 'value']);
  checks.alignments(result.alignments, [...at, 'alignments'], []);
  return compact({
    type: ['Result'],
    resultDescription: result.scale,
    value,
    achievedLevel: result.achievedLevel,
    status: result.status,
    alignment: buildAlignments(result.alignments),
  });
}

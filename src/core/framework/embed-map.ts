import type { Finding } from '../finding.ts';
import type { JsonObject, JsonValue } from '../json/json.ts';
import { contextUrl } from '../json-ld/contexts.ts';
import type {
  AuthoredAchievement,
  AuthoredAlignment,
  AuthoredImage,
  AuthoredIssuer,
  AuthoredLevel,
  AuthoredScale,
} from './authored-fields.ts';
import { compareDecimals, parseDecimal } from './decimal.ts';
import { compact, FieldChecks, type Tokens } from './field-checks.ts';

/** schema.org's term for effort has no published context of its own. */
export const timeRequiredContext: JsonObject = { timeRequired: 'https://schema.org/timeRequired' };

export interface BuiltAchievement {
  achievement: JsonObject;
  issuer: JsonObject;
  /** Extension contexts that these parts need, in order; V and O come before them. */
  contexts: JsonValue[];
  /** What stands in the way, with pointers into the fields. None of severity error may be issued. */
  findings: Finding[];
}

const achievementTypes = [
  ...['Achievement', 'ApprenticeshipCertificate', 'Assessment', 'Assignment', 'AssociateDegree', 'Award', 'Badge'],
  ...['BachelorDegree', 'Certificate', 'CertificateOfCompletion', 'Certification', 'CommunityService', 'Competency'],
  ...['Course', 'CoCurricular', 'Degree', 'Diploma', 'DoctoralDegree', 'Fieldwork', 'GeneralEducationDevelopment'],
  ...['JourneymanCertificate', 'LearningProgram', 'License', 'Membership', 'ProfessionalDoctorate'],
  ...['QualityAssuranceCredential', 'MasterCertificate', 'MasterDegree', 'MicroCredential', 'ResearchDoctorate'],
  'SecondarySchoolDiploma',
];
const duration = /^P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+(\.\d+)?H)?(\d+M)?(\d+S)?)?$/;
const language = /^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/;

/**
 * Write what an author typed into the places that Open Badges 3.0 and its published extensions give it (framework.md §7).
 * What has no valid place, or stands in the "never" column, is a finding; nothing private is ever written.
 */
export function buildAchievement(fields: AuthoredAchievement): BuiltAchievement {
  const checks = new FieldChecks();
  checkAchievement(fields, checks);
  const assessed = fields.scales?.some(({ assessment }) => assessment !== undefined) ?? false;
  const issuer = buildIssuer(fields.issuer, checks);
  const achievement = compact({
    id: fields.id,
    type: ['Achievement'],
    name: fields.name,
    description: fields.description,
    achievementType: fields.achievementType,
    humanCode: fields.code,
    version: fields.version,
    inLanguage: fields.language,
    fieldOfStudy: fields.subject,
    timeRequired: fields.effort,
    creditsAvailable: fields.credit,
    image: buildImage(fields.image),
    criteria: compact({ id: fields.criteria?.id, narrative: fields.criteria?.narrative }),
    alignment: buildAlignments(fields.alignments),
    tag: [...(fields.tags ?? [])],
    resultDescription: (fields.scales ?? []).map((scale, index) =>
      buildScale(scale, ['scales', index], fields, checks),
    ),
  });
  const contexts: JsonValue[] = [];
  if ('accreditations' in issuer) contexts.push(contextUrl.accreditation);
  if (assessed) contexts.push(contextUrl.assessment);
  if (fields.effort !== undefined) contexts.push(timeRequiredContext);
  return { achievement, issuer, contexts, findings: checks.findings };
}

function checkAchievement(fields: AuthoredAchievement, checks: FieldChecks): void {
  checks.uri(fields.id, ['id']);
  checks.text(fields.name, ['name']);
  checks.text(fields.description, ['description']);
  if (!fields.achievementType) checks.add('field-required', ['achievementType']);
  else if (!achievementTypes.includes(fields.achievementType) && !/^ext:[A-Za-z0-9._-]+$/.test(fields.achievementType))
    checks.add('field-achievement-type', ['achievementType'], { value: fields.achievementType });
  for (const name of ['code', 'subject', 'version'] as const) checks.optionalText(fields[name], [name]);
  checks.matches(fields.language, language, 'field-language', ['language']);
  // Weeks do not combine with hours, and calendar weeks are no effort.
  checks.matches(fields.effort, duration, 'field-duration', ['effort']);
  checks.positive(fields.credit, ['credit']);
  checkImage(fields.image, ['image'], checks);
  checkCriteria(fields, checks);
  checks.alignments(fields.alignments, ['alignments'], [fields.id, fields.criteria?.id]);
  if ('evidence' in fields) checks.add('field-evidence-repeated', ['evidence']);
}

function checkCriteria({ criteria }: AuthoredAchievement, checks: FieldChecks): void {
  if (criteria?.narrative) checks.text(criteria.narrative, ['criteria', 'narrative']);
  else checks.add(criteria?.id ? 'field-criteria-link-only' : 'field-required', ['criteria', 'narrative']);
  if (criteria?.id !== undefined) checks.web(criteria.id, ['criteria', 'id']);
}

function checkImage(image: AuthoredImage | undefined, at: Tokens, checks: FieldChecks): void {
  if (image === undefined) return;
  checks.uri(image.id, [...at, 'id']);
  if (!image.caption?.trim()) checks.add('field-image-caption', [...at, 'caption'], {}, 'warning');
}

/** An image with its caption, OB 3.0 class Image. */
export function buildImage(image: AuthoredImage | undefined): JsonObject | undefined {
  return image && compact({ id: image.id, type: 'Image', caption: image.caption?.trim() ? image.caption : undefined });
}

function buildIssuer(issuer: AuthoredIssuer, checks: FieldChecks): JsonObject {
  if (typeof issuer !== 'object' || issuer === null || (!issuer.name && !issuer.url)) {
    checks.add('field-issuer-uri-only', ['issuer']);
    return compact({ id: typeof issuer === 'string' ? issuer : issuer?.id, type: ['Profile'] });
  }
  checks.uri(issuer.id, ['issuer', 'id']);
  checks.text(issuer.name, ['issuer', 'name']);
  checks.web(issuer.url, ['issuer', 'url']);
  checks.optionalText(issuer.description, ['issuer', 'description']);
  checks.matches(issuer.country, /^[A-Z]{2}$/, 'field-country', ['issuer', 'country']);
  checkImage(issuer.image, ['issuer', 'image'], checks);
  const accreditations = (issuer.accreditations ?? []).map((entry, index) => {
    const at = ['issuer', 'accreditations', index];
    checks.uri(entry.id, [...at, 'id']);
    checks.text(entry.name, [...at, 'name']);
    checks.text(entry.contactInstructions, [...at, 'contactInstructions']);
    if (entry.url !== undefined) checks.web(entry.url, [...at, 'url']);
    checks.day(entry.accreditationDate, [...at, 'accreditationDate']);
    const { id, name, url, contactInstructions, areaServed, accreditationDate, educationalSector } = entry;
    const type = ['Profile', 'AccreditationProfile'];
    return compact({ id, type, name, url, contactInstructions, areaServed, accreditationDate, educationalSector });
  });
  const placed = issuer.country !== undefined || issuer.region !== undefined;
  return compact({
    id: issuer.id,
    type: accreditations.length > 0 ? ['Profile', 'IssuerAccreditationProfile'] : ['Profile'],
    name: issuer.name,
    url: issuer.url,
    description: issuer.description,
    email: issuer.email,
    image: buildImage(issuer.image),
    address: placed
      ? compact({ type: ['Address'], addressCountryCode: issuer.country, addressRegion: issuer.region })
      : undefined,
    accreditations,
  });
}

/** Alignments as OB 3.0 writes them. */
export function buildAlignments(alignments: readonly AuthoredAlignment[] | undefined): JsonObject[] {
  return (alignments ?? []).map(
    ({ targetName, targetUrl, targetDescription, targetFramework, targetCode, targetType }) =>
      compact({
        type: ['Alignment'],
        targetName,
        targetUrl,
        targetDescription,
        targetFramework,
        targetCode,
        targetType,
      }),
  );
}

function buildScale(scale: AuthoredScale, at: Tokens, fields: AuthoredAchievement, checks: FieldChecks): JsonObject {
  checkScale(scale, at, fields, checks);
  const { assessment } = scale;
  return compact({
    id: scale.id,
    type: assessment ? ['ResultDescription', 'AssessmentResultDescription'] : ['ResultDescription'],
    name: scale.name,
    resultType: scale.resultType,
    description: scale.description,
    ...(assessment && {
      assessmentType: assessment.type,
      assessmentOutput: assessment.output,
      hasGroupParticipation: assessment.groupParticipation ?? false,
      hasGroupEvaluation: assessment.groupEvaluation ?? false,
      evaluationMethod: assessment.evaluationMethod,
      assessmentEvaluation: assessment.evaluation,
    }),
    valueMin: asText(scale.valueMin),
    valueMax: asText(scale.valueMax),
    requiredValue: asText(scale.requiredValue),
    allowedValue: [...(scale.allowedValue ?? [])],
    requiredLevel: scale.requiredLevel,
    rubricCriterionLevel: buildLevels(scale.levels ?? [], at, checks),
    alignment: buildAlignments(scale.alignments),
  });
}

function checkScale(scale: AuthoredScale, at: Tokens, fields: AuthoredAchievement, checks: FieldChecks): void {
  checks.uri(scale.id, [...at, 'id']);
  checks.text(scale.name, [...at, 'name']);
  checks.text(scale.resultType, [...at, 'resultType']);
  checks.optionalText(scale.description, [...at, 'description']);
  const { assessment } = scale;
  if (assessment !== undefined) {
    checks.text(assessment.output, [...at, 'assessment', 'output']);
    if (!assessment.evaluationMethod?.trim())
      checks.add('field-assessment-method', [...at, 'assessment', 'evaluationMethod']);
    if (assessment.evaluation !== undefined) checks.web(assessment.evaluation, [...at, 'assessment', 'evaluation']);
  }
  const numeric = scale.valueMin !== undefined || scale.valueMax !== undefined;
  const kinds = [numeric, (scale.allowedValue?.length ?? 0) > 0, (scale.levels?.length ?? 0) > 0];
  if (kinds.filter(Boolean).length > 1) checks.add('field-scale-mixed', at);
  checks.decimal(scale.valueMin, [...at, 'valueMin']);
  checks.decimal(scale.valueMax, [...at, 'valueMax']);
  if (numeric) checkBounds(scale, at, checks);
  const allowed = scale.allowedValue ?? [];
  if (allowed.length > 0 && scale.requiredValue !== undefined && !allowed.includes(String(scale.requiredValue)))
    checks.add('field-value-not-allowed', [...at, 'requiredValue'], { value: String(scale.requiredValue) });
  if (scale.requiredLevel !== undefined && !scale.levels?.some(({ id }) => id === scale.requiredLevel))
    checks.add('field-level-unknown', [...at, 'requiredLevel'], { value: scale.requiredLevel });
  checks.alignments(scale.alignments, [...at, 'alignments'], [fields.id, fields.criteria?.id]);
}

function checkBounds({ valueMin, valueMax, requiredValue }: AuthoredScale, at: Tokens, checks: FieldChecks): void {
  checks.decimal(requiredValue, [...at, 'requiredValue']);
  const chain = [valueMin, requiredValue, valueMax].flatMap((value) => parseDecimal(value) ?? []);
  const [low, high] = [parseDecimal(valueMin), parseDecimal(valueMax)];
  const falls = chain.some((value, index) => index > 0 && compareDecimals(chain[index - 1] ?? value, value) > 0);
  if (falls || (low && high && compareDecimals(low, high) >= 0)) checks.add('field-bounds', at);
}

/** Points are signed and the order of the list is not, so every level gets points that rise strictly. */
function buildLevels(levels: readonly AuthoredLevel[], at: Tokens, checks: FieldChecks): JsonObject[] {
  const pointless = levels.every(({ points }) => points === undefined);
  if (!pointless)
    checks.rising(
      levels.map(({ points }) => points),
      [...at, 'levels'],
    );
  return levels.map((level, index) => {
    const here = [...at, 'levels', index];
    checks.uri(level.id, [...here, 'id']);
    checks.text(level.name, [...here, 'name']);
    checks.optionalText(level.description, [...here, 'description']);
    checks.alignments(level.alignments, [...here, 'alignments'], []);
    return compact({
      id: level.id,
      type: ['RubricCriterionLevel'],
      name: level.name,
      description: level.description,
      level: asText(level.level) ?? String(index + 1),
      points: pointless ? String(index + 1) : asText(level.points),
      alignment: buildAlignments(level.alignments),
    });
  });
}

/** Marks stand in strings, OB 3.0 classes ResultDescription and Result. */
export function asText(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

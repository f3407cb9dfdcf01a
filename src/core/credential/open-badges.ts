import { z } from 'zod';
import {
  anyType,
  closed,
  compactJws,
  dateTime,
  dateTimeStamp,
  extensible,
  language,
  list,
  plainText,
  text,
  types,
  url,
} from './primitives.ts';

/** OB 3.0 §B.1.20 */
export const achievementTypes = [
  'Achievement',
  'ApprenticeshipCertificate',
  'Assessment',
  'Assignment',
  'AssociateDegree',
  'Award',
  'Badge',
  'BachelorDegree',
  'Certificate',
  'CertificateOfCompletion',
  'Certification',
  'CommunityService',
  'Competency',
  'Course',
  'CoCurricular',
  'Degree',
  'Diploma',
  'DoctoralDegree',
  'Fieldwork',
  'GeneralEducationDevelopment',
  'JourneymanCertificate',
  'LearningProgram',
  'License',
  'Membership',
  'ProfessionalDoctorate',
  'QualityAssuranceCredential',
  'MasterCertificate',
  'MasterDegree',
  'MicroCredential',
  'ResearchDoctorate',
  'SecondarySchoolDiploma',
] as const;

const alignmentTargetTypes = [
  'ceasn:Competency',
  'ceterms:Credential',
  'CFItem',
  'CFRubric',
  'CFRubricCriterion',
  'CFRubricCriterionLevel',
  'CTDL',
];

export const identifierTypes = [
  'name',
  'sourcedId',
  'systemId',
  'productId',
  'userName',
  'accountId',
  'emailAddress',
  'nationalIdentityNumber',
  'isbn',
  'issn',
  'lisSourcedId',
  'oneRosterSourcedId',
  'sisSourcedId',
  'ltiContextId',
  'ltiDeploymentId',
  'ltiToolId',
  'ltiPlatformId',
  'ltiUserId',
  'identifier',
];

export const resultTypes = [
  'GradePointAverage',
  'LetterGrade',
  'Percent',
  'PerformanceLevel',
  'PredictedScore',
  'RawScore',
  'Result',
  'RubricCriterion',
  'RubricCriterionLevel',
  'RubricScore',
  'ScaledScore',
  'Status',
];

export const resultStatusTypes = [
  'Completed',
  'Enrolled',
  'Failed',
  'InProgress',
  'OnHold',
  'Provisional',
  'Withdrew',
] as const;

export const image = z.strictObject({ id: url, type: z.literal('Image'), caption: text.optional() });

export const identityObject = z.strictObject({
  type: z.literal('IdentityObject'),
  hashed: z.boolean(),
  identityHash: plainText,
  identityType: extensible(identifierTypes),
  salt: plainText.optional(),
});

export const identifierEntry = z.strictObject({
  type: z.literal('IdentifierEntry'),
  identifier: plainText,
  identifierType: extensible(identifierTypes),
});

/** Endorsements inside a document are verified by themselves; here they only have to be objects. */
const endorsable = { endorsement: list(z.looseObject({})).optional(), endorsementJwt: list(compactJws).optional() };

const address = z.looseObject({
  type: types(['Address']),
  addressCountry: text.optional(),
  addressCountryCode: z
    .string()
    .regex(/^[A-Z]{2}$/, { error: 'not-a-country-code' })
    .optional(),
  addressRegion: text.optional(),
  addressLocality: text.optional(),
  streetAddress: text.optional(),
  postOfficeBoxNumber: text.optional(),
  postalCode: text.optional(),
  geo: z.looseObject({ type: z.literal('GeoCoordinates'), latitude: z.number(), longitude: z.number() }).optional(),
});

/** OB 3.0 Profile. */
export const profile = z.looseObject({
  id: url,
  type: types(['Profile']),
  name: text.optional(),
  url: url.optional(),
  phone: plainText.optional(),
  description: text.optional(),
  email: plainText.optional(),
  official: plainText.optional(),
  image: image.optional(),
  address: address.optional(),
  otherIdentifier: list(identifierEntry).optional(),
  ...endorsable,
  familyName: text.optional(),
  givenName: text.optional(),
  additionalName: text.optional(),
  patronymicName: text.optional(),
  honorificPrefix: text.optional(),
  honorificSuffix: text.optional(),
  familyNamePrefix: text.optional(),
  dateOfBirth: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'not-a-date-time' })
    .optional(),
  get parentOrg(): z.ZodOptional<z.ZodType<Record<string, unknown>>> {
    return profile.optional();
  },
});

export const alignment = z.looseObject({
  type: types(['Alignment']),
  targetName: text,
  targetUrl: url,
  targetCode: plainText.optional(),
  targetDescription: text.optional(),
  targetFramework: text.optional(),
  targetType: extensible(alignmentTargetTypes).optional(),
});

export const rubricCriterionLevel = z.looseObject({
  id: url,
  type: types(['RubricCriterionLevel']),
  name: text,
  description: text.optional(),
  level: plainText.optional(),
  points: plainText.optional(),
  alignment: list(alignment).optional(),
});

export const resultDescription = z.looseObject({
  id: url,
  type: types(['ResultDescription']),
  name: text,
  resultType: extensible(resultTypes),
  allowedValue: list(plainText).optional(),
  requiredValue: plainText.optional(),
  valueMin: plainText.optional(),
  valueMax: plainText.optional(),
  requiredLevel: url.optional(),
  rubricCriterionLevel: list(rubricCriterionLevel).optional(),
  alignment: list(alignment).optional(),
});

export const result = z.looseObject({
  type: types(['Result']),
  resultDescription: url.optional(),
  value: plainText.optional(),
  status: closed(resultStatusTypes).optional(),
  achievedLevel: url.optional(),
  alignment: list(alignment).optional(),
});

export const criteria = z
  .looseObject({ id: url.optional(), narrative: text.optional() })
  .refine(({ id, narrative }) => id !== undefined || narrative !== undefined, { error: 'criteria-empty' });

export const achievement = z.looseObject({
  id: url,
  type: types(['Achievement']),
  name: text,
  description: text,
  criteria,
  achievementType: extensible(achievementTypes).optional(),
  alignment: list(alignment).optional(),
  creator: profile.optional(),
  creditsAvailable: z.number().optional(),
  ...endorsable,
  fieldOfStudy: text.optional(),
  humanCode: plainText.optional(),
  specialization: text.optional(),
  version: plainText.optional(),
  image: image.optional(),
  inLanguage: language.optional(),
  otherIdentifier: list(identifierEntry).optional(),
  related: list(
    z.looseObject({
      id: url,
      type: types(['Related']),
      inLanguage: language.optional(),
      version: plainText.optional(),
    }),
  ).optional(),
  resultDescription: list(resultDescription).optional(),
  tag: list(text).optional(),
});

const identified = ({ id, identifier }: { id?: unknown; identifier?: unknown[] }) =>
  id !== undefined || (identifier?.length ?? 0) > 0;

export const achievementSubject = z
  .looseObject({
    id: url.optional(),
    type: types(['AchievementSubject']),
    achievement,
    identifier: list(identityObject).optional(),
    activityStartDate: dateTime.optional(),
    activityEndDate: dateTime.optional(),
    creditsEarned: z.number().optional(),
    image: image.optional(),
    licenseNumber: plainText.optional(),
    role: text.optional(),
    term: text.optional(),
    narrative: text.optional(),
    result: list(result).optional(),
    source: profile.optional(),
  })
  .refine(identified, { error: 'subject-unidentified' });

export const evidence = z.looseObject({
  type: types(['Evidence']),
  id: url.optional(),
  name: text.optional(),
  description: text.optional(),
  genre: text.optional(),
  audience: text.optional(),
  narrative: text.optional(),
});

/** What every OB 3.0 and CLR 2.0 credential has. A bare issuer address is a warning, given by `parse`. */
const common = {
  '@context': list(z.union([z.string(), z.looseObject({})])),
  id: url,
  issuer: z.union([profile, z.strictObject({ id: url })], { error: 'issuer-malformed' }),
  validFrom: dateTimeStamp,
  validUntil: dateTimeStamp.optional(),
  description: text.optional(),
  awardedDate: dateTimeStamp.optional(),
  ...endorsable,
  credentialSchema: list(z.looseObject({ id: url, type: anyType })).optional(),
  credentialStatus: z
    .union([z.looseObject({ type: anyType }), z.array(z.looseObject({ type: anyType })).min(1)], {
      error: 'member-wrong-type',
    })
    .optional(),
  refreshService: z.looseObject({ id: url, type: anyType }).optional(),
  termsOfUse: list(z.looseObject({ id: url.optional(), type: anyType })).optional(),
};

/** OB 3.0 AchievementCredential, also called OpenBadgeCredential, in canonical form. */
export const achievementCredential = z.looseObject({
  ...common,
  type: types(['VerifiableCredential'], ['AchievementCredential', 'OpenBadgeCredential']),
  name: text.optional(),
  image: image.optional(),
  credentialSubject: achievementSubject,
  evidence: list(evidence).optional(),
});

export const endorsementCredential = z.looseObject({
  ...common,
  type: types(['VerifiableCredential', 'EndorsementCredential']),
  name: text,
  credentialSubject: z.looseObject({
    id: url,
    type: types(['EndorsementSubject']),
    endorsementComment: text.optional(),
  }),
});

/** CLR 2.0 Association. */
export const associationTypes = [
  'exactMatchOf',
  'isChildOf',
  'isParentOf',
  'isPartOf',
  'isPeerOf',
  'isRelatedTo',
  'precedes',
  'replacedBy',
] as const;

export const association = z.strictObject({
  type: z.literal('Association'),
  associationType: closed(associationTypes),
  sourceId: url,
  targetId: url,
});

/** CLR 2.0 ClrCredential. The credentials inside are parsed by themselves. */
export const clrCredential = z.looseObject({
  ...common,
  type: types(['VerifiableCredential', 'ClrCredential']),
  name: text,
  partial: z.boolean().optional(),
  image: image.optional(),
  evidence: list(evidence).optional(),
  credentialSubject: z
    .looseObject({
      id: url.optional(),
      type: types(['ClrSubject']),
      identifier: list(identityObject).optional(),
      achievement: list(achievement).optional(),
      verifiableCredential: z.array(z.looseObject({ type: anyType })).min(1, { error: 'list-empty' }),
      association: list(association).optional(),
    })
    .refine(identified, { error: 'subject-unidentified' }),
});

export type Profile = z.infer<typeof profile>;
export type Alignment = z.infer<typeof alignment>;
export type Achievement = z.infer<typeof achievement>;
export type AchievementSubject = z.infer<typeof achievementSubject>;
export type Result = z.infer<typeof result>;
export type ResultDescription = z.infer<typeof resultDescription>;
export type Evidence = z.infer<typeof evidence>;
export type AchievementCredential = z.infer<typeof achievementCredential>;
export type EndorsementCredential = z.infer<typeof endorsementCredential>;
export type ClrCredential = z.infer<typeof clrCredential>;
export type IdentityObject = z.infer<typeof identityObject>;

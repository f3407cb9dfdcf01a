import type { JsonObject } from '../json/json.ts';

/** What the authoring form asks about an achievement, in the order of the embed map (framework.md §7). */
export interface AuthoredAchievement {
  id: string;
  name: string;
  description: string;
  achievementType: string;
  /** BCP 47, such as en-GB. */
  language?: string;
  code?: string;
  subject?: string;
  version?: string;
  tags?: readonly string[];
  image?: AuthoredImage;
  issuer: AuthoredIssuer;
  /** Markdown text, and optionally a page with the same. */
  criteria: { narrative: string; id?: string };
  /** Learning outcomes and skills: one alignment for each; level, participation and supervision are alignments too. */
  alignments?: readonly AuthoredAlignment[];
  /** Notional hours as an ISO 8601 duration, such as PT38H. */
  effort?: string;
  credit?: number;
  scales?: readonly AuthoredScale[];
}

export interface AuthoredImage {
  id: string;
  caption: string;
}

export interface AuthoredIssuer {
  id: string;
  name: string;
  url: string;
  description?: string;
  email?: string;
  image?: AuthoredImage;
  /** ISO 3166-1, two capital letters. */
  country?: string;
  region?: string;
  accreditations?: readonly AuthoredAccreditation[];
}

export interface AuthoredAccreditation {
  id: string;
  name: string;
  url?: string;
  /** How a reader can check it. */
  contactInstructions: string;
  areaServed?: string;
  /** YYYY-MM-DD. */
  accreditationDate?: string;
  educationalSector?: string;
}

export interface AuthoredAlignment {
  targetName: string;
  targetUrl: string;
  /** The outcome's statement. */
  targetDescription?: string;
  targetFramework?: string;
  targetCode?: string;
  targetType?: string;
}

export interface AuthoredScale {
  /** A URI, best `urn:uuid:…`. */
  id: string;
  name: string;
  resultType: string;
  /** What was done, under which conditions, what was handed in. */
  description?: string;
  assessment?: AuthoredAssessment;
  valueMin?: string | number;
  valueMax?: string | number;
  requiredValue?: string | number;
  /** Lowest first. */
  allowedValue?: readonly string[];
  /** Lowest first. */
  levels?: readonly AuthoredLevel[];
  requiredLevel?: string;
  /** The outcomes that this scale measures. */
  alignments?: readonly AuthoredAlignment[];
}

export interface AuthoredLevel {
  id: string;
  name: string;
  description?: string;
  level?: string | number;
  /** When no level has points, they are 1, 2, 3 …, so that the order is signed. */
  points?: string | number;
  alignments?: readonly AuthoredAlignment[];
}

export interface AuthoredAssessment {
  type: 'Exam' | 'Performance' | 'Artifact';
  output: string;
  evaluationMethod: string;
  /** Where the validity of the assessment is shown. */
  evaluation?: string;
  groupParticipation?: boolean;
  groupEvaluation?: boolean;
}

/** What belongs to one learner: never on the achievement, never copied to another learner. */
export interface LearnerFields {
  credentialId: string;
  /** A DID, if the learner has one. */
  id?: string;
  identifiers?: readonly LearnerIdentifier[];
  awardedDate?: string;
  validFrom: string;
  validUntil?: string;
  activityStartDate?: string;
  activityEndDate?: string;
  creditsEarned?: number;
  role?: string;
  term?: string;
  results?: readonly LearnerResult[];
  evidence?: readonly LearnerEvidence[];
  /** Ties several pieces of evidence together. */
  narrative?: string;
  assessor?: { id: string; name: string; url?: string };
  /** Complete, signed EndorsementCredentials. */
  endorsements?: readonly JsonObject[];
  /** Endorsements as compact JWS. */
  endorsementJwts?: readonly string[];
}

export interface LearnerIdentifier {
  identityType: string;
  identityHash: string;
  hashed: boolean;
  salt?: string;
}

export interface LearnerResult {
  /** Id of a scale of the achievement. */
  scale: string;
  value?: string | number;
  /** Id of a level of that scale. */
  achievedLevel?: string;
  status?: string;
  alignments?: readonly AuthoredAlignment[];
}

export interface LearnerEvidence {
  id?: string;
  name?: string;
  description?: string;
  genre?: string;
  audience?: string;
  narrative?: string;
}

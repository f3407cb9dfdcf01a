import type { Cryptography } from '../cryptography.ts';
import type { Finding } from '../finding.ts';
import { checkCredential } from '../framework/check-credential.ts';
import { defaultPack } from '../framework/default-pack.ts';
import type { FrameworkReport } from '../framework/report.ts';
import { isJsonObject, type JsonObject, toList } from '../json/json.ts';
import { buildFromAchievement } from './build-from-achievement.ts';
import type { EvidenceRequirement } from './check-mastery.ts';
import { buildChecked } from './issue-credential.ts';
import type { Learner } from './learner.ts';

export interface AuthoredDraft {
  /** An Achievement (Open Badges 3.0) with its id; also one that is not finished. */
  achievement: JsonObject;
  /** The profile of its issuer, with its id. */
  issuer: JsonObject;
  evidence: EvidenceRequirement | null;
}

export interface JudgedDraft {
  /** What would keep credentials from being built of it. */
  findings: Finding[];
  /** What the default pack says of a credential for somebody who did all that is asked; null when nothing can be built. */
  report: FrameworkReport | null;
  /** That credential, for other packs to judge. */
  credential: JsonObject | null;
}

/** Nobody, who has shown nothing. */
export const anyLearner: Learner = { id: 'urn:uuid:00000000-0000-4000-8000-000000000000' };

/** Somebody who did all that is asked: results at the pass mark, and as much evidence as there must be. */
export function passingLearner({ achievement, evidence }: Omit<AuthoredDraft, 'issuer'>, now: Date): Learner {
  // As credentials write it; a fraction of a second would lie behind their validFrom.
  const moment = `${now.toISOString().slice(0, 19)}Z`;
  const results = toList(achievement.resultDescription).filter(isJsonObject).flatMap(passingResult);
  const kinds = evidence?.kinds ?? [];
  const pieces = Math.max(evidence?.minimum ?? 0, kinds.length);
  const work = Array.from({ length: pieces }, (_, index) => ({
    id: `urn:example:${index}`,
    name: kinds[index] ?? 'Evidence',
    ...(kinds[index] === undefined ? {} : { genre: kinds[index] }),
  }));
  return {
    ...anyLearner,
    ...(results.length === 0 ? {} : { result: results, activityEndDate: moment }),
    ...(work.length === 0 ? {} : { evidence: work }),
    awardedDate: moment,
  };
}

function passingResult(scale: JsonObject): JsonObject[] {
  const { id, resultType, requiredLevel, requiredValue, valueMax } = scale;
  if (typeof id !== 'string') return [];
  const lastLevel = toList(scale.rubricCriterionLevel).filter(isJsonObject).at(-1)?.id;
  const achievedLevel = requiredLevel ?? lastLevel;
  const value = requiredValue ?? toList(scale.allowedValue).at(-1) ?? valueMax;
  const link = { type: ['Result'], resultDescription: id };
  if (resultType === 'Status') return [{ ...link, status: 'Completed' }];
  if (typeof achievedLevel === 'string') return [{ ...link, achievedLevel }];
  return [typeof value === 'string' ? { ...link, value } : { ...link, status: 'Completed' }];
}

/** Judge what an author writes while it is written: can credentials be built of it, and what will they show? */
export async function judgeDraft(
  draft: AuthoredDraft,
  { cryptography, now }: { cryptography: Cryptography; now: Date },
): Promise<JudgedDraft> {
  const options = { cryptography, now, allowBelowPassMark: true };
  const { achievement, issuer } = draft;
  const checked = await buildChecked({ achievement, issuer, learner: anyLearner }, options);
  const findings = checked.ok ? [] : checked.findings;
  const built = await buildFromAchievement({ achievement, issuer, learner: passingLearner(draft, now) }, options);
  if (!built.ok)
    return { findings: [...findings, ...(checked.ok ? built.findings : [])], report: null, credential: null };
  const { credential } = built;
  return { findings, report: checkCredential(credential, { pack: defaultPack, listOrderProtected: true }), credential };
}

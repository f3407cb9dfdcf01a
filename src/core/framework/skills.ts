import { isJsonObject, type JsonValue, showJson } from '../json/json.ts';
import { textOf } from './mastery-reading.ts';
import type { SkillRef } from './report.ts';

const notSkills = ['ceterms:Credential', 'CFRubric', 'CFRubricCriterion', 'CFRubricCriterionLevel', 'ext:EQFLevel'];

/** The skills among alignments: without rubrics, credentials, and the European concepts of level, mode and supervision. */
export function skillsOf(alignments: readonly JsonValue[]): SkillRef[] {
  return alignments.flatMap((alignment) => {
    if (!isJsonObject(alignment)) return [];
    const [targetName, targetUrl] = [textOf(alignment.targetName), textOf(alignment.targetUrl)];
    if (targetName === undefined || targetUrl === undefined || targetUrl.startsWith('http://data.europa.eu/snb/'))
      return [];
    if (notSkills.includes(showJson(alignment.targetType))) return [];
    const targetFramework = textOf(alignment.targetFramework);
    return [{ targetName, targetUrl, ...(targetFramework === undefined ? {} : { targetFramework }) }];
  });
}

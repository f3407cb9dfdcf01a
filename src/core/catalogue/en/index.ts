import { baking } from './baking.ts';
import { credential } from './credential.ts';
import { did } from './did.ts';
import { framework } from './framework.ts';
import * as report from './framework-report.ts';
import * as hallmark from './hallmark.ts';
import { issue } from './issue.ts';
import { json } from './json.ts';
import { jsonLd } from './json-ld.ts';
import * as mastery from './mastery.ts';
import * as names from './names.ts';
import { openBadges2 } from './open-badges-2.ts';
import { proof } from './proof.ts';
import { skill } from './skill.ts';
import { status } from './status.ts';
import { trust } from './trust.ts';
import { vcApi } from './vc-api.ts';
import { verify } from './verify.ts';

/** The sentences of the core in English. The codes of findings are exactly the keys of `findings`. */
export const english = {
  language: 'en' as const,
  findings: {
    ...baking,
    ...credential,
    ...did,
    ...framework,
    ...issue,
    ...json,
    ...jsonLd,
    ...openBadges2,
    ...proof,
    ...skill,
    ...status,
    ...trust,
    ...vcApi,
    ...verify,
  },
  ...hallmark,
  ...mastery,
  ...names,
  ...report,
};

export type FindingCode = keyof typeof english.findings;

import { baking } from './baking.ts';
import { credential } from './credential.ts';
import { did } from './did.ts';
import { framework } from './framework.ts';
import { issue } from './issue.ts';
import { json } from './json.ts';
import { jsonLd } from './json-ld.ts';
import { openBadges2 } from './open-badges-2.ts';
import { proof } from './proof.ts';
import { status } from './status.ts';
import { trust } from './trust.ts';
import { vcApi } from './vc-api.ts';
import { verify } from './verify.ts';

/** English sentences by finding code. The codes of the product are exactly these keys. */
export const english = {
  ...baking,
  ...credential,
  ...did,
  ...framework,
  ...issue,
  ...json,
  ...jsonLd,
  ...openBadges2,
  ...proof,
  ...status,
  ...trust,
  ...vcApi,
  ...verify,
};

export type FindingCode = keyof typeof english;

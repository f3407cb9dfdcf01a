import type { StudioPage } from './page.ts';
import { achievementPages } from './pages/achievements/routes.ts';
import { apiKeyPages } from './pages/api-keys/routes.ts';
import { auditPages } from './pages/audit/routes.ts';
import { credentialPages } from './pages/credentials/routes.ts';
import { homePages } from './pages/home/routes.ts';
import { issuePages } from './pages/issue/routes.ts';
import { keyPages } from './pages/keys/routes.ts';
import { outboxPages } from './pages/outbox/routes.ts';
import { peoplePages } from './pages/people/routes.ts';
import { policyPages } from './pages/policy/routes.ts';
import { settingsPages } from './pages/settings/routes.ts';
import { unitPages } from './pages/units/routes.ts';

/** Every page of the studio: an area that is not here does not exist. */
// biome-ignore format: a line for each area, so that two can be added at once
export const pages: readonly StudioPage[] = [
  ...homePages,
  ...achievementPages,
  ...issuePages,
  ...policyPages,
  ...credentialPages,
  ...outboxPages,
  ...keyPages,
  ...peoplePages,
  ...unitPages,
  ...apiKeyPages,
  ...auditPages,
  ...settingsPages,
];

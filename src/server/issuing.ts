import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { achievementRoutes } from './achievement/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { credentialRoutes } from './credential/routes.ts';
import type { Database } from './database.ts';
import { createPublisher, type Publisher, publicRoutes } from './issuer/public-routes.ts';
import { issuerRoutes } from './issuer/routes.ts';
import type { MasterKey } from './master-key.ts';

/** What the issuing service works with. */
export interface IssuingDeps {
  db: Database;
  masterKey: MasterKey;
  /** The address under which this instance publishes, without a slash at its end. */
  publicUrl: string;
  /** Makes the first issuer, once; null when there is one. */
  setupToken: string | null;
  /** What anybody may fetch, by its path. */
  publisher: Publisher;
  now(): Date;
}

export async function openIssuing(
  given: Pick<IssuingDeps, 'db' | 'masterKey' | 'publicUrl' | 'now'>,
): Promise<IssuingDeps> {
  const first = await given.db.selectFrom('issuer').select('id').limit(1).executeTakeFirst();
  const setupToken = first === undefined ? randomBytes(24).toString('base64url') : null;
  return { ...given, setupToken, publisher: createPublisher(given) };
}

/** Every route of the issuing service. */
export function issuingRoutes(app: FastifyInstance, deps: IssuingDeps): void {
  issuerRoutes(app, deps);
  achievementRoutes(app, deps);
  credentialRoutes(app, deps);
  auditRoutes(app, deps);
  publicRoutes(app, deps);
}

import type { FastifyInstance } from 'fastify';
import { apiKeyRoutes } from './access/api-key-routes.ts';
import { endorsementRoutes } from './achievement/endorsement-routes.ts';
import { issuableRoutes } from './achievement/issuable.ts';
import { previewRoutes } from './achievement/preview-routes.ts';
import { publicAchievementRoutes } from './achievement/public-routes.ts';
import { reviewRoutes } from './achievement/review-routes.ts';
import { achievementRoutes } from './achievement/routes.ts';
import { appendAudit } from './audit/append.ts';
import { auditRoutes } from './audit/routes.ts';
import { disputeFormRoutes } from './claim/learner-routes.ts';
import { claimRoutes } from './claim/routes.ts';
import type { Config } from './config.ts';
import { correctionRoutes } from './correction/routes.ts';
import { removeUnreadCorrections } from './correction/store.ts';
import { clrRoutes } from './credential/clr-routes.ts';
import type { Checking } from './credential/deliver.ts';
import { embedRoutes } from './credential/embed.ts';
import { lookupRoutes } from './credential/lookup-routes.ts';
import { CredentialPages } from './credential/pages.ts';
import { credentialAddressRoutes } from './credential/public-routes.ts';
import { PublishedCredentials } from './credential/published.ts';
import { credentialRoutes } from './credential/routes.ts';
import { SigningThread } from './credential/signing-thread.ts';
import type { Database } from './database.ts';
import { disputeRoutes } from './dispute/routes.ts';
import { publicEvidenceRoutes } from './evidence/public-routes.ts';
import { evidenceRoutes } from './evidence/routes.ts';
import { firstRunRoutes } from './first-run/routes.ts';
import { openFirstRun } from './first-run/token.ts';
import { guideRoutes } from './framework/routes.ts';
import { imageRoutes } from './image/routes.ts';
import { keyRoutes } from './issuer/key-routes.ts';
import { overviewRoutes } from './issuer/overview.ts';
import { publicIssuerRoutes } from './issuer/public-page.ts';
import { createPublisher, type Publisher, publicRoutes } from './issuer/public-routes.ts';
import { issuerRoutes } from './issuer/routes.ts';
import { queueMail } from './mail/queue.ts';
import { mailRoutes } from './mail/routes.ts';
import type { MailTransport } from './mail/transport.ts';
import type { MasterKey } from './master-key.ts';
import { styleRoutes } from './page/stylesheet.ts';
import { authRoutes } from './people/auth-routes.ts';
import { createIdentity, type Identity } from './people/identity.ts';
import { isInvited } from './people/invitations.ts';
import { peoplePages } from './people/pages/routes.ts';
import { peopleRoutes } from './people/routes.ts';
import { policyRoutes } from './policy/routes.ts';
import { holderRoutes } from './privacy/holder-routes.ts';
import { privacyRoutes } from './privacy/routes.ts';
import { checkPublicUrl } from './public-url.ts';
import { forgetCancelled } from './roster/change-roster.ts';
import { removeUnread } from './roster/read-roster.ts';
import { rosterResultRoutes } from './roster/results.ts';
import { rosterRoutes } from './roster/routes.ts';
import { sealClearRows } from './roster/seal-clear-rows.ts';
import { sampleDataRoutes } from './sample-data/routes.ts';
import { removeUnfinished } from './skill/remove.ts';
import { skillRoutes } from './skill/routes.ts';
import { StatusListPublisher } from './status-list/publish.ts';
import type { Storage } from './storage/storage.ts';
import { startWork } from './work.ts';

/** What the issuing service works with. */
export interface IssuingDeps {
  config: Config;
  db: Database;
  masterKey: MasterKey;
  /** Of files; see `openStorage`. */
  storage: Storage;
  /** The address under which this instance publishes, without a slash at its end. */
  publicUrl: string;
  /** Makes the first issuer, once; null when there was one at the start. */
  setupToken: string | null;
  /** What anybody may fetch, by its path. */
  publisher: Publisher;
  /** Who people are. */
  identity: Identity;
  lists: StatusListPublisher;
  credentials: PublishedCredentials;
  /** Works for lists. */
  signing: SigningThread;
  /** Takes letters; null leaves them in the queue, to other processes. */
  mail: MailTransport | null;
  now(): Date;
  /** Of the database at the same time. */
  sessions: number;
}

/** Longer than any upload takes; in milliseconds. */
const unreadFor = 3_600_000;

export async function openIssuing(
  given: Pick<IssuingDeps, 'config' | 'db' | 'masterKey' | 'storage' | 'publicUrl' | 'now' | 'sessions' | 'mail'>,
): Promise<IssuingDeps> {
  await checkPublicUrl(given.db, given.publicUrl);
  const longAgo = new Date(given.now().getTime() - unreadFor);
  await removeUnread(given.db, longAgo);
  await removeUnreadCorrections(given.db, longAgo);
  await removeUnfinished(given.db, longAgo);
  await sealClearRows(given.db, given.masterKey);
  await forgetCancelled(given.db);
  const lists = new StatusListPublisher(given);
  const { db, masterKey, now } = given;
  const setupToken = await openFirstRun(db, masterKey);
  const identity = createIdentity({
    ...given,
    openSignUp: given.config.signUp === 'open',
    oidc: given.config.oidc,
    write: (letter) => queueMail(db, masterKey, [{ ...letter, issuerId: null }], now()),
    isInvited: (email) => isInvited(db, masterKey, email, now()),
    record: (userId, action) => {
      const act = { chain: 'instance', actor: `user ${userId}`, action, subject: `user ${userId}` };
      return db.transaction().execute((trx) => appendAudit(trx, act, now()));
    },
  });
  const credentials = new PublishedCredentials(given.db);
  const publisher = createPublisher(given, lists, credentials);
  return { ...given, setupToken, identity, lists, credentials, publisher, signing: new SigningThread() };
}

/** Every route of the issuing service, and its work in the background until the app closes. */
export function issuingRoutes(app: FastifyInstance, deps: IssuingDeps & Checking & { web?: string | null }): void {
  const onError = (err: unknown) => app.log.error({ err }, 'failed');
  const work = startWork(deps, onError);
  app.addHook('onClose', () => work.close());
  deps.identity.onError = onError;
  styleRoutes(app);
  authRoutes(app, deps);
  peopleRoutes(app, deps);
  firstRunRoutes(app, deps);
  void app.register(async (pages) => peoplePages(pages, deps));
  issuerRoutes(app, deps);
  overviewRoutes(app, deps);
  keyRoutes(app, deps);
  apiKeyRoutes(app, deps);
  policyRoutes(app, deps);
  achievementRoutes(app, deps);
  previewRoutes(app, deps);
  endorsementRoutes(app, deps);
  reviewRoutes(app, deps);
  issuableRoutes(app, deps);
  skillRoutes(app, deps);
  sampleDataRoutes(app, deps);
  imageRoutes(app, deps);
  credentialRoutes(app, deps);
  clrRoutes(app, deps);
  lookupRoutes(app, deps);
  rosterRoutes(app, deps, work.rosters);
  rosterResultRoutes(app, deps);
  evidenceRoutes(app, deps);
  privacyRoutes(app, deps);
  publicEvidenceRoutes(app, deps);
  claimRoutes(app, deps);
  mailRoutes(app, deps);
  correctionRoutes(app, deps, work.corrections);
  auditRoutes(app, deps);
  publicRoutes(app, deps);
  const pages = new CredentialPages(deps);
  app.addHook('onClose', () => pages.delivery.close());
  credentialAddressRoutes(app, pages);
  embedRoutes(app, pages);
  disputeFormRoutes(app, pages);
  holderRoutes(app, deps, pages);
  disputeRoutes(app, deps);
  publicIssuerRoutes(app, deps);
  publicAchievementRoutes(app, deps);
  guideRoutes(app);
}

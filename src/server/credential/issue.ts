import { randomBytes } from 'node:crypto';
import type { Finding } from '../../core/finding.ts';
import { issueCredential } from '../../core/issue/issue-credential.ts';
import type { Learner } from '../../core/issue/learner.ts';
import { prepareSigning } from '../../core/issue/prepare-signing.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import type { Actor } from '../access/api-keys.ts';
import { findAchievement, findLatestVersion } from '../achievement/store.ts';
import { appendAudit } from '../audit/append.ts';
import type { Database, DatabaseTransaction } from '../database.ts';
import { sha256Hex } from '../digest.ts';
import { signingKeyOf } from '../issuer/create-issuer.ts';
import { didOf } from '../issuer/did.ts';
import type { MasterKey } from '../master-key.ts';
import { ApiError } from '../problem.ts';
import { allocatePlaces } from '../status-list/allocate.ts';
import { statusEntries } from '../status-list/publish.ts';
import type { CredentialRow } from './store.ts';

export interface IssueDeps {
  db: Database;
  masterKey: MasterKey;
  /** The address under which this instance publishes, without a slash at its end. */
  publicUrl: string;
  now(): Date;
}

export interface IssueRequest {
  achievementId: string;
  learner: Learner;
  validFrom?: string;
  validUntil?: string;
}

export type IssueOutcome = { ok: true; credential: CredentialRow } | { ok: false; findings: Finding[] };

/**
 * Issue one credential: its place in a status list, then the signature, then the credential and its entry in the audit log
 * in one transaction, and what the caller does `alongside`. Nobody hears of a credential that is not kept; one that is
 * kept is published.
 */
export async function issueOne(
  deps: IssueDeps,
  actor: Actor,
  request: IssueRequest,
  alongside: (trx: DatabaseTransaction, credential: CredentialRow) => Promise<void> = async () => undefined,
): Promise<IssueOutcome> {
  const { db, publicUrl } = deps;
  const { issuer } = actor;
  const version = await approvedVersion(db, issuer.id, request.achievementId);
  const now = deps.now();
  const key = await signingKeyOf(db, issuer.id, deps.masterKey);
  const did = didOf(publicUrl, issuer.slug);
  const prepared = prepareSigning({ ...(JSON.parse(issuer.profile) as JsonObject), id: did }, key);
  if (!prepared.ok) return prepared;
  const [place] = await allocatePlaces(db, issuer.id, 1);
  if (place === undefined) throw new Error('no place was given out');
  // 128 random bits: whoever does not know the address cannot find it.
  const id = randomBytes(16).toString('base64url');
  const achievement = JSON.parse(version.document) as JsonObject;
  const issued = await issueCredential(
    {
      achievement: { ...achievement, id: `${publicUrl}/achievements/${request.achievementId}` },
      issuer: prepared.issuer,
      learner: request.learner,
    },
    {
      cryptography: nodeCryptography,
      now,
      signing: prepared.signing,
      format: 'json',
      id: `${publicUrl}/credentials/${id}`,
      credentialStatus: statusEntries(publicUrl, place),
      ...(request.validFrom === undefined ? {} : { validFrom: request.validFrom }),
      ...(request.validUntil === undefined ? {} : { validUntil: request.validUntil }),
    },
  );
  if (!issued.ok) return issued;
  const document = new TextDecoder().decode(issued.bytes);
  const credential: CredentialRow = {
    id,
    issuer_id: issuer.id,
    achievement_id: version.achievement_id,
    achievement_version: version.version,
    status_list_id: place.listId,
    status_index: place.index,
    state: 'active',
    document,
    digest: sha256Hex(document),
    test: !publicUrl.startsWith('https://'),
    issued_at: now,
  };
  await db.transaction().execute(async (trx) => {
    await trx.insertInto('credential').values(credential).execute();
    await appendAudit(
      trx,
      {
        chain: issuer.id,
        actor: actor.name,
        action: 'credential.issue',
        subject: id,
        detail: { digest: credential.digest, achievement: version.achievement_id, version: version.version },
      },
      now,
    );
    await alongside(trx, credential);
  });
  return { ok: true, credential };
}

/** What may be issued now: the newest approved version of an achievement that is not retired. */
async function approvedVersion(db: Database, issuerId: string, achievementId: string) {
  const achievement = await findAchievement(db, issuerId, achievementId);
  if (achievement === undefined) throw new ApiError('not-found', 'There is no such achievement.');
  if (achievement.retired_at !== null) throw new ApiError('conflict', 'This achievement is retired.');
  const version = await findLatestVersion(db, achievementId, ['approved']);
  if (version === undefined) throw new ApiError('conflict', 'No version of this achievement is approved yet.');
  return version;
}

import { randomBytes } from 'node:crypto';
import type { Finding } from '../../core/finding.ts';
import { buildChecked, issueCredential } from '../../core/issue/issue-credential.ts';
import type { Learner } from '../../core/issue/learner.ts';
import { prepareSigning, type Signing } from '../../core/issue/prepare-signing.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import type { AchievementVersionRow } from '../achievement/store.ts';
import type { Database } from '../database.ts';
import { sha256Hex } from '../digest.ts';
import { didOf } from '../issuer/did.ts';
import { signingKeyOf } from '../issuer/keys.ts';
import type { IssuerRow } from '../issuer/store.ts';
import type { MasterKey } from '../master-key.ts';
import { isReal } from '../public-url.ts';
import type { StatusPlace } from '../status-list/allocate.ts';
import { statusEntries } from '../status-list/publish.ts';
import { sealPerson } from './person.ts';
import { recipientOf } from './recipient.ts';
import type { CredentialRow } from './store.ts';

/** What all credentials of one achievement version have in common. */
export interface Series {
  version: AchievementVersionRow;
  achievement: JsonObject;
  /** The issuer's profile with its id. */
  issuer: JsonObject;
  issuerId: string;
  signing: Signing;
  publicUrl: string;
  masterKey: MasterKey;
}

/** Dates for learners who have none of their own. */
export interface Dates {
  validFrom?: string;
  validUntil?: string;
}

export async function openSeries(
  { db, masterKey, publicUrl }: { db: Database; masterKey: MasterKey; publicUrl: string },
  issuer: IssuerRow,
  version: AchievementVersionRow,
): Promise<{ ok: true; series: Series } | { ok: false; findings: Finding[] }> {
  const key = await signingKeyOf(db, issuer.id, masterKey);
  const profile = { ...(JSON.parse(issuer.profile) as JsonObject), id: didOf(publicUrl, issuer.slug) };
  const prepared = prepareSigning(profile, key);
  if (!prepared.ok) return prepared;
  const achievement = {
    ...(JSON.parse(version.document) as JsonObject),
    id: `${publicUrl}/achievements/${version.achievement_id}`,
  };
  return {
    ok: true,
    series: {
      version,
      achievement,
      issuer: prepared.issuer,
      issuerId: issuer.id,
      signing: prepared.signing,
      publicUrl,
      masterKey,
    },
  };
}

const inputOf = ({ achievement, issuer }: Series, learner: Learner) => ({ achievement, issuer, learner });

const optionsOf = (publicUrl: string, id: string, place: StatusPlace, dates: Dates, now: Date) => ({
  cryptography: nodeCryptography,
  now,
  id: `${publicUrl}/credentials/${id}`,
  credentialStatus: statusEntries(publicUrl, place),
  ...dates,
});

/** Places that no list gives out, for a credential that is only tried. */
const nowhere = { listId: '00000000-0000-4000-8000-000000000000', index: 0 };

/** Everything that would keep a learner's credential from being issued, without signing it. */
export async function findObstacles(series: Series, learner: Learner, dates: Dates, now: Date): Promise<Finding[]> {
  const options = optionsOf(series.publicUrl, 'tried', nowhere, dates, now);
  const built = await buildChecked(inputOf(series, learner), options);
  return built.ok ? [] : built.findings;
}

/** Build, check and sign the credential of one learner, as it is then kept. Nothing is kept here. */
export async function signCredential(
  series: Series,
  place: StatusPlace,
  learner: Learner,
  dates: Dates,
  now: Date,
): Promise<{ ok: true; credential: CredentialRow } | { ok: false; findings: Finding[] }> {
  const { version, issuerId, signing, publicUrl, masterKey } = series;
  // 128 random bits: whoever does not know the address cannot find it.
  const id = randomBytes(16).toString('base64url');
  const options = optionsOf(publicUrl, id, place, dates, now);
  const issued = await issueCredential(inputOf(series, learner), { ...options, signing, format: 'json' });
  if (!issued.ok) return issued;
  const document = JSON.stringify(issued.credential);
  return {
    ok: true,
    credential: {
      id,
      issuer_id: issuerId,
      achievement_id: version.achievement_id,
      achievement_version: version.version,
      status_list_id: place.listId,
      status_index: place.index,
      state: 'active',
      document,
      digest: sha256Hex(document),
      test: !isReal(publicUrl),
      issued_at: now,
      recipient: recipientOf(masterKey, learner),
      person: sealPerson(masterKey, id, learner),
      roster_id: null,
      erased_at: null,
      hidden_at: null,
    },
  };
}

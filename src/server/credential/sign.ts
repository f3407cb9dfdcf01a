import { randomBytes } from 'node:crypto';
import type { Finding } from '../../core/finding.ts';
import { defaultPack } from '../../core/framework/default-pack.ts';
import type { EvidenceRequirement } from '../../core/issue/check-mastery.ts';
import { type Gate, type GateOutcome, refusalOf } from '../../core/issue/gate.ts';
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
import { findPolicy, type Policy } from '../policy/policy.ts';
import { isReal } from '../public-url.ts';
import type { StatusPlace } from '../status-list/allocate.ts';
import { statusEntries } from '../status-list/publish.ts';
import { sealPerson } from './person.ts';
import { recipientOf } from './recipient.ts';
import type { CredentialRow } from './store.ts';
import { keepWaiver, type Waiver } from './waiver.ts';

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
  /** What it must support; null when nothing is asked. */
  gate: Gate | null;
  /** All that the gate's answer depends on beside the learner: the same text, the same answer. */
  judgedBy: string;
  evidence: EvidenceRequirement | null;
  exceptions: Exceptions;
}

/** What somebody answers for. */
export interface Exceptions {
  waiver: Waiver | null;
  allowBelowPassMark: boolean;
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
  exceptions: Exceptions,
): Promise<{ ok: true; series: Series } | { ok: false; findings: Finding[] }> {
  const key = await signingKeyOf(db, issuer.id, masterKey);
  const profile = { ...(JSON.parse(issuer.profile) as JsonObject), id: didOf(publicUrl, issuer.slug) };
  const prepared = prepareSigning(profile, key);
  if (!prepared.ok) return prepared;
  const { policy } = await findPolicy(db, issuer.id);
  const gate = gateOf(policy);
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
      gate,
      judgedBy: judgedBy(gate, issuer, version),
      evidence: version.evidence === null ? null : (JSON.parse(version.evidence) as EvidenceRequirement),
      exceptions,
    },
  };
}

function gateOf({ gate, gateClass, proof }: Policy): Gate | null {
  if (gate === 'off') return null;
  const listOrderProtected = proof === 'vc-jwt';
  return { pack: defaultPack, wanted: gateClass, refuses: gate === 'block', listOrderProtected };
}

function judgedBy(gate: Gate | null, issuer: IssuerRow, version: AchievementVersionRow): string {
  if (gate === null) return 'off';
  const { pack, wanted, listOrderProtected } = gate;
  const documents = [issuer.profile, version.document];
  return sha256Hex(JSON.stringify([pack.id, pack.version, wanted, listOrderProtected, ...documents]));
}

const inputOf = ({ achievement, issuer }: Series, learner: Learner) => ({ achievement, issuer, learner });

const optionsOf = ({ publicUrl, ...series }: Series, id: string, place: StatusPlace, dates: Dates, now: Date) => ({
  cryptography: nodeCryptography,
  now,
  id: `${publicUrl}/credentials/${id}`,
  credentialStatus: statusEntries(publicUrl, place),
  allowBelowPassMark: series.exceptions.allowBelowPassMark,
  ...(series.evidence === null ? {} : { evidence: series.evidence }),
  ...dates,
});

/** Places that no list gives out, for a credential that is only tried. */
const nowhere = { listId: '00000000-0000-4000-8000-000000000000', index: 0 };

export interface Tried {
  /** Everything that would keep the credential from being issued. */
  findings: Finding[];
  /** How it falls short of the gate; null when it passes, or nothing is asked. */
  gate: GateOutcome | null;
}

/** What would come of a learner's credential, without signing it. */
export async function tryCredential(series: Series, learner: Learner, dates: Dates, now: Date): Promise<Tried> {
  const options = optionsOf(series, 'tried', nowhere, dates, now);
  const gate = series.gate && { ...series.gate, refuses: false };
  const built = await buildChecked(inputOf(series, learner), { ...options, gate });
  return built.ok ? { findings: [], gate: built.gate } : { findings: built.findings, gate: null };
}

/**
 * Build, check and sign the credential of one learner, as it is then kept. Nothing is kept here. `judged`: what the gate said of
 * it already.
 */
export async function signCredential(
  series: Series,
  place: StatusPlace,
  learner: Learner,
  dates: Dates,
  now: Date,
  judged?: GateOutcome | null,
): Promise<{ ok: true; credential: CredentialRow; gate: GateOutcome | null } | { ok: false; findings: Finding[] }> {
  const { version, issuerId, signing, publicUrl, masterKey, gate, exceptions } = series;
  const { waiver } = exceptions;
  const isRefused = gate?.refuses === true && waiver === null;
  if (isRefused && judged) return { ok: false, findings: refusalOf(judged) };
  // 128 random bits: whoever does not know the address cannot find it.
  const id = randomBytes(16).toString('base64url');
  const issued = await issueCredential(inputOf(series, learner), {
    ...optionsOf(series, id, place, dates, now),
    gate: judged === undefined && gate !== null ? { ...gate, refuses: isRefused } : null,
    signing,
    format: 'json',
  });
  if (!issued.ok) return issued;
  const outcome = judged ?? issued.gate;
  const document = JSON.stringify(issued.credential);
  return {
    ok: true,
    gate: outcome,
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
      waiver: gate?.refuses && waiver !== null && outcome !== null ? JSON.stringify(keepWaiver(waiver, outcome)) : null,
    },
  };
}

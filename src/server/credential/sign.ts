import type { Finding } from '../../core/finding.ts';
import { defaultPack } from '../../core/framework/default-pack.ts';
import type { BuildOptions } from '../../core/issue/build-from-achievement.ts';
import type { EvidenceRequirement } from '../../core/issue/check-mastery.ts';
import type { ClassToken } from '../../core/issue/class-token.ts';
import type { EvidenceFiles } from '../../core/issue/evidence.ts';
import { type Gate, type GateOutcome, refusalOf } from '../../core/issue/gate.ts';
import { buildChecked } from '../../core/issue/issue-credential.ts';
import { type Learner, readMoment } from '../../core/issue/learner.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { type AchievementVersionRow, addressOf } from '../achievement/store.ts';
import type { Database } from '../database.ts';
import { sha256Hex } from '../digest.ts';
import type { IssuerRow } from '../issuer/store.ts';
import type { MasterKey } from '../master-key.ts';
import type { Policy } from '../policy/policy.ts';
import { ApiError, phrase } from '../problem.ts';
import type { StatusPlace } from '../status-list/allocate.ts';
import {
  type Issued,
  newCredentialId,
  newRow,
  openSigner,
  type SignedForms,
  type Signer,
  signForms,
  statusOf,
} from './signer.ts';
import type { CredentialRow } from './store.ts';
import { keepWaiver, type Waiver } from './waiver.ts';

/** What all credentials of one achievement version have in common. */
export interface Series extends Signer {
  version: AchievementVersionRow;
  achievement: JsonObject;
  /** What it must support; null when nothing is asked. */
  gate: Gate | null;
  /** Null unless the issuer wants the draft type of a class written. */
  classToken: ClassToken | null;
  /** All that the gate's answer depends on beside the learner: the same text, the same answer. */
  judgedBy: string;
  evidence: EvidenceRequirement | null;
  exceptions: Exceptions;
}

/** A series as plain data, which can go to a thread: all that signing needs, and nothing that tells whose a credential is. */
export type PlainSeries = Omit<Series, 'gate' | 'classToken' | 'masterKey'>;

/** A series with all that judges and signs its credentials. */
export type SigningSeries = Omit<Series, 'masterKey'>;

export function plainOf({ gate: _, classToken: __, masterKey: ___, ...plain }: Series): PlainSeries {
  return plain;
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

/** Dates of a request; those without a zone in the issuer's. */
export function readDates(given: Dates, timeZone: string): Dates {
  const dates: Dates = {};
  for (const name of ['validFrom', 'validUntil'] as const) {
    const written = given[name];
    if (written === undefined) continue;
    const moment = readMoment(written, timeZone);
    if (moment === undefined)
      throw new ApiError(
        'malformed-request',
        phrase`"${name}" is no date. Write it as 2026-05-18 or 2026-05-18T09:00:00Z.`,
      );
    dates[name] = moment;
  }
  return dates;
}

/** `proof`: instead of what the policy says. */
export async function openSeries(
  deps: { db: Database; masterKey: MasterKey; publicUrl: string; now(): Date },
  issuer: IssuerRow,
  version: AchievementVersionRow,
  exceptions: Exceptions,
  proof?: Policy['proof'],
): Promise<{ ok: true; series: Series } | { ok: false; findings: Finding[] }> {
  const opened = await openSigner(deps, issuer, proof);
  if (!opened.ok) return opened;
  const { policy } = opened.signer;
  const achievement = {
    ...(JSON.parse(version.document) as JsonObject),
    id: addressOf(deps.publicUrl, version.achievement_id),
  };
  return {
    ok: true,
    series: {
      ...opened.signer,
      ...judgesOf(policy),
      version,
      achievement,
      judgedBy: judgedBy(gateOf(policy), issuer, version),
      evidence: version.evidence === null ? null : (JSON.parse(version.evidence) as EvidenceRequirement),
      exceptions,
    },
  };
}

function gateOf({ gate, gateClass, proof }: Policy): Gate | null {
  if (gate === 'off') return null;
  const listOrderProtected = proof === 'vc-jwt';
  return { pack: defaultPack, wanted: gateClass, refuses: gate === 'block', listOrderProtected, known: new Map() };
}

const classTokenOf = ({ proof }: Policy): ClassToken => ({
  pack: defaultPack,
  listOrderProtected: proof === 'vc-jwt',
  known: new Map(),
});

/** What judges the credentials of a series by a policy; no two of it share what they remember. */
export const judgesOf = (policy: Policy): Pick<Series, 'gate' | 'classToken'> => ({
  gate: gateOf(policy),
  classToken: policy.classToken ? classTokenOf(policy) : null,
});

function judgedBy(gate: Gate | null, issuer: IssuerRow, version: AchievementVersionRow): string {
  if (gate === null) return 'off';
  const { pack, wanted, listOrderProtected } = gate;
  const documents = [issuer.profile, version.document];
  return sha256Hex(JSON.stringify([pack.id, pack.version, wanted, listOrderProtected, ...documents]));
}

const inputOf = ({ achievement, issuer }: SigningSeries, learner: Learner) => ({ achievement, issuer, learner });

function optionsOf(
  series: SigningSeries,
  id: string,
  place: StatusPlace,
  dates: Dates,
  now: Date,
  evidenceFiles: EvidenceFiles,
) {
  const { publicUrl, policy, signing } = series;
  const url = `${publicUrl}/credentials/${id}`;
  return {
    cryptography: nodeCryptography,
    now,
    id: url,
    learnerName: policy.learnerName,
    // A VC-JWT names its subject (Open Badges 3.0 §8.2.4).
    subjectId: signing.jwt !== null,
    credentialStatus: statusOf(series, place),
    ...(policy.refreshService ? { refreshService: { id: `${url}/refresh`, type: '1EdTechCredentialRefresh' } } : {}),
    evidenceFiles,
    allowBelowPassMark: series.exceptions.allowBelowPassMark,
    classToken: series.classToken,
    ...(series.evidence === null ? {} : { evidence: series.evidence }),
    ...dates,
  };
}

/** Places that no list gives out, for a credential that is only tried. */
const nowhere = { listId: '00000000-0000-4000-8000-000000000000', index: 0 };

export interface Tried {
  /** Everything that would keep the credential from being issued. */
  findings: Finding[];
  /** How it falls short of the gate; null when it passes, or nothing is asked. */
  gate: GateOutcome | null;
}

/** What would come of a learner's credential, without signing it. */
export async function tryCredential(
  series: SigningSeries,
  learner: Learner,
  dates: Dates,
  now: Date,
  files: EvidenceFiles = new Map(),
): Promise<Tried> {
  const options = optionsOf(series, 'tried', nowhere, dates, now, files);
  const gate = series.gate && { ...series.gate, refuses: false };
  const built = await buildChecked(inputOf(series, learner), { ...options, gate });
  return built.ok ? { findings: [], gate: built.gate } : { findings: built.findings, gate: null };
}

/** What an edition takes over from the one before it. */
export type OfEdition = Pick<BuildOptions, 'identifiers' | 'relatedResource'>;

/** A credential that was signed, before it is known whose it is. */
export type Made =
  | { ok: true; id: string; forms: SignedForms; gate: GateOutcome | null }
  | { ok: false; findings: Finding[] };

/** Build, check and sign the credential of one learner. `judged`: what the gate said of it already. */
export async function makeCredential(
  series: SigningSeries,
  place: StatusPlace,
  learner: Learner,
  dates: Dates,
  now: Date,
  judged?: GateOutcome | null,
  files: EvidenceFiles = new Map(),
  edition: OfEdition = {},
): Promise<Made> {
  const { gate } = series;
  const isRefused = gate?.refuses === true && series.exceptions.waiver === null;
  if (isRefused && judged) return { ok: false, findings: refusalOf(judged) };
  const id = newCredentialId();
  const built = await buildChecked(inputOf(series, learner), {
    ...optionsOf(series, id, place, dates, now, files),
    ...edition,
    gate: judged === undefined && gate !== null ? { ...gate, refuses: isRefused } : null,
  });
  if (!built.ok) return built;
  const signed = await signForms(series, built.credential, now);
  return signed.ok ? { ok: true, id, forms: signed.forms, gate: judged ?? built.gate } : signed;
}

/** What was signed, as it is then kept. Nothing is kept here. */
export function rowOf(
  series: Series,
  { id, forms, gate: outcome }: Made & { ok: true },
  issued: Omit<Issued, 'id'>,
): CredentialRow {
  const { version, gate, exceptions } = series;
  const { waiver } = exceptions;
  return {
    ...newRow(series, forms, { id, ...issued }),
    achievement_id: version.achievement_id,
    achievement_version: version.version,
    waiver: gate?.refuses && waiver !== null && outcome !== null ? JSON.stringify(keepWaiver(waiver, outcome)) : null,
  };
}

/** Both: the credential of one learner, signed, as it is then kept. */
export async function signCredential(
  series: Series,
  place: StatusPlace,
  learner: Learner,
  dates: Dates,
  now: Date,
  by: Issued['by'],
  judged?: GateOutcome | null,
  files?: EvidenceFiles,
  edition?: OfEdition,
): Promise<{ ok: true; credential: CredentialRow; gate: GateOutcome | null } | { ok: false; findings: Finding[] }> {
  const made = await makeCredential(series, place, learner, dates, now, judged, files, edition);
  if (!made.ok) return made;
  return { ok: true, gate: made.gate, credential: rowOf(series, made, { place, learner, now, by }) };
}

import { bakeCredential } from '../baking/bake.ts';
import { parseCredential } from '../credential/parse.ts';
import type { Finding } from '../finding.ts';
import { type JsonObject, toList } from '../json/json.ts';
import { analyseTerms } from '../json-ld/terms.ts';
import { addProof } from '../proof/add-proof.ts';
import { signVcJwt } from '../proof/vc-jwt.ts';
import {
  type BuildInput,
  type BuildOptions,
  type BuildResult,
  buildFromAchievement,
} from './build-from-achievement.ts';
import { checkMastery } from './check-mastery.ts';
import { addClassToken } from './class-token.ts';
import { type GateOutcome, judgeGate, refusalOf } from './gate.ts';
import type { Signing } from './prepare-signing.ts';

export type IssueFormat = 'json' | 'jwt' | 'png' | 'svg';

export interface IssueOptions extends BuildOptions {
  signing: Signing;
  format: IssueFormat;
  /** The picture to bake into, for `png` and `svg`. */
  image?: Uint8Array;
}

export type IssueResult =
  | {
      ok: true;
      credential: JsonObject;
      /** The signed JSON or compact JWS, or the baked picture. */
      bytes: Uint8Array;
      /** How it falls short of the gate; null when it passes. */
      gate: GateOutcome | null;
    }
  | { ok: false; findings: Finding[] };

/**
 * The unsigned credential for one learner, checked as a receiver will check it: built, read back by the data model, every
 * term defined, borne out by the learner's results and evidence. An invalid credential is never issued (framework.md §9); what
 * is wrong comes as findings, and so does what falls short of a gate that refuses.
 */
export async function buildChecked(input: BuildInput, options: BuildOptions): Promise<BuildResult> {
  const built = await buildFromAchievement(input, options);
  if (!built.ok) return built;
  const findings = [...checkMastery(built.credential, options), ...findFaults(built.credential)];
  if (findings.length > 0) return { ok: false, findings };
  const credential = options.classToken ? addClassToken(built.credential, options.classToken) : built.credential;
  const more = credential === built.credential ? [] : findFaults(credential);
  if (more.length > 0) return { ok: false, findings: more };
  const gate = options.gate ? judgeGate(credential, options.gate) : null;
  if (gate !== null && options.gate?.refuses) return { ok: false, findings: refusalOf(gate) };
  return { ok: true, credential, gate };
}

/** What a receiver would find wrong in an unsigned credential: by the data model, and terms that no context defines. */
export function findFaults(credential: JsonObject): Finding[] {
  const read = parseCredential(credential);
  const faults = (read.ok ? read.parsed.findings : read.findings).filter(({ severity }) => severity === 'error');
  const undefinedTerms = analyseTerms(credential).undefinedTerms.map(
    ({ pointer, term }): Finding => ({ code: 'term-undefined', severity: 'error', pointer, params: { term } }),
  );
  return [...faults, ...undefinedTerms];
}

/**
 * Issue one credential: build and check it, sign it (Data Integrity, or a VC-JWT of the Open Badges profile), and bake it
 * into the picture for `png` and `svg`. What is wrong comes as findings, and nothing is signed then.
 */
export async function issueCredential(input: BuildInput, options: IssueOptions): Promise<IssueResult> {
  const { format, signing, cryptography, image } = options;
  const built = await buildChecked(input, { ...options, subjectId: options.subjectId ?? format === 'jwt' });
  if (!built.ok) return built;
  const utf8 = new TextEncoder();
  if (format === 'jwt') {
    const signed = await signVcJwt(built.credential, { ...signing, profile: 'open-badges' }, cryptography);
    if (!signed.ok) return { ok: false, findings: [signed.finding] };
    return { ok: true, credential: built.credential, bytes: utf8.encode(signed.jwt), gate: built.gate };
  }
  const signed = await signBuilt(built.credential, options);
  if (!signed.ok) return signed;
  const { credential } = signed;
  const text = JSON.stringify(credential, null, 2);
  if (format === 'json') return { ok: true, credential, bytes: utf8.encode(`${text}\n`), gate: built.gate };
  const baked = bakeCredential(image ?? new Uint8Array(), text, 'openbadgecredential');
  if (!baked.ok) return { ok: false, findings: [baked.finding] };
  if (baked.mediaType !== (format === 'png' ? 'image/png' : 'image/svg+xml'))
    return { ok: false, findings: [{ code: 'issue-image-other-kind', severity: 'error', params: { format } }] };
  return { ok: true, credential, bytes: baked.bytes, gate: built.gate };
}

/** Embed a proof in what `buildChecked` gave (Open Badges 3.0 §8.3). */
export async function signBuilt(
  credential: JsonObject,
  { now, signing, cryptography }: Pick<IssueOptions, 'now' | 'signing' | 'cryptography'>,
): Promise<{ ok: true; credential: JsonObject } | { ok: false; findings: Finding[] }> {
  const created = `${now.toISOString().slice(0, 19)}Z`;
  const signed = await addProof(credential, { ...signing, created }, { cryptography });
  if (!signed.ok) return { ok: false, findings: [signed.finding] };
  // Canonical form has lists where lists may stand (Open Badges 3.0); a proof does not cover itself.
  return { ok: true, credential: { ...signed.document, proof: [...toList(signed.document.proof)] } as JsonObject };
}

import './no-eval.ts';
import { type AssessResult, assessCredential } from '../core/assess.ts';
import type { TrustSource } from '../core/trust/trust-source.ts';
import { webCryptography } from '../core/web-cryptography.ts';
import { network } from './network.ts';

const maximumBytes = 20_000_000;

/** Assess what a person handed over, in this browser. Loaded when first needed: it is the heavy part of the application. */
export async function verifyHere(input: Blob | string, trustSources: readonly TrustSource[]): Promise<AssessResult> {
  // Before reading: a film is not a credential.
  if (typeof input !== 'string' && input.size > maximumBytes)
    return { ok: false, finding: { code: 'input-too-large', severity: 'error', params: { limit: maximumBytes } } };
  const given = typeof input === 'string' ? input : new Uint8Array(await input.arrayBuffer());
  return assessCredential(given, { cryptography: webCryptography, network, now: new Date(), trustSources });
}

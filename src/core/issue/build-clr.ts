import type { Finding } from '../finding.ts';
import type { JsonObject, JsonValue } from '../json/json.ts';
import { contextUrl } from '../json-ld/contexts.ts';
import { buildIdentity, type IdentityOptions, present, seconds, withType } from './build-from-achievement.ts';
import { findFaults } from './issue-credential.ts';
import type { Learner } from './learner.ts';
import { listContexts } from './list-contexts.ts';

export interface ClrInput {
  /** A Profile with the publisher's `id`. */
  issuer: JsonObject;
  /** Who all of it is about; what else is known of them stands in the credentials. */
  learner: Pick<Learner, 'id' | 'name' | 'nameConsent' | 'email' | 'identifiers'>;
  /** Signed credentials as they were delivered, JSON or compact JWS; not one byte of them is changed. */
  credentials: readonly JsonValue[];
  name: string;
  description?: string | undefined;
  /** Does the publisher know more of the learner than this? */
  partial: boolean;
}

export interface ClrOptions extends IdentityOptions {
  now: Date;
  id: string;
  validFrom?: string | undefined;
  validUntil?: string | undefined;
  credentialStatus?: readonly JsonObject[];
}

/**
 * The unsigned Comprehensive Learner Record of signed credentials (CLR 2.0 §2, §3), checked as a receiver will check it. A
 * compact JWS is put in as an EnvelopedVerifiableCredential (VCDM 2.0 §4.12), since only objects may stand in a record.
 */
export async function buildClr(
  { issuer, learner, credentials, name, description, partial }: ClrInput,
  options: ClrOptions,
): Promise<{ ok: true; credential: JsonObject } | { ok: false; findings: Finding[] }> {
  const who = await buildIdentity(learner, options);
  if (!who.ok) return who;
  const { '@context': issuerContexts, ...profile } = issuer;
  const [first = '', ...others] = listContexts({ issuer: profile, status: options.credentialStatus }, issuerContexts);
  const credential = present({
    '@context': [first, contextUrl.clr201, ...others],
    id: options.id,
    type: ['VerifiableCredential', 'ClrCredential'],
    name,
    description,
    partial: partial ? true : undefined,
    issuer: withType(profile, 'Profile'),
    validFrom: options.validFrom ?? seconds(options.now),
    validUntil: options.validUntil,
    credentialSubject: { ...who.identity, type: ['ClrSubject'], verifiableCredential: credentials.map(asObject) },
    credentialStatus: options.credentialStatus === undefined ? undefined : [...options.credentialStatus],
  });
  const findings = findFaults(credential);
  return findings.length > 0 ? { ok: false, findings } : { ok: true, credential };
}

const asObject = (credential: JsonValue): JsonValue =>
  typeof credential === 'string'
    ? {
        '@context': contextUrl.credentials2,
        id: `data:application/vc+jwt,${credential}`,
        type: 'EnvelopedVerifiableCredential',
      }
    : credential;

import './no-eval.ts';
import { type AssessResult, assessCredential } from '../core/assess.ts';
import { isPdf } from '../core/container/pdf.ts';
import { isZip, listZip } from '../core/container/zip.ts';
import { matchRecipient, type Recipient } from '../core/credential/identity.ts';
import type { CredentialView } from '../core/credential/types.ts';
import type { Finding } from '../core/finding.ts';
import { parseJson } from '../core/json/parse-json.ts';
import type { Network } from '../core/network.ts';
import { readPdfCredentials } from '../core/open-input.ts';
import { parseTrustSource, type TrustSource } from '../core/trust/trust-source.ts';
import { webCryptography } from '../core/web-cryptography.ts';

// Loaded when first needed: this is the heavy part of the application.

const maximumBytes = 20_000_000;
const maximumArchive = 200_000_000;

export type { Recipient };
export type Read = { ok: true; bytes: Uint8Array } | { ok: false; finding: Finding };

/** A file inside another one. */
export interface Part {
  name: string;
  read(): Promise<Read>;
}

/** Assess what a person handed over, in this browser. */
export async function verifyHere(
  input: Blob | Uint8Array | string,
  network: Network,
  trustSources: readonly TrustSource[],
): Promise<AssessResult & { sha256: string }> {
  // Before reading: a film is not a credential.
  if (input instanceof Blob && input.size > maximumBytes) return { ...tooLarge(maximumBytes), sha256: '' };
  const given = input instanceof Blob ? new Uint8Array(await input.arrayBuffer()) : input;
  const result = await assessCredential(given, {
    cryptography: webCryptography,
    network,
    now: new Date(),
    trustSources,
  });
  return { ...result, sha256: await digest(given) };
}

/** What a ZIP archive, or a PDF with several credentials attached, holds; null for any other file. */
export async function unpackHere(
  file: Blob | Uint8Array,
): Promise<{ ok: true; parts: Part[]; leftOut: number } | { ok: false; finding: Finding } | null> {
  const start = file instanceof Blob ? new Uint8Array(await file.slice(0, 4).arrayBuffer()) : file;
  if (!isZip(start) && !isPdf(start)) return null;
  const limit = isZip(start) ? maximumArchive : maximumBytes;
  if (file instanceof Blob && file.size > limit) return tooLarge(limit);
  const bytes = file instanceof Blob ? new Uint8Array(await file.arrayBuffer()) : file;
  if (isZip(bytes)) {
    const listed = listZip(bytes);
    if (!listed.ok) return listed;
    if (listed.entries.length === 0) return { ok: false, finding: { code: 'zip-empty', severity: 'error' } };
    return { ok: true, parts: listed.entries, leftOut: listed.leftOut };
  }
  const { credentials } = await readPdfCredentials(bytes);
  if (credentials.length < 2) return null;
  const parts = credentials.map((held, index) => ({
    name: String(index + 1),
    read: async (): Promise<Read> => ({ ok: true, bytes: held }),
  }));
  return { ok: true, parts, leftOut: 0 };
}

/** Is the credential about this person? Computed here; nothing is sent. */
export function matchHere(credential: CredentialView, recipient: Recipient): Promise<boolean> {
  return matchRecipient(credential, recipient, webCryptography);
}

/** A list of issuers that the viewer chose to trust. */
export async function readTrustSource(
  file: Blob,
): Promise<{ ok: true; source: TrustSource } | { ok: false; findings: Finding[] }> {
  if (file.size > maximumBytes) return { ok: false, findings: [tooLarge(maximumBytes).finding] };
  const parsed = parseJson(new Uint8Array(await file.arrayBuffer()));
  return parsed.ok ? parseTrustSource(parsed.value) : { ok: false, findings: [parsed.finding] };
}

function tooLarge(limit: number): { ok: false; finding: Finding } {
  return { ok: false, finding: { code: 'input-too-large', severity: 'error', params: { limit } } };
}

async function digest(given: Uint8Array | string): Promise<string> {
  const bytes = await webCryptography.digest('sha256', given);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

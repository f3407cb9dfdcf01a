import { askOtherSources } from '../../../core/ask-other-sources.ts';
import type { Assessment } from '../../../core/assess.ts';
import type { Finding } from '../../../core/finding.ts';
import type { Network } from '../../../core/network.ts';
import type { TrustSource } from '../../../core/trust/trust-source.ts';
import { fetchSample, ProblemError, verifyAddress } from '../../api.ts';
import { sampleTitles, texts } from '../../texts/language.ts';
import type { Part } from '../../verify-here.ts';

/** What a person handed over, with its name and how many archives it stands in. */
export interface Given {
  /** Null for pasted text, which has none. */
  name: string | null;
  depth: number;
  what: { file: Blob } | { text: string } | { sample: string; id: string } | { part: Part };
}

/** What it is called in the language of the page. */
export function nameOf({ name, what }: Given): string {
  return ('sample' in what ? sampleTitles[what.id] : undefined) ?? name ?? texts.pasted;
}

export type Checked =
  | { kind: 'assessed'; assessment: Assessment; sha256: string | null }
  | { kind: 'refused'; finding: Finding }
  /** No answer from this server, or, without a detail, a fault of ours: says nothing about the credential. */
  | { kind: 'unanswered'; detail: string | null }
  /** An archive: each file in it is an input of its own. */
  | { kind: 'unpacked'; parts: Given[]; leftOut: number };

const maximumDepth = 2;

/** Check one input: in this browser, unless it is an address, which this server fetches and assesses. */
export async function check(given: Given, network: Network, trustSources: readonly TrustSource[]): Promise<Checked> {
  const { depth, what } = given;
  try {
    if ('text' in what && /^https?:\/\/\S+$/.test(what.text)) {
      const assessment = await verifyAddress(what.text);
      return { kind: 'assessed', assessment: askOtherSources(assessment, trustSources), sha256: null };
    }
    const { unpackHere, verifyHere } = await import('../../verify-here.ts');
    const opened = await open(what);
    if (!opened.ok) return { kind: 'refused', finding: opened.finding };
    const unpacked = typeof opened.input === 'string' ? null : await unpackHere(opened.input);
    if (unpacked !== null) {
      if (!unpacked.ok) return { kind: 'refused', finding: unpacked.finding };
      if (depth >= maximumDepth) return { kind: 'refused', finding: { code: 'zip-too-deep', severity: 'error' } };
      const parts = unpacked.parts.map((part) => ({
        name: `${nameOf(given)} › ${part.name}`,
        depth: depth + 1,
        what: { part },
      }));
      return { kind: 'unpacked', parts, leftOut: unpacked.leftOut };
    }
    const result = await verifyHere(opened.input, network, trustSources);
    if (!result.ok) return { kind: 'refused', finding: result.finding };
    return { kind: 'assessed', assessment: result.assessment, sha256: result.sha256 };
  } catch (error) {
    if (error instanceof ProblemError)
      return error.finding === null
        ? { kind: 'unanswered', detail: error.message }
        : { kind: 'refused', finding: error.finding };
    console.error(error);
    return { kind: 'unanswered', detail: null };
  }
}

async function open(
  what: Given['what'],
): Promise<{ ok: true; input: Blob | Uint8Array | string } | { ok: false; finding: Finding }> {
  if ('text' in what) return { ok: true, input: what.text };
  if ('sample' in what) return { ok: true, input: await fetchSample(what.sample) };
  if ('file' in what) return { ok: true, input: what.file };
  const read = await what.part.read();
  return read.ok ? { ok: true, input: read.bytes } : read;
}

import type { Assessment } from '../../../core/assess.ts';
import type { Finding } from '../../../core/finding.ts';
import type { TrustSource } from '../../../core/trust/trust-source.ts';
import { fetchSample, ProblemError, verifyAddress } from '../../api.ts';

/** What a person handed over, with the name it is shown under. */
export type Given = { name: string } & ({ file: Blob } | { text: string } | { sample: string });

export type Checked =
  | { kind: 'assessed'; assessment: Assessment }
  | { kind: 'refused'; finding: Finding }
  /** No answer from this server, or, without a detail, a fault of ours: says nothing about the credential. */
  | { kind: 'unanswered'; detail: string | null };

/** Check one input: in this browser, unless it is an address, which this server fetches and assesses. */
export async function check(given: Given, trustSources: Promise<readonly TrustSource[]>): Promise<Checked> {
  try {
    if ('text' in given && /^https?:\/\/\S+$/.test(given.text))
      return { kind: 'assessed', assessment: await verifyAddress(given.text) };
    const input = 'text' in given ? given.text : 'file' in given ? given.file : await fetchSample(given.sample);
    const { verifyHere } = await import('../../verify-here.ts');
    const result = await verifyHere(input, await trustSources);
    if (!result.ok) return { kind: 'refused', finding: result.finding };
    return { kind: 'assessed', assessment: result.assessment };
  } catch (error) {
    if (error instanceof ProblemError)
      return error.finding === null
        ? { kind: 'unanswered', detail: error.message }
        : { kind: 'refused', finding: error.finding };
    console.error(error);
    return { kind: 'unanswered', detail: null };
  }
}

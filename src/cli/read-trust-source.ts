import { renderFinding } from '../core/catalogue/render.ts';
import { UnavailableError } from '../core/finding.ts';
import { parseJson } from '../core/json/parse-json.ts';
import type { Network } from '../core/network.ts';
import { parseTrustSource } from '../core/trust/trust-source.ts';
import type { TrustSource } from '../core/trust/types.ts';
import { Misuse } from './exit-code.ts';
import type { Io } from './io.ts';
import { readBytes } from './read-files.ts';

/** A trust source from a file or URL. Throws Misuse: verifying without a list that was asked for would mislead. */
export async function readTrustSource(name: string, network: Network | undefined, io: Io): Promise<TrustSource> {
  const json = parseJson(/^https?:\/\//i.test(name) ? await fetchBytes(name, network) : await readBytes(name, io));
  const result = json.ok ? parseTrustSource(json.value) : { ok: false as const, findings: [json.finding] };
  if (result.ok) return result.source;
  const [first] = result.findings;
  const { say, todo } = first === undefined ? { say: '', todo: undefined } : renderFinding(first);
  throw new Misuse(
    `The trust source ${name} cannot be used. ${say}${first?.pointer ? ` (at ${first.pointer})` : ''}`,
    todo,
  );
}

async function fetchBytes(url: string, network: Network | undefined): Promise<Uint8Array> {
  if (network === undefined)
    throw new Misuse(`The trust source ${url} would have to be fetched.`, 'Leave --offline out, or give a file.');
  try {
    const { status, bytes } = await network.fetch(url, 'trust');
    if (status !== 200)
      throw new Misuse(`The trust source ${url} answered with status ${status}.`, 'Check the address.');
    return bytes;
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    throw new Misuse(`The trust source ${url} did not answer (${error.reason}).`, 'Try again, or give a file.');
  }
}

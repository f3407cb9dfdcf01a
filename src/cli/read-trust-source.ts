import { renderFinding } from '../core/catalogue/render.ts';
import { UnavailableError } from '../core/finding.ts';
import type { Network } from '../core/network.ts';
import type { TrustSource } from '../core/trust/types.ts';
import { loadTrustSource } from '../node/load-trust-source.ts';
import { Misuse } from './exit-code.ts';
import { unreadable } from './read-files.ts';

/** A trust source from a file or URL. Throws Misuse: verifying without a list that was asked for would mislead. */
export async function readTrustSource(name: string, network: Network | undefined): Promise<TrustSource> {
  const closed: Network = {
    fetch: async (url) => {
      throw new UnavailableError(url, 'no-network');
    },
  };
  const result = await loadTrustSource(name, network ?? closed).catch((error: unknown) => {
    if (!(error instanceof UnavailableError)) throw unreadable(name, error);
    throw new Misuse(`The trust source ${name} did not answer (${error.reason}).`, 'Try again, or give a file.');
  });
  if (result.ok) return result.source;
  const [first] = result.findings;
  const { say, todo } = first === undefined ? { say: '', todo: undefined } : renderFinding(first);
  throw new Misuse(
    `The trust source ${name} cannot be used. ${say}${first?.pointer ? ` (at ${first.pointer})` : ''}`,
    todo,
  );
}

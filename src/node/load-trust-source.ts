import { readFile } from 'node:fs/promises';
import type { Finding } from '../core/finding.ts';
import { parseJson } from '../core/json/parse-json.ts';
import type { Network } from '../core/network.ts';
import { parseTrustSource, type TrustSource } from '../core/trust/trust-source.ts';

/** Load a trust source from a file or an https address. Throws UnavailableError or the file system's error when it cannot be read. */
export async function loadTrustSource(
  place: string,
  network: Network,
): Promise<{ ok: true; source: TrustSource } | { ok: false; findings: Finding[] }> {
  const bytes = /^https?:\/\//.test(place) ? (await network.fetch(place, 'trust')).bytes : await readFile(place);
  const parsed = parseJson(bytes);
  return parsed.ok ? parseTrustSource(parsed.value) : { ok: false, findings: [parsed.finding] };
}

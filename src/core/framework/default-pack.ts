import type { Pack } from './pack-file.ts';
import trustedMicrocredential from './packs/trusted-microcredential@2024-03.0.json' with { type: 'json' };
import { vettedPatterns } from './pattern-engine.ts';
import { readPack } from './read-pack.ts';

/** `trusted-microcredential`, used where no pack is named. By itself, so that the page does not carry the others. */
export const defaultPack: Pack = loadBundled(trustedMicrocredential);

/** A pack that comes with Assay. @throws TypeError when its file is faulty, which is a bug of ours. */
export function loadBundled(file: unknown): Pack {
  const result = readPack(file, {}, vettedPatterns);
  if (!result.ok) throw new TypeError(`Bundled pack is faulty: ${JSON.stringify(result.findings)}`);
  return result.pack;
}

import type { Pack } from './pack-file.ts';
import euMicrocredential from './packs/eu-microcredential-2022@2022-06.0.json' with { type: 'json' };
import openSkillAlignment from './packs/open-skill-alignment-0.1@0.1.json' with { type: 'json' };
import trustedMicrocredential from './packs/trusted-microcredential@2024-03.0.json' with { type: 'json' };
import { vettedPatterns } from './pattern-engine.ts';
import { readPack } from './read-pack.ts';

/** The packs that come with Assay; the first is the default. */
export const bundledPacks: readonly [Pack, ...Pack[]] = [
  load(trustedMicrocredential),
  load(euMicrocredential),
  load(openSkillAlignment),
];

/** `trusted-microcredential`, used where no pack is named. */
export const defaultPack: Pack = bundledPacks[0];

/** A bundled pack by `id` or `id@version`, undefined when there is none (framework.md §2). */
export function findPack(idOrIdVersion: string): Pack | undefined {
  return bundledPacks.find((pack) => pack.id === idOrIdVersion || `${pack.id}@${pack.version}` === idOrIdVersion);
}

function load(file: unknown): Pack {
  const result = readPack(file, {}, vettedPatterns);
  if (!result.ok) throw new TypeError(`Bundled pack is faulty: ${JSON.stringify(result.findings)}`);
  return result.pack;
}

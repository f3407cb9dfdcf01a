import { defaultPack, loadBundled } from './default-pack.ts';
import type { Pack } from './pack-file.ts';
import euMicrocredential from './packs/eu-microcredential-2022@2022-06.0.json' with { type: 'json' };
import openSkillAlignment from './packs/open-skill-alignment-0.1@0.1.json' with { type: 'json' };

export { defaultPack };

/** The packs that come with Assay; the first is the default. */
export const bundledPacks: readonly [Pack, ...Pack[]] = [
  defaultPack,
  loadBundled(euMicrocredential),
  loadBundled(openSkillAlignment),
];

/** A bundled pack by `id` or `id@version`, undefined when there is none (framework.md §2). */
export function findPack(idOrIdVersion: string): Pack | undefined {
  return bundledPacks.find((pack) => pack.id === idOrIdVersion || `${pack.id}@${pack.version}` === idOrIdVersion);
}

import { linearPatterns } from './linear-patterns.ts';
import { type ParsePackOptions, type ParsePackResult, readPack } from './read-pack.ts';

export type { Pack, PackClass, PackPlace, PackRule } from './pack-file.ts';
export type { ParsePackOptions, ParsePackResult };

/**
 * Read a pack that somebody brings, from parsed JSON (framework.md §2). Every refusal of §2.3 is a finding with a pointer into
 * the file. All its patterns run in linear time, so look-ahead and back-references are refused.
 */
export function parsePack(value: unknown, options: ParsePackOptions = {}): ParsePackResult {
  return readPack(value, options, linearPatterns);
}

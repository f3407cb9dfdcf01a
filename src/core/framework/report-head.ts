import { compiledPack } from './compile-pack.ts';
import type { Facts } from './facts.ts';
import { textOf } from './mastery-reading.ts';
import { factIds, type Pack } from './pack-file.ts';
import type { FactId, FactValue, FrameworkReport } from './report.ts';
import type { Views } from './views.ts';

/** What every report says first. */
export function reportHead(pack: Pack, views: Views): Pick<FrameworkReport, 'pack' | 'credential' | 'undefinedTerms'> {
  const credential = textOf(views.unpruned.id);
  return {
    pack: compiledPack(pack).head,
    ...(credential === undefined ? {} : { credential }),
    undefinedTerms: views.undefinedTerms.map(({ pointer }) => pointer),
  };
}

/** The values of the facts, without what made them so. */
export function factValues(facts: Facts): Record<FactId, FactValue> {
  const values = {} as Record<FactId, FactValue>;
  for (const id of factIds) values[id] = facts[id].value;
  return values;
}

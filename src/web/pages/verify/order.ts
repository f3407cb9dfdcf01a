import type { Entry } from './use-batch.ts';

export type Group = 'not-verified' | 'cannot-tell' | 'not-read' | 'verified';
export const groups: readonly Group[] = ['not-verified', 'cannot-tell', 'not-read', 'verified'];

/** The group that a filter counts it in; null while it is being checked. */
export function groupOf({ checked }: Entry): Group | null {
  if (checked === null) return null;
  if (checked.kind === 'refused') return 'not-read';
  return checked.kind === 'unanswered' ? 'cannot-tell' : checked.assessment.verification.verdict;
}

/** What needs a look goes first: not verified, cannot tell, not read, verified with a failed or open stamp, verified. */
export function byRisk(entries: readonly Entry[]): Entry[] {
  const ranked = entries.map((entry) => ({ entry, rank: rankOf(entry) }));
  return ranked
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank)
    .map(({ entry }) => entry);
}

function rankOf(entry: Entry): number {
  const group = groupOf(entry);
  if (group === null) return -1;
  if (group !== 'verified' || entry.checked?.kind !== 'assessed') return groups.indexOf(group);
  const { stamps } = entry.checked.assessment.hallmark;
  const open = Object.values(stamps).some(({ outcome }) => outcome === 'failed' || outcome === 'cannot-tell');
  return open ? groups.length - 1 : groups.length;
}

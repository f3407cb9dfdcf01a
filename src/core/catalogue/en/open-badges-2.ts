import type { Sentence } from '../sentence.ts';

export const openBadges2 = {} satisfies Record<string, Sentence>;

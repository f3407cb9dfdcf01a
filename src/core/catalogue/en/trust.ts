import type { Sentence } from '../sentence.ts';

export const trust = {} satisfies Record<string, Sentence>;

import type { Sentence } from '../sentence.ts';

export const baking = {} satisfies Record<string, Sentence>;

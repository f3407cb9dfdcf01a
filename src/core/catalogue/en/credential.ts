import type { Sentence } from '../sentence.ts';

export const credential = {} satisfies Record<string, Sentence>;

import type { Sentence } from '../sentence.ts';

export const status = {} satisfies Record<string, Sentence>;

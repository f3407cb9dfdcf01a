import type { Sentence } from '../sentence.ts';

export const proof = {} satisfies Record<string, Sentence>;

import type { Sentence } from '../sentence.ts';

export const verify = {} satisfies Record<string, Sentence>;

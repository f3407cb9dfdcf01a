import type { Sentence } from '../sentence.ts';

export const did = {} satisfies Record<string, Sentence>;

import type { Sentence } from '../sentence.ts';

export const jsonLd = {} satisfies Record<string, Sentence>;

import type { Sentence } from '../sentence.ts';

export const framework = {} satisfies Record<string, Sentence>;

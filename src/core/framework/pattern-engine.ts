export const maximumPatternLength = 1500;

export type Matches = (text: string) => boolean;

/** How the patterns of a pack run. Undefined for a pattern that the engine does not take. */
export interface PatternEngine {
  /** A JSON Schema `pattern` (ECMA-262, unanchored). */
  compilePattern(source: string): Matches | undefined;
  /** An I-Regexp (RFC 9485) for the JSONPath functions `match` (whole text) and `search`. */
  compileIRegexp(source: string, whole: boolean): Matches | undefined;
}

/**
 * For the bundled packs, whose patterns are ours and tested: the platform's own engine, so that a browser need not load
 * another. `match` and `search` could take a pattern from a credential, so there it takes none.
 */
export const vettedPatterns: PatternEngine = {
  compilePattern(source) {
    const pattern = new RegExp(source, 'u');
    return (text) => pattern.test(text);
  },
  compileIRegexp: () => undefined,
};

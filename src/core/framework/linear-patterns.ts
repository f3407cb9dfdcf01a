import { RE2JS, RE2JSException } from 're2js';
import { type Matches, maximumPatternLength, type PatternEngine } from './pattern-engine.ts';

const space =
  '\\t\\n\\v\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';
const notSpace =
  '\\x{0}-\\x{8}\\x{e}-\\x{1f}!-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}';

/**
 * A JSON Schema `pattern` (ECMA-262, unanchored) as a linear-time test: packs come from institutions, and a pattern that
 * backtracks could keep a verifier busy for ever. Undefined when the pattern is wrong or needs what linear time cannot
 * give: look-ahead, look-behind, back-references (framework.md §2.3).
 */
export function compilePattern(source: string): Matches | undefined {
  return compile(ecmaToRe2(source), false);
}

/** An I-Regexp (RFC 9485) for the JSONPath functions `match` (whole text) and `search`. Undefined when it is none. */
export function compileIRegexp(source: string, whole: boolean): Matches | undefined {
  if (source.length > maximumPatternLength) return undefined;
  return compile(ecmaToRe2(source), whole);
}

function compile(re2Source: string, whole: boolean): Matches | undefined {
  try {
    const pattern = RE2JS.compile(re2Source);
    return whole ? (text) => pattern.testExact(text) : (text) => pattern.test(text);
  } catch (error) {
    if (error instanceof RE2JSException) return undefined;
    throw error;
  }
}

/** RE2 reads `\s`, `\S` and `.` as ASCII or without the line separators; ECMA-262 does not. */
function ecmaToRe2(source: string): string {
  let translated = '';
  let inClass = false;
  for (let index = 0; index < source.length; index += 1) {
    const character = source[index]!;
    if (character === '\\') {
      const escaped = source[index + 1] ?? '';
      index += 1;
      if (escaped === 's' || escaped === 'S') {
        const members = escaped === 's' ? space : notSpace;
        translated += inClass ? members : `[${members}]`;
      } else translated += `\\${escaped}`;
      continue;
    }
    if (inClass) {
      // RE2 would read `[[:alpha:]]` as a POSIX class.
      translated += character === '[' ? '\\[' : character;
      inClass = character !== ']';
    } else {
      translated += character === '.' ? '[^\\n\\r\\x{2028}\\x{2029}]' : character;
      inClass = character === '[';
    }
  }
  return RE2JS.translateRegExp(translated);
}

/** For packs that people bring: whatever a pattern says, it ends in linear time. */
export const linearPatterns: PatternEngine = { compilePattern, compileIRegexp };

// C0 and C1 controls could drive the terminal (escape sequences); bidirectional overrides and line separators could make
// a credential's text pass for ours.
const unsafe = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF\p{Cs}]/gu;

const escaped = (character: string) =>
  `\\u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Foreign text on one line: white space becomes a space, what could drive a terminal or reorder text is written out. */
export function safeLine(text: string, limit = 500): string {
  const line = text.replace(/[\t\n\r]+/g, ' ').replace(unsafe, escaped);
  return line.length <= limit ? line : `${line.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** JSON for people and programs: the same data, with the characters escaped that JSON.stringify leaves raw. */
export function safeJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent).replace(unsafe, (character) =>
    character === '\n' ? character : escaped(character).toLowerCase(),
  );
}

/** Does this text hold characters that could drive a terminal, other than line ends and tabs? */
export function drivesTerminal(text: string): boolean {
  return /(?![\t\n\r])\p{Cc}/u.test(text);
}

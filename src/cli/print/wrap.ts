const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const wide =
  /\p{Emoji_Presentation}|[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6]|[\u{20000}-\u{3FFFD}]/u;

/** Columns that a text takes in a terminal. */
export function displayWidth(text: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: our own colour sequences take no room
  const plain = text.replace(/\u001b\[[\d;]*m/g, '');
  if (/^[ -~]*$/.test(plain)) return plain.length;
  let width = 0;
  for (const { segment } of graphemes.segment(plain)) width += wide.test(segment) ? 2 : /^\p{M}/u.test(segment) ? 0 : 1;
  return width;
}

/** Fill up with spaces to a width. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** Break text into lines of at most `width` columns; the first line has only `firstWidth`. */
export function wrap(text: string, width: number, firstWidth = width): string[] {
  const lines: string[] = [];
  let line = '';
  let room = firstWidth;
  const flush = () => {
    lines.push(line);
    line = '';
    room = width;
  };
  for (const word of text.split(/ +/))
    for (const piece of pieces(word, width)) {
      if (line !== '' && displayWidth(piece) + 1 > room) flush();
      room -= displayWidth(piece) + (line === '' ? 0 : 1);
      line += line === '' ? piece : ` ${piece}`;
    }
  if (line !== '' || lines.length === 0) flush();
  return lines;
}

/** A word wider than a line, such as a DID, in parts. */
function pieces(word: string, width: number): string[] {
  if (displayWidth(word) <= width) return [word];
  const list: string[] = [];
  let piece = '';
  let used = 0;
  for (const { segment } of graphemes.segment(word)) {
    const wanted = displayWidth(segment);
    if (used + wanted > width) {
      list.push(piece);
      piece = '';
      used = 0;
    }
    piece += segment;
    used += wanted;
  }
  return [...list, piece];
}

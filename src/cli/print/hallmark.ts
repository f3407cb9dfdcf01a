import { renderStamp } from '../../core/catalogue/render.ts';
import type { Hallmark, StampId } from '../../core/hallmark.ts';
import type { Terminal } from './terminal.ts';
import { outcomeGlyphs } from './words.ts';
import { displayWidth, padEnd } from './wrap.ts';

const widest = (words: object) => Math.max(...Object.values(words).map(displayWidth));

/** The row of five stamps, always in this order: glyph, name, state word, the answer, and why. */
export function printHallmark({ stamps, signed }: Hallmark, terminal: Terminal, indent = '  '): void {
  const { words } = terminal.speech;
  const { stampNames, outcomeWords } = words;
  const [nameWidth, wordWidth] = [widest(stampNames), widest(outcomeWords)];
  for (const id of Object.keys(stampNames) as StampId[]) {
    const stamp = stamps[id];
    const head = `${outcomeGlyphs[stamp.outcome]} ${padEnd(stampNames[id], nameWidth)}  ${padEnd(outcomeWords[stamp.outcome], wordWidth)}  `;
    const { say, why } = renderStamp(stamp, words);
    const draft = !signed && id !== 'authentic' ? ` ${terminal.say('notSigned')}` : '';
    const narrow = terminal.width < 64;
    const rest = indent + ' '.repeat(narrow ? 4 : head.length);
    const text = `${say}${draft}${/[.!?]$/.test(say) ? '' : '.'} ${why}`;
    if (narrow) {
      terminal.line(indent + terminal.paint(stamp.outcome, head.trimEnd()));
      terminal.text(text, rest);
    } else terminal.text(text, indent + terminal.paint(stamp.outcome, head), rest);
  }
}

/** One line for lists: "✔ Authentic · ✔ Current · ? Issuer · ✔ Class · – Level". */
export function hallmarkLine({ stamps }: Hallmark, terminal: Terminal): string {
  const { stampNames } = terminal.speech.words;
  return (Object.keys(stampNames) as StampId[])
    .map((id) => terminal.paint(stamps[id].outcome, `${outcomeGlyphs[stamps[id].outcome]} ${stampNames[id]}`))
    .join(' · ');
}

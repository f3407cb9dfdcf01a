import { hallmarkReasons } from '../../core/catalogue/en/hallmark.ts';
import { fillIn } from '../../core/catalogue/render.ts';
import type { Hallmark, Stamp, StampId } from '../../core/hallmark.ts';
import type { Terminal } from './terminal.ts';
import { formatDate, outcomeGlyphs, outcomeWords, stampNames } from './words.ts';
import { padEnd } from './wrap.ts';

const nameWidth = Math.max(...Object.values(stampNames).map((name) => name.length));
const wordWidth = Math.max(...Object.values(outcomeWords).map((word) => word.length));

/** The row of five stamps, always in this order: glyph, name, state word, the answer, and why. */
export function printHallmark({ stamps, signed }: Hallmark, terminal: Terminal, indent = '  '): void {
  for (const id of Object.keys(stampNames) as StampId[]) {
    const stamp = stamps[id];
    const head = `${outcomeGlyphs[stamp.outcome]} ${padEnd(stampNames[id], nameWidth)}  ${padEnd(outcomeWords[stamp.outcome], wordWidth)}  `;
    const { say, why } = stampInWords(stamp);
    const draft = !signed && id !== 'authentic' ? ' (not signed)' : '';
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
  return (Object.keys(stampNames) as StampId[])
    .map((id) => terminal.paint(stamps[id].outcome, `${outcomeGlyphs[stamps[id].outcome]} ${stampNames[id]}`))
    .join(' · ');
}

function stampInWords({ reason, params = {} }: Stamp): { say: string; why: string } {
  const { say, why } = hallmarkReasons[reason];
  const shown = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, name === 'date' ? formatDate(String(value)) : value]),
  );
  return { say: fillIn(say, shown), why: fillIn(why, shown) };
}

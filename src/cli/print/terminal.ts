import type { Outcome } from '../../core/finding.ts';
import type { Io, Output } from '../io.ts';
import { englishSpeech, type Speech, sayIn } from '../speech.ts';
import { safeLine } from './safe-text.ts';
import { displayWidth, wrap } from './wrap.ts';

export type Paint = 'bold' | 'faint' | Outcome;

// The design's two colour rules: green, red and ochre mean an outcome and nothing else; the rest is ink.
const codes: Record<Paint, [number, number]> = {
  bold: [1, 22],
  faint: [2, 22],
  passed: [32, 39],
  failed: [31, 39],
  'cannot-tell': [33, 39],
  inapplicable: [2, 22],
};

/** An output with its width and, on a terminal that wants them, colours. Colour never speaks alone. */
export class Terminal {
  readonly width: number;
  /** The language of what is printed. */
  readonly speech: Speech;
  private readonly output: Output;
  private readonly coloured: boolean;

  constructor(output: Output, env: Io['env'], speech: Speech = englishSpeech) {
    this.output = output;
    this.speech = speech;
    this.coloured = output.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
    const asked = output.columns ?? Number.parseInt(env.COLUMNS ?? '', 10);
    this.width = Math.min(100, Math.max(32, Number.isFinite(asked) && asked > 0 ? asked : 80));
  }

  paint(style: Paint, text: string): string {
    if (!this.coloured || text === '') return text;
    const [on, off] = codes[style];
    return `\u001b[${on}m${text}\u001b[${off}m`;
  }

  /** One of the terminal's own texts in the language at hand. */
  say(name: Parameters<typeof sayIn>[1], params: Record<string, string | number> = {}): string {
    return sayIn(this.speech, name, params);
  }

  /** A line of our own words, as it is. */
  line(text = ''): void {
    this.output.write(`${text}\n`);
  }

  /**
   * A paragraph, broken at the width, with `first` before its first line and `rest` before the others. The text may come
   * from a credential: what could drive the terminal is written out here, once for all.
   */
  text(text: string, first = '', rest = first, style?: Paint): void {
    const room = (lead: string) => Math.max(16, this.width - displayWidth(lead));
    wrap(safeLine(text, 4000), room(rest), room(first)).forEach((line, index) => {
      this.line((index === 0 ? first : rest) + (style === undefined ? line : this.paint(style, line)));
    });
  }
}

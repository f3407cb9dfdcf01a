import type { MasteryStatement } from '../../core/framework/report.ts';
import type { Terminal } from './terminal.ts';

/**
 * A mastery statement as a ladder: one cell per level in the issuer's order, lowest first, or one bar for a number. The
 * flag stands where a pass begins. Never coloured by outcome, never on another scale.
 */
export function printLadder(statement: MasteryStatement, terminal: Terminal, indent = '    '): void {
  const { position, passMark, levels } = statement;
  if (position === undefined) return;
  if ('rank' in position) {
    const labels = levels ?? Array.from({ length: position.of }, (_, index) => String(index + 1));
    const flag = passMark !== undefined && 'rank' in passMark ? passMark.rank : 0;
    const cells = labels.slice(0, 24).map((label, index) => {
      const cell = `${index < position.rank ? '■' : '□'} ${label}`;
      // Spaces that do not break keep a cell together, and one more keeps cells apart.
      return `${cell}${index + 1 === flag ? ' ⚑' : ''} `.replaceAll(' ', '\u00A0');
    });
    terminal.text(cells.join(' '), indent);
    terminal.text(terminal.say(flag > 0 ? 'flag' : 'noPassMark'), indent);
    return;
  }
  const barWidth = Math.max(8, Math.min(24, terminal.width - indent.length - 1));
  const reached = Math.round(clamp(position.fraction) * barWidth);
  const flag =
    passMark !== undefined && 'fraction' in passMark ? Math.round(clamp(passMark.fraction) * barWidth) : null;
  const bar: string[] = Array.from({ length: barWidth }, (_, index) => (index < reached ? '■' : '□'));
  if (flag !== null) bar.splice(flag, 0, '⚑');
  terminal.line(indent + bar.join(''));
  terminal.text(terminal.say(flag !== null ? 'flag' : 'noPassMark'), indent);
}

function clamp(fraction: number): number {
  return Math.min(1, Math.max(0, fraction));
}

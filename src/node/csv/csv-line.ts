/**
 * One line of CSV. Every cell is quoted; a cell that a spreadsheet would run as a formula gets an apostrophe in front, so
 * that it is shown as text.
 */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map((cell) => `"${neutralised(String(cell)).replaceAll('"', '""')}"`).join(',')}\r\n`;
}

function neutralised(cell: string): string {
  // White space before the sign does not stop every spreadsheet; full-width signs count in some.
  return /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(cell) ? `'${cell}` : cell;
}

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

/** A file name of letters, digits and hyphens: the line of the row keeps it unique, the name lets a person find it. */
export function credentialFileName(line: number, learnerName: string | undefined, extension: string): string {
  const slug = (learnerName ?? '')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return `${String(line).padStart(5, '0')}${slug === '' ? '' : `-${slug}`}.${extension}`;
}

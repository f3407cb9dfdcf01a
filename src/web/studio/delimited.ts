// Tables as text: of a CSV file, of which only the beginning is read here, and of what a spreadsheet puts on the clipboard.

export type Delimiter = ',' | ';' | '\t';
export const encodings = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof encodings)[number];

export interface TableHead {
  header: string[];
  /** The first rows under it. */
  samples: string[][];
  encoding: Encoding;
}

const headBytes = 256 * 1024;
const sampleRows = 3;

/** The cells of a table. A cell in double quotes may hold delimiters, line ends and doubled quotes. */
export function parseDelimited(text: string, delimiter: Delimiter): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = () => {
    rows.push([...row, cell]);
    row = [];
    cell = '';
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') cell += text[at++];
      else quoted = false;
    } else if (character === '"' && cell === '') quoted = true;
    else if (character === delimiter) {
      row.push(cell);
      cell = '';
    } else if (character === '\n' || character === '\r') {
      if (character === '\r' && text[at + 1] === '\n') at++;
      endRow();
    } else cell += character;
  }
  if (cell !== '' || row.length > 0) endRow();
  return rows;
}

/** The one that stands most often outside quotes in the first line, as the service reads it. */
export function delimiterOf(text: string): Delimiter {
  const first = (/^[^\r\n]*/.exec(text.trimStart())?.[0] ?? '').replace(/"[^"]*"/g, '');
  const times = (delimiter: Delimiter) => first.split(delimiter).length;
  return ([',', ';', '\t'] as const).reduce((best, other) => (times(other) > times(best) ? other : best));
}

/** In which encoding a file begins: by its mark, else UTF-8 where that can be, else what older spreadsheets write. */
export function guessEncoding(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  try {
    // What is cut off at the end is no fault.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return 'utf-8';
  } catch {
    return 'windows-1252';
  }
}

/** Header and first rows of a file. Throws when the browser cannot read it. */
export async function readTableHead(file: Blob, chosen?: Encoding): Promise<TableHead> {
  const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  const encoding = chosen ?? guessEncoding(bytes);
  const text = new TextDecoder(encoding).decode(bytes, { stream: true });
  const rows = parseDelimited(text, delimiterOf(text)).filter((row) => row.some((cell) => cell.trim() !== ''));
  // The last row may be cut off.
  const whole = file.size > headBytes ? rows.slice(0, -1) : rows;
  const [header = [], ...samples] = whole;
  return { header: header.map((name) => name.trim()), samples: samples.slice(0, sampleRows), encoding };
}

/** The file in UTF-8, which is all that the service reads. */
export async function toUtf8(file: Blob, encoding: Encoding): Promise<Blob> {
  return encoding === 'utf-8' ? file : new Blob([new TextDecoder(encoding).decode(await file.arrayBuffer())]);
}

/** A table as CSV that the service reads back cell by cell. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`).join('');
}

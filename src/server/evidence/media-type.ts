interface Format {
  /** Media types that have this form, and the endings that names of such files have. */
  types: Record<string, readonly string[]>;
  begins(head: Buffer): boolean;
}

const startsWith =
  (...starts: (string | number[])[]) =>
  (head: Buffer) =>
    starts.some((start) => head.subarray(0, start.length).equals(Buffer.from(start as string, 'latin1')));
const brand = (head: Buffer, from: number) => head.toString('latin1', from, from + 4);

/** Forms that software tells by their first bytes. */
const formats: readonly Format[] = [
  { types: { 'application/pdf': ['pdf'] }, begins: startsWith('%PDF-') },
  { types: { 'image/png': ['png'] }, begins: startsWith('\x89PNG\r\n\x1a\n') },
  { types: { 'image/jpeg': ['jpg', 'jpeg'] }, begins: startsWith([0xff, 0xd8, 0xff]) },
  { types: { 'image/gif': ['gif'] }, begins: startsWith('GIF87a', 'GIF89a') },
  {
    types: { 'image/webp': ['webp'] },
    begins: (head) => brand(head, 0) === 'RIFF' && brand(head, 8) === 'WEBP',
  },
  {
    types: { 'audio/wav': ['wav'] },
    begins: (head) => brand(head, 0) === 'RIFF' && brand(head, 8) === 'WAVE',
  },
  {
    types: {
      'application/zip': ['zip'],
      'application/epub+zip': ['epub'],
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
      'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
      'application/vnd.oasis.opendocument.text': ['odt'],
      'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
      'application/vnd.oasis.opendocument.presentation': ['odp'],
    },
    begins: startsWith('PK\x03\x04', 'PK\x05\x06'),
  },
  {
    types: {
      'video/mp4': ['mp4', 'm4v'],
      'audio/mp4': ['m4a', 'mp4'],
      'video/quicktime': ['mov'],
      'image/heic': ['heic'],
      'image/avif': ['avif'],
    },
    begins: (head) => brand(head, 4) === 'ftyp',
  },
  {
    types: { 'video/webm': ['webm'], 'audio/webm': ['webm'], 'video/x-matroska': ['mkv'] },
    begins: startsWith([0x1a, 0x45, 0xdf, 0xa3]),
  },
  { types: { 'audio/ogg': ['ogg', 'oga'], 'video/ogg': ['ogv'] }, begins: startsWith('OggS') },
  {
    types: { 'audio/mpeg': ['mp3'] },
    begins: startsWith('ID3', [0xff, 0xfb], [0xff, 0xf3], [0xff, 0xf2]),
  },
  { types: { 'application/gzip': ['gz', 'tgz'] }, begins: startsWith([0x1f, 0x8b]) },
  // Programs: nothing that anybody allows under another name.
  {
    types: { 'application/x-executable': [] },
    begins: startsWith('MZ', '\x7fELF', [0xcf, 0xfa, 0xed, 0xfe], [0xca, 0xfe, 0xba, 0xbe], '#!'),
  },
];

const textTypes: Record<string, readonly string[]> = {
  'text/plain': ['txt', 'md', 'log'],
  'text/csv': ['csv'],
  'text/markdown': ['md'],
  'application/json': ['json'],
};

/** What is kept of content while it passes, to tell what it is. */
export interface Ends {
  /** Its first bytes. */
  head: Buffer;
  /** Its last bytes: where a ZIP, which is read from its end, would have its directory. */
  tail: Buffer;
  /** Did it hold bytes that text does not have? */
  binary: boolean;
}

export const headLength = 64;
/** The end record of a ZIP and its longest comment. */
export const tailLength = 22 + 65_535;

/**
 * Is content of the type that it is said to be? What carries the mark of another type is not, nor is what other software
 * could read as a second thing: a ZIP (or a program in one) behind a picture.
 */
export function isOfType(mediaType: string, { head, tail, binary }: Ends): boolean {
  const format = formats.find(({ types }) => Object.hasOwn(types, mediaType));
  const isZip = mediaType in (formats.find(({ begins }) => begins(Buffer.from('PK\x03\x04')))?.types ?? {});
  if (!isZip && endsAsZip(tail)) return false;
  if (format !== undefined) return format.begins(head) && (!isZip || endsAsZip(tail)) && endsWell(mediaType, tail);
  if (formats.some(({ begins }) => begins(head))) return false;
  return !isText(mediaType) || !binary;
}

function endsWell(mediaType: string, tail: Buffer): boolean {
  if (mediaType === 'application/pdf') return tail.subarray(-1024).includes('%%EOF');
  if (mediaType === 'image/png') return tail.subarray(-8, -4).toString('latin1') === 'IEND';
  return true;
}

function endsAsZip(tail: Buffer): boolean {
  for (let at = tail.lastIndexOf('PK\x05\x06'); at >= 0; at = at === 0 ? -1 : tail.lastIndexOf('PK\x05\x06', at - 1))
    if (at + 22 <= tail.length && at + 22 + tail.readUInt16LE(at + 20) === tail.length) return true;
  return false;
}

/** Is it read by people in an editor? */
export const isText = (mediaType: string) => mediaType.startsWith('text/') || Object.hasOwn(textTypes, mediaType);

/** Bytes that no text has: control characters other than tab, line feed, form feed and carriage return. */
export function hasControls(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13);
}

/** A name that is safe to save under: no path, nothing invisible, and an ending that fits the type. */
export function fileName(written: string, mediaType: string): string {
  const base = written
    .normalize('NFC')
    .replace(/^.*[/\\]/su, '')
    // Control and format characters (some turn the direction of what is shown), and what Windows does not take.
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}<>:"|?*]/gu, '')
    .replace(/^[\s.]+|[\s.]+$/gu, '');
  const [, stem = base, ending = ''] = /^(.+)\.([A-Za-z0-9]{1,8})$/su.exec(base) ?? [];
  const shorten = (text: string) => [...text].slice(0, 120).join('') || 'file';
  const endings = [...formats.map(({ types }) => types), textTypes].find((types) => Object.hasOwn(types, mediaType))?.[
    mediaType
  ];
  if (endings !== undefined && !endings.includes(ending.toLowerCase()))
    return `${shorten(base)}.${endings[0] ?? 'bin'}`;
  return ending === '' ? shorten(base) : `${shorten(stem)}.${ending}`;
}

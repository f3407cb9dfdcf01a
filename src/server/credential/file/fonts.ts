import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { woff2ToTrueType } from '../../../node/woff2.ts';

export interface Font {
  name: string;
  bytes: Buffer;
  /** First and last code points, in pairs. */
  ranges: readonly [number, number][];
}

const family = '@fontsource-variable/source-serif-4';
const subsets = ['latin', 'latin-ext', 'vietnamese', 'greek', 'cyrillic', 'cyrillic-ext'];
const { resolve } = createRequire(import.meta.url);
let loaded: Font[] | undefined;
let files: string[] | undefined;

/** Source Serif 4, in parts that cover Latin, Vietnamese, Greek and Cyrillic between them. */
export function loadFonts(): Font[] {
  if (loaded !== undefined) return loaded;
  const ranges = JSON.parse(readFileSync(resolve(`${family}/unicode.json`), 'utf8')) as Record<string, string>;
  loaded = subsets.map((subset) => ({
    name: `serif-${subset}`,
    bytes: Buffer.from(
      woff2ToTrueType(readFileSync(resolve(`${family}/files/source-serif-4-${subset}-wght-normal.woff2`))),
    ),
    ranges: (ranges[subset] ?? '').split(',').map((range): [number, number] => {
      const [from = '', to = from] = range.replace('U+', '').split('-');
      return [Number.parseInt(from, 16), Number.parseInt(to, 16)];
    }),
  }));
  return loaded;
}

/** The same as files, for what reads nothing else; gone when the process ends. */
export function fontFiles(): string[] {
  if (files !== undefined) return files;
  const folder = mkdtempSync(join(tmpdir(), 'assay-fonts-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  files = loadFonts().map(({ name, bytes }) => {
    const path = join(folder, `${name}.ttf`);
    writeFileSync(path, bytes);
    return path;
  });
  return files;
}

/** Text in runs that one font can print. What none can, is printed by the first, as a box. */
export function splitByFont(text: string): { font: string; text: string; printable: boolean }[] {
  const fonts = loadFonts();
  const runs: { font: string; text: string; printable: boolean }[] = [];
  for (const character of text.normalize('NFC')) {
    const point = character.codePointAt(0) ?? 0;
    const last = runs.at(-1);
    const covers = ({ ranges }: Font) => ranges.some(([from, to]) => point >= from && point <= to);
    // A space and the like go with what they follow.
    const goesAlong = point <= 32 && last !== undefined;
    const font = goesAlong ? last.font : fonts.find(covers)?.name;
    const name = font ?? (fonts[0] as Font).name;
    const printable = font !== undefined;
    if (last !== undefined && last.font === name && last.printable === printable) last.text += character;
    else runs.push({ font: name, text: character, printable });
  }
  return runs;
}

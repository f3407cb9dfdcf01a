import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = resolve(import.meta.dirname, '../../src');
const part = (path: string) => relative(src, path).split(/[\\/]/)[0] as string;

/** Who may import whom: docs/architecture.md draws the same. */
const mayImport: Record<string, string[]> = {
  core: ['core'],
  node: ['node', 'core'],
  server: ['server', 'node', 'core'],
  cli: ['cli', 'node', 'core'],
  web: ['web', 'core'],
};

interface Import {
  from: string;
  specifier: string;
  typeOnly: boolean;
  dynamic: boolean;
}

const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => join(src, name));
const isTest = (file: string) => /\.test\.tsx?$/.test(file);
const imports: Import[] = files.flatMap((from) => {
  const source = readFileSync(from, 'utf8').replace(/^\s*(\*|\/\/).*$/gm, '');
  const list: Import[] = [];
  for (const match of source.matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[\w*${}\s,]+?\s+from\s+)?['"]([^'"]+)['"]/g,
  ))
    list.push({ from, specifier: match[2] as string, typeOnly: match[1] !== undefined, dynamic: false });
  for (const match of source.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g))
    list.push({ from, specifier: match[1] as string, typeOnly: false, dynamic: true });
  return list;
});
const ours = imports.filter(({ specifier }) => specifier.startsWith('.'));
const inWords = ({ from, specifier }: Import) => `${relative(src, from)} imports ${specifier}`;
const target = ({ from, specifier }: Import) => resolve(dirname(from), specifier);

describe('import rules', () => {
  it('reads the imports of every part', () => {
    for (const name of Object.keys(mayImport)) expect(imports.some(({ from }) => part(from) === name)).toBe(true);
  });

  it('lets a part import only the parts below it', () => {
    const wrong = ours.filter((entry) => {
      const [importer, imported] = [part(entry.from), part(target(entry))];
      if (isTest(entry.from) || mayImport[importer]?.includes(imported)) return false;
      if (importer === 'web' && imported === 'server') return !entry.typeOnly;
      if (importer === 'cli' && imported === 'server') return !entry.dynamic && !entry.typeOnly;
      return true;
    });
    expect(wrong.map(inWords)).toEqual([]);
  });

  it('keeps Node built-ins out of core and web', () => {
    const builtin = (specifier: string) => specifier.startsWith('node:') || builtinModules.includes(specifier);
    const wrong = imports.filter(
      ({ from, specifier }) => ['core', 'web'].includes(part(from)) && !isTest(from) && builtin(specifier),
    );
    expect(wrong.map(inWords).filter((text) => !text.startsWith('web/vite.config.ts'))).toEqual([]);
    const buffers = files.filter(
      (file) => part(file) === 'core' && !isTest(file) && /\bBuffer\b|\bprocess\./.test(readFileSync(file, 'utf8')),
    );
    expect(buffers.map((file) => relative(src, file))).toEqual([]);
  });

  it('keeps framework and verification apart', () => {
    const between = (folder: string, forbidden: string[]) =>
      ours.filter(
        (entry) =>
          relative(src, entry.from).startsWith(`core/${folder}/`) &&
          !isTest(entry.from) &&
          forbidden.some((name) => relative(src, target(entry)).startsWith(`core/${name}/`)),
      );
    expect(between('framework', ['proof', 'verify', 'status', 'did']).map(inWords)).toEqual([]);
    expect(between('verify', ['framework']).map(inWords)).toEqual([]);
    expect(
      between('proof', ['verify', 'framework'])
        .filter(({ typeOnly }) => !typeOnly)
        .map(inWords),
    ).toEqual([]);
  });

  it('keeps web layers in order: pages, credential, ui', () => {
    const order = ['ui', 'credential', 'pages'];
    const layer = (path: string) => order.indexOf(relative(join(src, 'web'), path).split(/[\\/]/)[0] as string);
    const wrong = ours.filter(
      (entry) => part(entry.from) === 'web' && layer(entry.from) >= 0 && layer(target(entry)) > layer(entry.from),
    );
    expect(wrong.map(inWords)).toEqual([]);
  });

  it('keeps the layers of the studio in order: frame and pages, ui; and lets no other page import it', () => {
    const order = ['ui', 'pages'];
    const studio = join(src, 'web/studio');
    const inStudio = (path: string) => !relative(studio, path).startsWith('..');
    const layer = (path: string) => order.indexOf(relative(studio, path).split(/[\\/]/)[0] as string);
    const areaOf = (path: string) => relative(join(studio, 'pages'), path).split(/[\\/]/)[0] as string;
    const wrong = ours.filter((entry) => {
      const [from, to] = [entry.from, target(entry)];
      if (!inStudio(from)) return part(from) === 'web' && inStudio(to);
      if (inStudio(to) && layer(from) === 0 && (layer(to) > 0 || relative(studio, to).startsWith('frame'))) return true;
      // An area's pages are its own.
      return layer(from) === 1 && layer(to) === 1 && areaOf(from) !== areaOf(to);
    });
    expect(wrong.map(inWords)).toEqual([]);
  });

  it('has no folder for what belongs to nobody', () => {
    const folders = new Set(files.flatMap((file) => relative(src, dirname(file)).split(/[\\/]/)));
    for (const name of ['utils', 'helpers', 'common', 'services']) expect(folders.has(name)).toBe(false);
  });
});

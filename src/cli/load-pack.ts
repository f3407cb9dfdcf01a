import { existsSync } from 'node:fs';
import { renderFinding } from '../core/catalogue/render.ts';
import type { Finding } from '../core/finding.ts';
import { type Pack, parsePack } from '../core/framework/pack.ts';
import { bundledPacks, findPack } from '../core/framework/packs.ts';
import { parseTranslation } from '../core/framework/translation.ts';
import { parseJson } from '../core/json/parse-json.ts';
import { Misuse } from './exit-code.ts';
import type { Io } from './io.ts';
import { readBytes } from './read-files.ts';
import { suggest } from './suggest.ts';

/** A pack by its id or from a file of the user's own. Throws Misuse with the faults. */
export async function loadPack(idOrFile: string, io: Io): Promise<Pack> {
  const bundled = findPack(idOrFile);
  if (bundled !== undefined) return bundled;
  if (!/[./\\]|^-$/.test(idOrFile)) {
    const near = suggest(
      idOrFile,
      bundledPacks.map(({ id }) => id),
    );
    throw new Misuse(
      `There is no pack "${idOrFile}".${near === undefined ? '' : ` Did you mean "${near}"?`}`,
      '`assay packs` lists them; a file of your own is named with its path, such as ./my-pack.json.',
    );
  }
  const { pack, findings } = await readPackFile(idOrFile, io);
  if (pack !== null) {
    await readTranslation(idOrFile, pack, io);
    return pack;
  }
  const [first] = findings;
  throw new Misuse(
    `The pack ${idOrFile} has ${findings.length === 1 ? 'a fault' : `${findings.length} faults`}: ${first === undefined ? '' : renderFinding(first).say}`,
    `\`assay packs check ${idOrFile}\` lists them.`,
  );
}

/** The texts of a pack of the user's own in the language at hand: `my-pack.es.json` beside `my-pack.json`. */
async function readTranslation(name: string, pack: Pack, io: Io): Promise<void> {
  const { speech } = io;
  if (speech === undefined || speech.words.language === 'en') return;
  const beside = name.replace(/(\.json)?$/, `.${speech.words.language}.json`);
  if (name === '-' || !existsSync(beside)) return;
  const json = parseJson(await readBytes(beside, io));
  const result = json.ok
    ? parseTranslation(json.value, pack)
    : { ok: false as const, findings: [json.finding] as const };
  if (!result.ok)
    throw new Misuse(
      `The translation ${beside} cannot be used: ${renderFinding(result.findings[0], speech.words).say}`,
    );
  speech.packs.push(result.translation);
}

/** A pack file, or all its faults. */
export async function readPackFile(name: string, io: Io): Promise<{ pack: Pack | null; findings: Finding[] }> {
  const json = parseJson(await readBytes(name, io));
  if (!json.ok) return { pack: null, findings: [json.finding] };
  const result = parsePack(json.value, { resolve: findPack });
  return result.ok ? { pack: result.pack, findings: [] } : { pack: null, findings: result.findings };
}

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * The core calls jsonld's `toRDF` and nothing else of it. Its other algorithms, and those of rdf-canonize below it, are
 * CommonJS, which no bundler can shake out, and nothing on that way requires them; a call would throw.
 */
const unused =
  /[\\/](jsonld[\\/]lib[\\/](compact|flatten|frame|fromRdf)|rdf-canonize[\\/]lib[\\/](NQuads|RDFC10(Sync)?))\.js$/;

const leaveOutUnused: Plugin = {
  name: 'leave-out-unused',
  enforce: 'pre',
  resolveId(source, importer) {
    // Sentences about rosters and about the VC-API, which the receiver's page never says; the studio takes them by themselves.
    const isLeftOut =
      /^\.\/(issue|vc-api)\.ts$/.test(source) && /[\\/]catalogue[\\/]e[ns][\\/]index\.ts$/.test(importer ?? '');
    return isLeftOut ? `\0left-out:${source}` : null;
  },
  load(id) {
    if (unused.test(id)) return 'module.exports = {};';
    // What makes a loader of contexts out of XMLHttpRequest: contexts never come from the network.
    if (/[\\/]jsonld[\\/]lib[\\/]platform(-browser)?\.js$/.test(id))
      return 'module.exports = { setupDocumentLoaders() {}, setupGlobals() {} };';
    // What Zod's models look like as JSON Schema, which nobody asks here.
    if (/[\\/]zod[\\/]v4[\\/]core[\\/](json-schema-processors|to-json-schema)\.js$/.test(id)) return emptied(id);
    // What Zod would say in English of what it refuses: findings have words of their own, in every language.
    if (/[\\/]zod[\\/]v4[\\/]locales[\\/]en\.js$/.test(id))
      return "export default () => ({ localeError: () => 'refused' });";
    if (id.startsWith('\0left-out:')) return `export const ${id.includes('issue') ? 'issue' : 'vcApi'} = {};`;
    return null;
  },
};

/**
 * Text never moves because its font comes late: the two fonts of every page are asked for with the page, and one that is not
 * there soon is used from the next page on.
 */
const steadyFonts: Plugin = {
  name: 'steady-fonts',
  enforce: 'pre',
  transform(code, id) {
    return id.includes('@fontsource-variable') && id.endsWith('.css')
      ? code.replaceAll(': swap;', ': optional;')
      : null;
  },
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle }) =>
      Object.keys(bundle ?? {})
        .filter((file) => /source-(sans-3|serif-4)-latin-wght-normal/.test(file))
        .map((file) => ({
          tag: 'link',
          attrs: { rel: 'preload', href: `/${file}`, as: 'font', type: 'font/woff2', crossorigin: true },
          injectTo: 'head',
        })),
  },
};

/** A module with the same names, which are functions that do nothing. */
function emptied(id: string): string {
  const names = readFileSync(id, 'utf8').matchAll(/^export (?:const|function) (\w+)/gm);
  return [...names, ['', 'process']].map(([, name]) => `export function ${name}() {}`).join('\n');
}

/**
 * `--mode` names the page: the receiver's and the studio are built apart, so that what one needs of a package is not loaded by
 * the other.
 */
export default defineConfig(({ mode }) => ({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), leaveOutUnused, steadyFonts],
  build: {
    outDir: fileURLToPath(new URL('../../dist/web', import.meta.url)),
    emptyOutDir: mode === 'index',
    target: 'es2023',
    rollupOptions: {
      input: fileURLToPath(new URL(`${mode}.html`, import.meta.url)),
    },
    // The content security policy allows files of this site only, so nothing is inlined as data.
    assetsInlineLimit: 0,
    modulePreload: false,
    // The heavy part is one file, loaded when first needed.
    chunkSizeWarningLimit: 1000,
  },
}));

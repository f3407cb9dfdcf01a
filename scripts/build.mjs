// Builds dist/: types and JavaScript by tsc, JSON modules as JavaScript, the web application by Vite.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (bin, args) => {
  const { status } = spawnSync(process.execPath, [join(root, 'node_modules', bin), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
};

rmSync(join(root, 'dist'), { recursive: true, force: true });
run('typescript/bin/tsc', ['-p', 'tsconfig.build.json']);
inlineJson(join(root, 'dist'));
chmodSync(join(root, 'dist/cli/main.js'), 0o755);
await prepareDatabase(join(root, 'dist/server/empty-database.tar.gz'));
if (!process.argv.includes('--no-web')) {
  for (const page of ['index', 'studio'])
    run('vite/bin/vite.js', ['build', '--config', 'src/web/vite.config.ts', '--mode', page, '--logLevel', 'warn']);
  compress(join(root, 'dist/web'));
}
copyFiles();
writeFileSync(join(root, 'dist/.built'), '');

/** Pages that the server renders use the application's own style, and small scripts. */
function copyFiles() {
  const files = [
    'server/page/page.css',
    'server/page/public.css',
    'server/page/print.css',
    'server/page/symbols.svg',
    'server/people/pages/passkeys.js',
    'web/ui/tokens.css',
    'web/ui/components.css',
    'web/ui/credential.css',
  ];
  for (const path of files) {
    mkdirSync(dirname(join(root, 'dist', path)), { recursive: true });
    copyFileSync(join(root, 'src', path), join(root, 'dist', path));
  }
}

/** The empty embedded database that a first start loads. */
async function prepareDatabase(path) {
  const { PGlite } = await import('@electric-sql/pglite');
  const database = await PGlite.create();
  const content = await database.dumpDataDir('gzip');
  writeFileSync(path, Buffer.from(await content.arrayBuffer()));
  await database.close();
}

/** Node 20 warns on standard error for every JSON import, so the built code imports JavaScript instead. */
function inlineJson(folder) {
  for (const entry of readdirSync(folder)) {
    const path = join(folder, entry);
    if (statSync(path).isDirectory()) inlineJson(path);
    else if (entry.endsWith('.js')) {
      const source = readFileSync(path, 'utf8');
      const changed = source.replace(/from '(\.[^']+\.json)' with \{ type: 'json' \}/g, (_, specifier) => {
        const json = resolve(dirname(path), specifier);
        writeFileSync(`${json}.js`, `export default ${readFileSync(json, 'utf8').trim()};\n`);
        return `from '${specifier}.js'`;
      });
      if (changed !== source) writeFileSync(path, changed);
    }
  }
}

/** Compressed once here, so that serving a page costs no time. */
function compress(folder) {
  for (const entry of readdirSync(folder)) {
    const path = join(folder, entry);
    if (statSync(path).isDirectory()) compress(path);
    else if (/\.(js|css|svg|html)$/.test(entry)) {
      const content = readFileSync(path);
      writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
      writeFileSync(`${path}.br`, brotliCompressSync(content));
    }
  }
}

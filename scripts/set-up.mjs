// Set-up that `npm start` and `npm test` share: packages, the build, and Chromium for the journeys.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Run a command with its output shown; false when it failed. */
export function run(command, args, options = {}) {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options }).status === 0;
}

export function runNode(args, options) {
  return run(process.execPath, args, options);
}

export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    stop(`Assay needs Node.js 20.19 or newer; this is ${process.versions.node}. Install a newer one from nodejs.org.`);
}

/** Install the packages of the lock file when they are missing or older than it. */
export function installPackages() {
  const installed = join(root, 'node_modules/.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs) return;
  console.log('Installing packages…');
  if (!run('npm', ['ci', '--no-audit', '--no-fund'], { shell: process.platform === 'win32' }))
    stop('The packages could not be installed. Check the network or the npm registry setting, then try again.');
}

/** Build when a source is newer than the build. */
export function build() {
  const built = join(root, 'dist/.built');
  const sources = ['src', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json'].map((path) =>
    join(root, path),
  );
  if (existsSync(built) && Math.max(...sources.map(newest)) <= statSync(built).mtimeMs) return;
  console.log('Building…');
  if (!runNode(['scripts/build.mjs'])) stop('The build failed; what went wrong stands above.');
}

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((entry) => newest(join(path, entry))));
}

/** The address of a Chromium, installed through apt where that is allowed; null when there is none. */
export function findChromium({ install }) {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const found = lookUp(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']);
  if (found || !install) return found;
  if (process.getuid?.() === 0 && lookUp(['apt-get'])) {
    console.log('Installing Chromium…');
    const quiet = {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    run('apt-get', ['update', '-qq'], quiet);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
  }
  return lookUp(['chromium', 'chromium-browser']);
}

function lookUp(names) {
  for (const name of names)
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {}
    }
  return null;
}

export function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}

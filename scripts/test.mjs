// `npm test`: format, lint, types, import rules, unit tests, the build, and journeys in a real Chromium.
// Ends with one line, `N passed, N failed`. With `--check` it stops before the build and the journeys.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, findChromium, installPackages, requireNode, runNode } from './set-up.mjs';

requireNode();
installPackages();

const checkOnly = process.argv.includes('--check');
const scratch = mkdtempSync(join(tmpdir(), 'assay-test-'));
let passed = 0;
let failed = 0;

function count(name, ok) {
  if (ok) passed += 1;
  else failed += 1;
  console.log(`${ok ? '✓' : '✗'} ${name}`);
}

function vitest(name, args, env = {}) {
  const report = join(scratch, `${name}.json`);
  const ok = runNode(
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ],
    { env: { ...process.env, ...env } },
  );
  const result = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
  passed += result?.numPassedTests ?? 0;
  failed += result?.numFailedTests ?? 0;
  // A run that fails without a failed test (a file that does not load, an unhandled error) is a failure too.
  if (!ok && !(result?.numFailedTests > 0)) failed += 1;
}

count('format and lint', runNode(['node_modules/@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '.']));
count('types', runNode(['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.']));
if (checkOnly) {
  vitest('unit', []);
} else {
  build();
  vitest('unit', []);
  const chromium = findChromium({ install: true });
  if (chromium) vitest('journeys', ['--config', 'vitest.journeys.config.ts'], { CHROMIUM: chromium });
  else {
    count('journeys in Chromium', false);
    console.log(
      'No Chromium was found and it could not be installed here. Install it ("apt-get install chromium" as root) or set CHROMIUM to the path of one, then run npm test again.',
    );
  }
}

rmSync(scratch, { recursive: true, force: true });
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

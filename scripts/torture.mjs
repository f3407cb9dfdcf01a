// npm run torture -- [--rows N] [--kills N]: issue a CSV while its processes are killed at random moments, on the embedded
// database and on PostgreSQL, there a server and a worker; every row must be issued exactly once, and nothing that was
// acknowledged may be lost. Prints rows, kills, seconds and the peak of memory.
import { parseArgs } from 'node:util';
import { build, installPackages, requireNode, runNode } from './set-up.mjs';

requireNode();
installPackages();
const { values } = parseArgs({ options: { rows: { type: 'string' }, kills: { type: 'string' } } });
const rows = Number(values.rows ?? 100_000);
const kills = Number(values.kills ?? 12);
if (!(Number.isInteger(rows) && rows > 0 && Number.isInteger(kills) && kills >= 0)) {
  console.error('Usage: npm run torture -- [--rows N] [--kills N], both whole numbers');
  process.exit(2);
}
build();
const ok = runNode(
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'vitest.journeys.config.ts',
    'test/journeys/roster-crash.test.ts',
  ],
  { env: { ...process.env, TORTURE_ROWS: String(rows), TORTURE_KILLS: String(kills) } },
);
process.exit(ok ? 0 : 1);

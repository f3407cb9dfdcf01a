// npm run fuzz:canonicalize -- [--minutes N] [--seed S]: compare canonicalization with the field's own packages on
// generated and mutated documents, half of the time each. Prints how many; ends with 1 and the smallest document that
// differs.
import { parseArgs } from 'node:util';
import { installPackages, requireNode, runNode } from './set-up.mjs';

requireNode();
installPackages();
const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
const minutes = Number(values.minutes ?? 10);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
if (!(minutes > 0) || !Number.isSafeInteger(seed)) {
  console.error('Usage: npm run fuzz:canonicalize -- [--minutes N] [--seed S], both numbers');
  process.exit(2);
}
console.log(`seed ${seed}, ${minutes} minutes`);
const ok = runNode(
  ['node_modules/vitest/vitest.mjs', 'run', '--silent=false', 'src/core/json-ld/canonicalize.test.ts'],
  { env: { ...process.env, FUZZ_MINUTES: String(minutes / 2), FUZZ_SEED: String(seed) } },
);
process.exit(ok ? 0 : 1);

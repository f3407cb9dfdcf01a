import { rmSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { it } from 'vitest';
import { main } from './cli.ts';

const run = async (...argv: string[]) => {
  let t = '';
  const code = await main(argv, {
    stdin: Readable.from([]),
    stdout: { columns: 90, write: (c) => (t += String(c)) },
    stderr: { write: (c) => (t += String(c)) },
    env: {},
    now: () => new Date('2026-05-20T00:00:00Z'),
    network: {
      fetch: async () => {
        throw new Error('x');
      },
    },
  });
  return `$ assay ${argv.join(' ')}\n${t}[exit ${code}]\n\n`;
};
it('x', async () => {
  rmSync('/tmp/s', { recursive: true, force: true });
  (await import('node:fs')).mkdirSync('/tmp/s');
  let o = await run('--help');
  o += await run('issue', '--help');
  o += await run('keygen', '--out', '/tmp/s/k');
  const base = ['issue', '-a', 'fixtures/cli/achievement.json', '-i', 'fixtures/cli/issuer.json', '-k', '/tmp/s/k'];
  o += await run(...base, '-l', 'fixtures/cli/learner.json', '-o', '/tmp/s/c.json');
  o += await run('verify', '/tmp/s/c.json');
  o += await run('verify', '-s', '/tmp/s/c.json', '--at', '2020-01-01');
  o += await run('explain', '/tmp/s/c.json');
  o += await run('check', 'fixtures/cli/declared-application.json');
  o += await run('check', 'fixtures/trusted/clr.json');
  o += await run('explain', 'fixtures/trusted/application.json');
  o += await run('packs');
  o += await run(...base, '--csv', 'fixtures/cli/class-with-faults.csv', '-o', '/tmp/s/out');
  o += await run('check', '-f', 'sarif', 'fixtures/cli/declared-application.json');
  o += (await import('node:fs')).readFileSync('/tmp/s/out/results.csv', 'utf8');
  writeFileSync('/tmp/s/out.txt', o);
});

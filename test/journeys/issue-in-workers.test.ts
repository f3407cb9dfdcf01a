import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { root } from './assay.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-roster-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const assay = (...argv: string[]) =>
  spawnSync(process.execPath, [join(root, 'dist/cli/main.js'), ...argv], { cwd: folder, encoding: 'utf8' });
const given = (name: string) => join(root, 'fixtures/cli', name);

describe('a long list is issued in workers', () => {
  const count = 3000;
  const isFaulty = (index: number) => index % 100 === 50;

  it('in order, with the faults of each row, and every credential verifies', () => {
    expect(assay('keygen', '--out', 'key.json').status).toBe(0);
    const rows = Array.from({ length: count }, (_, index) => {
      const email = isFaulty(index) ? 'nowhere' : `learner-${index}-${'x'.repeat(20)}@example.edu`;
      return `Learner ${index},${email}`;
    });
    writeFileSync(join(folder, 'class.csv'), ['name,email', ...rows].join('\n'));
    const issued = assay(
      ...['issue', '--achievement', given('achievement.json'), '--issuer', given('issuer.json'), '--key', 'key.json'],
      ...['--csv', 'class.csv', '--out', 'out'],
    );
    expect(issued.status, issued.stderr).toBe(1);
    const results = parse(readFileSync(join(folder, 'out/results.csv')), { columns: true }) as Record<string, string>[];
    expect(results.map(({ line }) => Number(line))).toEqual(rows.map((_, index) => index + 2));
    for (const [index, { name, outcome, file, fault }] of results.entries()) {
      expect(outcome).toBe(isFaulty(index) ? 'not issued' : 'issued');
      expect(isFaulty(index) ? fault : file).not.toBe('');
      if (!isFaulty(index)) expect(name).toBe(`Learner ${index}`);
    }
    expect(readdirSync(join(folder, 'out'))).toHaveLength(count - count / 100 + 1);
    const files = results.filter(({ file }) => file !== '').map(({ file }) => join('out', file as string));
    expect(new Set(results.map(({ credential }) => credential)).size).toBe(files.length + 1);
    const verified = assay('verify', ...files.filter((_, index) => index % 200 === 0));
    expect(verified.status, verified.stdout).toBe(0);
  });

  it('refuses what is no number of workers', () => {
    const refused = assay(
      ...['issue', '--achievement', given('achievement.json'), '--issuer', given('issuer.json'), '--key', 'key.json'],
      ...['--csv', 'class.csv', '--out', 'again', '--workers', 'all'],
    );
    expect(refused.status).toBe(3);
    expect(refused.stderr).toContain('--workers');
  });
});

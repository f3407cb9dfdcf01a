import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkCredential } from '../../core/framework/check-credential.ts';
import { defaultPack } from '../../core/framework/packs.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { toSarif } from './sarif.ts';

const path = 'fixtures/cli/declared-application.json';
const text = readFileSync(path, 'utf8');
const document = JSON.parse(text) as JsonObject;
const report = checkCredential(document, { pack: defaultPack, listOrderProtected: true });

interface Log {
  version: string;
  runs: [
    {
      tool: { driver: { rules: { id: string; shortDescription: { text: string } }[] } };
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        kind: string;
        message: { text: string };
        locations: {
          physicalLocation: {
            artifactLocation: { uri: string; uriBaseId?: string };
            region?: { startLine: number; startColumn: number };
          };
          logicalLocations: { fullyQualifiedName: string }[];
        }[];
      }[];
    },
  ];
}
const log = (name: string, json: string | null) =>
  toSarif([{ name, text: json, document, report }], defaultPack.rules, '1.2.3') as unknown as Log;

describe('toSarif', () => {
  const { version, runs } = log(path, text);
  const [{ tool, results }] = runs;

  it('is a SARIF 2.1.0 log whose results refer to its rules', () => {
    expect(version).toBe('2.1.0');
    expect(new Set(tool.driver.rules.map(({ id }) => id)).size).toBe(tool.driver.rules.length);
    for (const result of results) {
      expect(tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(result.message.text).not.toBe('');
      expect(['error', 'warning', 'note', 'none']).toContain(result.level);
      expect(result.kind === 'fail').toBe(result.level !== 'none');
      expect(result.locations.length).toBeGreaterThan(0);
    }
  });

  it('gives what a declared class requires as errors, each with pointer, line and column', () => {
    const found = (id: string) => results.find(({ ruleId }) => ruleId === id);
    expect(found('declared-not-supported')?.level).toBe('error');
    expect(found('evidence')?.level).toBe('error');
    for (const { locations } of results)
      for (const { physicalLocation, logicalLocations } of locations) {
        expect(physicalLocation.artifactLocation).toEqual({ uri: path, uriBaseId: '%SRCROOT%' });
        expect(physicalLocation.region?.startLine).toBeGreaterThan(0);
        expect(logicalLocations).toHaveLength(1);
      }
    const skills = found('skills') ?? found('learning-outcomes');
    expect(skills?.locations[0]?.logicalLocations[0]?.fullyQualifiedName).toMatch(/^\/credentialSubject/);
  });

  it('leaves met rules and those without an expectation out', () => {
    const reported = new Set(results.map(({ ruleId }) => ruleId));
    for (const { id, outcome } of report.rules)
      if (outcome === 'met' || outcome === 'inapplicable') expect(reported.has(id)).toBe(false);
  });

  it('gives no region where the input is not a JSON text', () => {
    const [{ results: others }] = log('https://x.example/a b.png', null).runs;
    expect(others[0]?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'https://x.example/a%20b.png' },
    });
  });

  it('says so when there is no credential', () => {
    const [{ results: only }] = (
      toSarif([{ name: '-', text: null, document: null, report: null }], defaultPack.rules, '1') as Log
    ).runs;
    expect(only.map(({ ruleId, level }) => [ruleId, level])).toEqual([['unreadable', 'error']]);
  });
});

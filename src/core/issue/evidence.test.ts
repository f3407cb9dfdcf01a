import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodeCryptography } from '../../node/cryptography.ts';
import type { JsonObject } from '../json/json.ts';
import { canonicalizeWithOracle } from '../json-ld/testing/oracle.ts';
import type { EvidenceFile } from './evidence.ts';
import { buildChecked } from './issue-credential.ts';

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../fixtures/cli/${name}`, import.meta.url), 'utf8')) as JsonObject;
const issuer = { id: 'https://northfield.example.edu/issuers/main', ...read('issuer.json') };
const report: EvidenceFile = {
  id: 'https://assay.example/evidence/4fK',
  mediaType: 'application/pdf',
  digestMultibase: `uEi${'A'.repeat(44)}`,
};
const build = async (evidence: JsonObject[]) =>
  await buildChecked(
    { achievement: read('achievement.json'), issuer, learner: { name: 'Ana', evidence } },
    { cryptography: nodeCryptography, now: new Date(), evidenceFiles: new Map([['4fK', report]]) },
  );

describe('evidence of a learner', () => {
  it('is a file at its address, with its digest where it is signed', async () => {
    const built = await build([{ file: '4fK', name: 'Report', genre: 'report' }, { narrative: 'A talk' }]);
    if (!built.ok) throw new Error(JSON.stringify(built.findings));
    expect(built.credential.evidence).toEqual([
      { id: report.id, name: 'Report', genre: 'report', type: ['Evidence'] },
      { narrative: 'A talk', type: ['Evidence'] },
    ]);
    expect(built.credential.relatedResource).toEqual([{ ...report }]);
    // jsonld and rdf-canonize, in safe mode: what they write is what is signed.
    const quads = await canonicalizeWithOracle(built.credential);
    expect(quads).toContain(`<${report.id}> <https://schema.org/encodingFormat> "application/pdf"`);
    expect(quads).toContain(`<${report.id}> <https://w3id.org/security#digestMultibase> "${report.digestMultibase}"`);
  });

  it.each([
    [[{ file: 'other' }], 'issue-evidence-file-unknown', '/evidence/0/file'],
    [[{ file: 4 }], 'issue-evidence-file-unknown', '/evidence/0/file'],
    [[{ file: '4fK' }, { file: '4fK' }], 'issue-evidence-file-twice', '/evidence/1/file'],
    [[{ file: '4fK', id: 'https://x.example' }], 'issue-evidence-file-and-address', '/evidence/0/id'],
    [[{ id: 'data:text/plain,x' }], 'issue-evidence-address-wrong', '/evidence/0/id'],
    [[{ id: 'http://x.example' }], 'issue-evidence-address-wrong', '/evidence/0/id'],
    [[{ id: 'javascript:alert(1)' }], 'issue-evidence-address-wrong', '/evidence/0/id'],
  ])('refuses %j', async (evidence, code, pointer) => {
    const built = await build(evidence as JsonObject[]);
    expect(built.ok ? [] : built.findings).toContainEqual(expect.objectContaining({ code, pointer }));
  });
});

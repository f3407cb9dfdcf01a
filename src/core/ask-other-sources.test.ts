import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nodeCryptography } from '../node/cryptography.ts';
import { askOtherSources } from './ask-other-sources.ts';
import { type AssessOptions, assessDocument } from './assess.ts';
import { toDidKey } from './did/did-key.ts';
import type { JsonObject } from './json/json.ts';
import { addProof } from './proof/add-proof.ts';
import type { TrustSource } from './trust/trust-source.ts';

const fixture = (name: string): JsonObject =>
  JSON.parse(readFileSync(new URL(`../../fixtures/trusted/${name}.json`, import.meta.url), 'utf8'));
const key = await nodeCryptography.generateKey('Ed25519');
const did = toDidKey(key.publicKey);

async function signed(): Promise<JsonObject> {
  const draft = fixture('recognition');
  const document = { ...draft, issuer: { ...(draft.issuer as JsonObject), id: did } };
  const verificationMethod = `${did}#${did.slice('did:key:'.length)}`;
  const options = { cryptosuite: 'eddsa-rdfc-2022', key, verificationMethod, created: '2026-05-20T10:00:00Z' } as const;
  const result = await addProof(document, options, { cryptography: nodeCryptography });
  if (!result.ok) throw new Error(`does not sign: ${result.finding.code}`);
  return { ...result.document, proof: [result.document.proof as JsonObject] };
}

const listing = (more: object = {}): TrustSource => ({
  name: 'Register',
  date: '2026-01-01',
  issuers: [{ id: did, name: 'Known Institute', ...more }],
});
const options: AssessOptions = { cryptography: nodeCryptography, now: new Date('2026-06-01T00:00:00Z') };

describe('askOtherSources', () => {
  it('says what an assessment with these sources would have said', async () => {
    for (const document of [await signed(), fixture('clr')])
      for (const trustSources of [[], [listing()], [listing({ withdrawn: '2026-01-01' })]]) {
        const direct = await assessDocument(document, { ...options, trustSources });
        const before = await assessDocument(document, { ...options, trustSources: [listing({ until: '2020-01-01' })] });
        expect(askOtherSources(before, trustSources)).toEqual(direct);
      }
  });

  it('changes the stamp Issuer and never the verdict', async () => {
    const before = await assessDocument(await signed(), options);
    const after = askOtherSources(before, [listing()]);
    expect([before, after].map(({ hallmark }) => hallmark.stamps.issuer.outcome)).toEqual(['cannot-tell', 'passed']);
    expect([before, after].map(({ verification }) => verification.verdict)).toEqual(['verified', 'verified']);
  });
});

import { describe, expect, it } from 'vitest';
import type { IssuerReport } from '../verify/report.ts';
import { askTrustSources } from './ask-trust-sources.ts';
import { parseTrustSource, type TrustedIssuer, type TrustSource } from './trust-source.ts';

const now = new Date('2026-11-23T10:00:00Z');
const signedAt = new Date('2026-05-18T00:00:00Z');
const source = (...issuers: TrustedIssuer[]): TrustSource => ({ name: 'Register', date: '2026-01-01', issuers });
const issuer = (id: string, verifiedAs: IssuerReport['verifiedAs']): IssuerReport => ({
  id,
  name: 'Anything',
  verifiedAs,
});
const byDomain = issuer('did:web:example.edu', { kind: 'domain', value: 'example.edu' });
const ask = (listed: Partial<TrustedIssuer>, who = byDomain, at: Date | null = signedAt) =>
  askTrustSources([source({ id: 'example.edu', name: 'Example University', ...listed })], who, at, now);

describe('askTrustSources', () => {
  it.each([
    ['listed by domain', {}, 'passed', 'listed'],
    ['listed by DID', { id: 'did:web:example.edu' }, 'passed', 'listed'],
    ['within its period', { from: '2026-01-01', until: '2026-12-31' }, 'passed', 'listed'],
    ['on the last day of its period', { until: '2026-05-18' }, 'passed', 'listed'],
    ['before its period', { from: '2026-06-01' }, 'cannot-tell', 'out-of-period'],
    ['after its period', { until: '2026-05-17' }, 'cannot-tell', 'out-of-period'],
    ['withdrawn before signing', { withdrawn: '2026-05-01' }, 'failed', 'withdrawn'],
    ['withdrawn after signing', { withdrawn: '2026-06-01' }, 'passed', 'listed'],
    ['compromised before signing', { compromised: '2026-05-01' }, 'failed', 'withdrawn'],
    ['compromised after the claimed time of signing', { compromised: '2026-06-01' }, 'cannot-tell', 'compromised'],
  ] as const)('%s', (_, listed, outcome, state) => {
    const answer = ask(listed);
    expect(answer.outcome).toBe(outcome);
    expect(answer.listings.map((entry) => entry.state)).toEqual([state]);
  });

  it('matches only what was proven', () => {
    expect(ask({}, issuer('did:web:example.edu', null)).listings).toEqual([]);
    expect(ask({}, issuer('did:key:z6Mk', { kind: 'key', value: 'did:key:z6Mk' })).outcome).toBe('cannot-tell');
    expect(ask({ id: 'sub.example.edu' }).outcome).toBe('cannot-tell');
    expect(ask({ id: 'did:web:example.edu:law' }).outcome).toBe('cannot-tell');
    expect(
      ask({}, issuer('did:web:evil.example', { kind: 'domain', value: 'example.edu.evil.example' })).listings,
    ).toEqual([]);
  });

  it('lets a withdrawal in one source prevail over a listing in another', () => {
    const listed = source({ id: 'example.edu', name: 'Example' });
    const withdrawn = source({ id: 'example.edu', name: 'Example', withdrawn: '2026-01-01' });
    expect(askTrustSources([listed, withdrawn], byDomain, signedAt, now).outcome).toBe('failed');
  });

  it('cannot tell without sources', () => {
    expect(askTrustSources([], byDomain, signedAt, now)).toEqual({
      outcome: 'cannot-tell',
      sourcesAsked: 0,
      listings: [],
    });
  });
});

describe('parseTrustSource', () => {
  it('reads a source', () => {
    expect(parseTrustSource(source({ id: 'did:key:z6Mk', name: 'A', from: '2026-01-01T00:00:00Z' })).ok).toBe(true);
  });

  it.each([
    [{ name: 'R', date: 'yesterday', issuers: [] }, 'trust-source-bad-date', '/date'],
    [{ name: 'R', date: '2026-02-30T99:00:00Z', issuers: [] }, 'trust-source-bad-date', '/date'],
    [{ name: 'R', date: '2026-01-01' }, 'trust-source-bad-member', '/issuers'],
    [
      { name: 'R', date: '2026-01-01', issuers: [{ id: 'x', name: 'A' }] },
      'trust-source-bad-identifier',
      '/issuers/0/id',
    ],
    [
      { name: 'R', date: '2026-01-01', issuers: [{ id: 'a.example', name: 'A', form: '2026' }] },
      'trust-source-unknown-member',
      '/issuers/0/form',
    ],
    [[], 'trust-source-bad-member', ''],
    [null, 'trust-source-bad-member', ''],
  ])('refuses %j', (value, code, pointer) => {
    const result = parseTrustSource(value);
    expect(result.ok ? [] : result.findings).toContainEqual(expect.objectContaining({ code, pointer }));
  });
});

import { describe, expect, it } from 'vitest';
import { hallmarkReasons } from './catalogue/en/hallmark.ts';
import type { Finding, Outcome } from './finding.ts';
import type { ClassReport, FrameworkReport, MasteryStatement, MasteryVerdict } from './framework/report.ts';
import { buildHallmark, type Hallmark, type StampId } from './hallmark.ts';
import type { Listing, TrustAnswer } from './trust/types.ts';
import type { StepId, VerificationReport } from './verify/report.ts';

const outcomes: Outcome[] = ['passed', 'failed', 'inapplicable', 'cannot-tell'];

function verification(
  steps: Partial<Record<StepId, Outcome>> = {},
  more: Partial<VerificationReport> & { codes?: Partial<Record<StepId, string>> } = {},
): VerificationReport {
  const step = (id: StepId, fallback: Outcome) => ({
    outcome: steps[id] ?? fallback,
    findings: more.codes?.[id] ? [{ code: more.codes[id], severity: 'error' } as unknown as Finding] : [],
  });
  return {
    verdict: 'verified',
    kind: 'OpenBadgeCredential',
    securedBy: ['data-integrity'],
    checkedAt: '2026-11-23T10:00:00Z',
    steps: {
      document: step('document', 'passed'),
      terms: step('terms', 'passed'),
      proof: step('proof', 'passed'),
      'issuer-key': step('issuer-key', 'passed'),
      'validity-period': step('validity-period', 'passed'),
      status: step('status', 'inapplicable'),
      refresh: step('refresh', 'inapplicable'),
    },
    issuer: { id: 'did:web:example.edu', name: 'Example', verifiedAs: { kind: 'domain', value: 'example.edu' } },
    proofs: [],
    status: [],
    endorsements: [],
    credentials: [],
    pointer: '',
    document: {},
    credential: {},
    ...more,
  };
}

function framework(
  outcome: ClassReport['outcome'] = 'supported',
  verdicts: MasteryVerdict[] = ['met'],
  contradictions: ClassReport['contradictions'] = [],
): FrameworkReport {
  return {
    pack: { id: 'p', version: '1.0', title: 'P', status: 'local', notice: '', classes: [{ id: 'a', label: 'A' }] },
    classes: {
      outcome,
      headline: 'a',
      declared: [],
      supported: [],
      candidates: [],
      attested: [],
      contradictions,
      sentence: '',
    },
    rules: [],
    mastery: {
      statements: verdicts.map(
        (verdict): MasteryStatement => ({ result: '', verdict, basis: null, problems: [], skills: [], sentence: '' }),
      ),
      summary: null,
    },
    facts: {} as FrameworkReport['facts'],
    undefinedTerms: [],
  };
}

const listing = (state: Listing['state']): Listing => ({
  source: 'Register',
  sourceDate: '2026-01-01',
  issuer: { id: 'example.edu', name: 'Example University' },
  state,
});
const trust = (outcome: Outcome = 'passed', ...states: Listing['state'][]): TrustAnswer => ({
  outcome,
  sourcesAsked: 1,
  listings: (states.length > 0 ? states : outcome === 'passed' ? ['listed' as const] : []).map(listing),
});
const row = (hallmark: Hallmark) =>
  (['authentic', 'current', 'issuer', 'class', 'level'] as StampId[])
    .map((id) => hallmark.stamps[id].outcome)
    .join(' ');

describe('buildHallmark', () => {
  it('Authentic is the worst of its four steps, and earned', () => {
    for (const document of outcomes)
      for (const terms of outcomes)
        for (const proof of outcomes)
          for (const key of outcomes) {
            const { outcome } = buildHallmark(
              verification({ document, terms, proof, 'issuer-key': key }),
              framework(),
              trust(),
            ).stamps.authentic;
            const all = [document, terms, proof, key];
            if (all.includes('failed')) expect(outcome).toBe('failed');
            else if (all.includes('cannot-tell')) expect(outcome).toBe('cannot-tell');
            else if (proof === 'passed' && key === 'passed') expect(outcome).toBe('passed');
            else expect(outcome).toBe('cannot-tell');
          }
  });

  it('Current is the worst of its three steps, and earned', () => {
    for (const period of outcomes)
      for (const status of outcomes)
        for (const refresh of outcomes) {
          const { outcome } = buildHallmark(
            verification({ 'validity-period': period, status, refresh }),
            framework(),
            trust(),
          ).stamps.current;
          const all = [period, status, refresh];
          if (all.includes('failed')) expect(outcome).toBe('failed');
          else if (all.includes('cannot-tell') || period !== 'passed') expect(outcome).toBe('cannot-tell');
          else expect(outcome).toBe('passed');
        }
  });

  it('says nothing more when Authentic is failed or cannot-tell, or the credential is an unsigned inclusion', () => {
    const rest = 'cannot-tell cannot-tell cannot-tell cannot-tell';
    expect(row(buildHallmark(verification({ proof: 'failed' }), framework(), trust()))).toBe(`failed ${rest}`);
    expect(row(buildHallmark(verification({ 'issuer-key': 'cannot-tell' }), framework(), trust()))).toBe(
      `cannot-tell ${rest}`,
    );
    expect(row(buildHallmark(verification({}, { credential: null }), null, trust()))).toBe(`failed ${rest}`);
    const included = verification({ proof: 'inapplicable' }, { securedBy: 'unsigned-inclusion' });
    expect(row(buildHallmark(included, framework(), trust()))).toBe(`inapplicable ${rest}`);
  });

  it('computes the other stamps of a draft and marks it', () => {
    const draft = buildHallmark(
      verification({ proof: 'inapplicable', 'issuer-key': 'inapplicable' }, { securedBy: 'unsigned' }),
      framework(),
      trust('cannot-tell'),
    );
    expect(draft.signed).toBe(false);
    expect(row(draft)).toBe('inapplicable passed cannot-tell passed passed');
  });

  it('Issuer follows the trust answer', () => {
    const stamp = (answer: TrustAnswer) => buildHallmark(verification(), framework(), answer).stamps.issuer;
    expect(stamp(trust('passed'))).toMatchObject({ outcome: 'passed', reason: 'issuer-listed' });
    expect(stamp(trust('failed', 'withdrawn'))).toMatchObject({ outcome: 'failed', reason: 'issuer-withdrawn' });
    expect(stamp(trust('cannot-tell', 'compromised'))).toMatchObject({
      outcome: 'cannot-tell',
      reason: 'issuer-compromised',
    });
    expect(stamp(trust('cannot-tell'))).toMatchObject({ outcome: 'cannot-tell', reason: 'issuer-unlisted' });
    expect(stamp({ outcome: 'cannot-tell', sourcesAsked: 0, listings: [] })).toMatchObject({
      reason: 'issuer-no-source',
    });
  });

  it('Class: a declared class without support goes first', () => {
    const table: Record<ClassReport['outcome'], Outcome> = {
      supported: 'passed',
      fallback: 'passed',
      'cannot-tell': 'cannot-tell',
      none: 'cannot-tell',
      inapplicable: 'inapplicable',
      blocked: 'inapplicable',
    };
    for (const [outcome, expected] of Object.entries(table) as [ClassReport['outcome'], Outcome][]) {
      expect(buildHallmark(verification(), framework(outcome), trust()).stamps.class.outcome).toBe(expected);
      const declared = framework(outcome, ['met'], [{ code: 'declared-not-supported', class: 'a', sentence: '' }]);
      expect(buildHallmark(verification(), declared, trust()).stamps.class.outcome).toBe('failed');
    }
    expect(buildHallmark(verification(), null, trust()).stamps.class.outcome).toBe('cannot-tell');
  });

  it('Level: failed, then cannot-tell, then passed, over every pair of verdicts', () => {
    const rank: Record<MasteryVerdict, Outcome> = {
      met: 'passed',
      completed: 'passed',
      'not-met': 'failed',
      'not-completed': 'failed',
      'cannot-tell': 'cannot-tell',
      'no-pass-mark': 'cannot-tell',
    };
    const verdicts = Object.keys(rank) as MasteryVerdict[];
    for (const one of verdicts)
      for (const two of verdicts) {
        const pair = [rank[one], rank[two]];
        const expected = pair.includes('failed') ? 'failed' : pair.includes('cannot-tell') ? 'cannot-tell' : 'passed';
        expect(buildHallmark(verification(), framework('supported', [one, two]), trust()).stamps.level.outcome).toBe(
          expected,
        );
      }
    expect(buildHallmark(verification(), framework('fallback', []), trust()).stamps.level.outcome).toBe('inapplicable');
  });

  it('a record has no class and no level of its own', () => {
    expect(row(buildHallmark(verification({}, { kind: 'ClrCredential' }), framework('none', []), trust()))).toBe(
      'passed passed passed inapplicable inapplicable',
    );
  });

  it('tells revoked, suspended, expired and superseded apart', () => {
    const reason = (report: VerificationReport) => buildHallmark(report, framework(), trust()).stamps.current.reason;
    const entry = (purpose: string) => ({
      pointer: '',
      type: 'BitstringStatusListEntry',
      purpose,
      outcome: 'failed' as const,
      findings: [],
    });
    expect(reason(verification({ status: 'failed' }, { status: [entry('revocation')] }))).toBe('current-revoked');
    expect(reason(verification({ status: 'failed' }, { status: [entry('suspension')] }))).toBe('current-suspended');
    expect(reason(verification({ status: 'failed' }, { status: [entry('suspension'), entry('revocation')] }))).toBe(
      'current-revoked',
    );
    expect(reason(verification({ 'validity-period': 'failed' }, { codes: { 'validity-period': 'expired' } }))).toBe(
      'current-expired',
    );
    expect(
      reason(verification({ 'validity-period': 'failed' }, { codes: { 'validity-period': 'not-yet-valid' } })),
    ).toBe('current-not-yet-valid');
    expect(reason(verification({ refresh: 'failed' }))).toBe('current-superseded');
    expect(reason(verification({ status: 'failed', refresh: 'failed' }, { status: [entry('revocation')] }))).toBe(
      'current-superseded',
    );
  });

  it('names a sentence for every reason', () => {
    for (const { say, why } of Object.values(hallmarkReasons)) expect(say.length * why.length).toBeGreaterThan(0);
  });
});

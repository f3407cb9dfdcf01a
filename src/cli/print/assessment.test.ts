import { describe, expect, it } from 'vitest';
import type { Assessment } from '../../core/assess.ts';
import type { FrameworkReport } from '../../core/framework/report.ts';
import { buildHallmark } from '../../core/hallmark.ts';
import type { StepResult, VerificationReport } from '../../core/verify/report.ts';
import { printVerification } from './assessment.ts';
import { printExplanation } from './explanation.ts';
import { Terminal } from './terminal.ts';
import { displayWidth } from './wrap.ts';

const sequence = '\u001b]0;owned\u0007\u001b[2J\u009b31m';
const passed: StepResult = { outcome: 'passed', findings: [] };

function assessment(change: Partial<VerificationReport> = {}, name = 'Northfield'): Assessment {
  const verification: VerificationReport = {
    verdict: 'verified',
    kind: 'OpenBadgeCredential',
    securedBy: ['data-integrity'],
    checkedAt: '2026-05-20T00:00:00.000Z',
    steps: {
      document: passed,
      terms: passed,
      proof: passed,
      'issuer-key': passed,
      'validity-period': passed,
      status: { outcome: 'inapplicable', findings: [] },
      refresh: { outcome: 'inapplicable', findings: [] },
    },
    issuer: {
      id: 'did:web:northfield.example.edu',
      name,
      verifiedAs: { kind: 'domain', value: 'northfield.example.edu' },
    },
    proofs: [],
    status: [],
    endorsements: [],
    credentials: [],
    pointer: '',
    document: {},
    credential: {
      validFrom: '2026-05-18T09:30:00Z',
      credentialSubject: {
        identifier: [{ type: 'IdentityObject', hashed: false, identityHash: 'Robin Example', identityType: 'name' }],
        achievement: {
          name: `Food Safety${name === 'Northfield' ? '' : sequence}`,
          criteria: { narrative: 'Pass.\n\n- Cook.' },
        },
      },
    },
    ...change,
  };
  const framework: FrameworkReport = {
    pack: {
      id: 'p',
      version: '1.0',
      title: 'P',
      status: 'local',
      notice: 'Not a certification.',
      classes: [{ id: 'knowledge', label: 'Knowledge' }],
    },
    classes: {
      outcome: 'supported',
      headline: 'knowledge',
      declared: [],
      supported: [{ class: 'knowledge', basis: 'full', weak: [] }],
      candidates: [],
      attested: [],
      contradictions: [],
      sentence: 'Supports Knowledge: every expectation is met.',
    },
    rules: [],
    mastery: {
      statements: [
        {
          result: '/credentialSubject/result/0',
          achieved: 'Advanced',
          required: 'Competent',
          verdict: 'met',
          basis: 'points',
          position: { rank: 3, of: 3 },
          passMark: { rank: 2, of: 3 },
          levels: ['Beginning', 'Competent', `Advanced${name === 'Northfield' ? '' : sequence}`],
          problems: [],
          skills: [{ targetName: 'Cook', targetUrl: 'https://x.example/1' }],
          sentence: 'Practical: Advanced, level 3 of 3. Reaches the issuer’s pass mark, Competent.',
        },
        {
          result: '/credentialSubject/result/1',
          achieved: '20',
          verdict: 'no-pass-mark',
          basis: 'number',
          position: { fraction: 0.5 },
          problems: [],
          skills: [],
          sentence: 'Examination: 20, 50 % of the range. The issuer does not state a pass mark.',
        },
      ],
      summary: null,
    },
    facts: {} as FrameworkReport['facts'],
    undefinedTerms: [],
  };
  const trust = { outcome: 'cannot-tell', sourcesAsked: 0, listings: [] } as const;
  return {
    verification,
    framework,
    trust: { ...trust, listings: [] },
    hallmark: buildHallmark(verification, framework, { ...trust, listings: [] }),
    credentials: [],
  };
}

function shown(print: (terminal: Terminal) => void, columns = 80, isTTY = false): string {
  let text = '';
  print(new Terminal({ columns, isTTY, write: (chunk) => (text += String(chunk)) }, {}));
  return text;
}

describe('printVerification', () => {
  it('begins with the answer, then the five stamps in their order with symbol and word', () => {
    const lines = shown((terminal) => printVerification(assessment(), terminal, false)).split('\n');
    expect(lines[0]).toBe('✔ Verified: genuine and in force.');
    const stamps = lines.filter((line) => /Passed|Failed|Cannot tell|Not applicable/.test(line));
    expect(stamps.map((line) => line.trim().split(/ {2,}/).slice(0, 2))).toEqual([
      ['✔ Authentic', 'Passed'],
      ['✔ Current', 'Passed'],
      ['? Issuer', 'Cannot tell'],
      ['✔ Class', 'Passed'],
      // Of two statements, the one without a pass mark decides (product.md, Level).
      ['? Level', 'Cannot tell'],
    ]);
  });

  it('names the domain first while the issuer is unknown, and dates in full', () => {
    const text = shown((terminal) => printVerification(assessment(), terminal, false), 100);
    expect(text).toContain('issued by northfield.example.edu, which calls itself Northfield');
    expect(text).toContain('18 May 2026 at 09:30 UTC');
  });

  it('shows each finding with where it is and what to do, failed steps first', () => {
    const steps = {
      ...assessment().verification.steps,
      proof: passed,
      'validity-period': {
        outcome: 'failed' as const,
        findings: [
          {
            code: 'expired' as const,
            severity: 'error' as const,
            pointer: '/validUntil',
            params: { date: '2026-01-01' },
          },
        ],
      },
    };
    const text = shown((terminal) =>
      printVerification(assessment({ verdict: 'not-verified', steps }), terminal, false),
    );
    expect(text).toMatch(/✘ Dates: failed\n.*\n\s+at \/validUntil\n\s+→ /);
    expect(text).not.toContain('Signature:');
    expect(shown((terminal) => printVerification(assessment({ steps }), terminal, true))).toContain(
      '✔ Signature: passed',
    );
  });

  it.each([32, 48, 80, 200])('lets no escape sequence of a credential through, at width %i', (columns) => {
    const hostile = assessment({ pointer: '' }, `Evil${sequence}\u202e`);
    for (const print of [
      (terminal: Terminal) => printVerification(hostile, terminal, true),
      (terminal: Terminal) => printExplanation(hostile, terminal),
    ]) {
      const text = shown(print, columns);
      expect(text).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
      for (const line of text.split('\n'))
        expect(displayWidth(line)).toBeLessThanOrEqual(Math.max(32, Math.min(columns, 100)));
      // On a colour terminal, the only sequences are our own.
      const coloured = shown(print, columns, true);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: looks for them
      expect(coloured.replace(/\u001b\[\d+m/g, '')).not.toMatch(/(?!\n)[\p{Cc}]/u);
    }
  });
});

describe('printExplanation', () => {
  it('shows the levels as ladders with the pass mark, and says when there is none', () => {
    const text = shown((terminal) => printExplanation(assessment(), terminal));
    expect(text.replaceAll('\u00a0', ' ')).toContain('■ Beginning  ■ Competent ⚑  ■ Advanced');
    expect(text).toContain(`${'■'.repeat(12)}${'□'.repeat(12)}`);
    expect(text).toContain('Pass mark not stated.');
    expect(text).toContain('Supports Knowledge: every expectation is met.');
    expect(text).toContain('Not a certification.');
  });
});

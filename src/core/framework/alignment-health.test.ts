import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUrl } from '../read-url.ts';
import { checkAlignment, checkAlignments, hostOf } from './alignment-health.ts';
import { identifyFramework } from './skill-frameworks.ts';

const guid = '3f6a2c51-8b0e-4d27-9a43-1c5de07b9f12';
const good = { targetName: 'Name', targetFramework: 'Framework' };

const codes = (alignments: Record<string, string>[], more: Record<string, unknown> = {}) =>
  checkAlignments({
    issuer: { id: 'https://issuer.example.edu' },
    credentialSubject: { achievement: { id: 'https://issuer.example.edu/a', alignment: alignments, ...more } },
  } as never).map(({ code, severity }) => `${severity} ${code}`);
const one = (alignment: Record<string, string>) => codes([{ ...good, ...alignment }]);

describe('skill identifiers, framework.md §8', () => {
  it.each([
    [`https://frameworks.example.edu/uri/${guid}`, 'CASE'],
    [`https://frameworks.example.edu/ims/case/v1p0/CFItems/${guid}`, 'CASE'],
    [`https://credentialengineregistry.org/resources/ce-${guid}`, 'CTDL'],
    [`https://skills.example.edu/api/skills/${guid}`, 'RSD'],
    [`http://data.europa.eu/esco/skill/${guid}`, 'ESCO'],
    ['https://www.onetonline.org/link/summary/15-1252.00', 'O*NET'],
    ['https://lightcast.io/open-skills/skills/KS125LS6N7WP4S6SFTCK', 'Lightcast'],
    ['http://data.europa.eu/snb/eqf/5', 'EQF'],
  ])('%s is %s', (url, id) => {
    const framework = identifyFramework(url);
    expect(framework?.id).toBe(id);
    expect(framework?.canonical.test(url)).toBe(true);
  });

  it('finds nothing wrong with a good alignment', () => {
    expect(one({ targetUrl: `https://frameworks.example.edu/uri/${guid}`, targetType: 'CFItem' })).toEqual([]);
    expect(one({ targetUrl: 'http://data.europa.eu/snb/eqf/5', targetType: 'ext:EQFLevel' })).toEqual([]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['no web address', { targetUrl: 'urn:x', targetType: 'ext:x' }, 'error alignment-url-not-web'],
    ['no address', { targetType: 'ext:x' }, 'error alignment-url-not-web'],
    ['a site root', { targetUrl: 'https://skills.example/', targetType: 'ext:x' }, 'error alignment-site-root'],
    [
      'the own achievement',
      { targetUrl: 'https://issuer.example.edu/a', targetType: 'ext:x' },
      'error alignment-own-page',
    ],
    [
      'ext:O*NET',
      { targetUrl: 'https://www.onetonline.org/link/summary/15-1252.00', targetType: 'ext:O*NET' },
      'error alignment-ext-malformed',
    ],
    [
      'a CASE document',
      { targetUrl: `https://f.example/CFDocuments/${guid}`, targetType: 'CFItem' },
      'error alignment-case-document',
    ],
    [
      'a sandbox',
      { targetUrl: `https://sandbox.credentialengineregistry.org/resources/ce-${guid}`, targetType: 'CTDL' },
      'error alignment-ctdl-sandbox',
    ],
    [
      'Credential Finder',
      { targetUrl: `https://credentialfinder.org/competency/ce-${guid}`, targetType: 'CTDL' },
      'warning alignment-ctdl-finder',
    ],
    [
      'ESCO by https',
      { targetUrl: `https://data.europa.eu/esco/skill/${guid}`, targetType: 'ext:ESCO' },
      'warning alignment-esco-https',
    ],
    [
      'an ESCO occupation',
      { targetUrl: `http://data.europa.eu/esco/occupation/${guid}`, targetType: 'ext:ESCO' },
      'warning alignment-occupation',
    ],
    [
      'a CASE item by http',
      { targetUrl: `http://f.example/CFItems/${guid}`, targetType: 'CFItem' },
      'warning alignment-case-http',
    ],
    [
      'a CASE item without GUID',
      { targetUrl: 'https://f.example/CFItems/12', targetType: 'CFItem' },
      'warning alignment-case-identifier',
    ],
    [
      'Lightcast',
      { targetUrl: 'https://lightcast.io/open-skills/skills/KS125LS6N7WP4S6SFTCK', targetType: 'ext:Lightcast' },
      'warning alignment-licence-terms',
    ],
    ['no type', { targetUrl: 'https://skills.example/1' }, 'warning alignment-no-target-type'],
    [
      'another type',
      { targetUrl: `http://data.europa.eu/esco/skill/${guid}`, targetType: 'CFItem' },
      'warning alignment-type-mismatch',
    ],
    [
      'a code as name',
      { targetUrl: 'https://skills.example/1', targetType: 'ext:x', targetCode: 'Name' },
      'warning alignment-name-is-code',
    ],
  ])('notices %s', (_, alignment, expected) => {
    expect(one(alignment)).toContain(expected);
  });

  it('compares the alignments of one list', () => {
    const targetUrl = `https://frameworks.example.edu/uri/${guid}`;
    const twice = [
      { ...good, targetUrl, targetType: 'CFItem' },
      { ...good, targetName: 'Other', targetUrl, targetType: 'CFItem' },
    ];
    expect(codes(twice)).toEqual(['error alignment-two-names']);
  });

  it('notices when every alignment is the issuer’s own', () => {
    expect(one({ targetUrl: 'https://issuer.example.edu/skills/1', targetType: 'ext:own' })).toEqual([
      'warning alignment-own-site-only',
    ]);
  });

  it('wants a framework', () => {
    expect(codes([{ targetName: 'N', targetUrl: 'https://skills.example/1', targetType: 'ext:x' }])).toEqual([
      'warning alignment-no-framework',
    ]);
  });
});

describe('hosts and site roots', () => {
  const part = fc.constantFrom(
    'a',
    'A',
    'example',
    '.',
    'xn--',
    '-',
    '1',
    '0x1',
    '.edu',
    ':',
    '80',
    '@',
    '/',
    '..',
    '%2e',
  );
  const more = fc.constantFrom('/', '?', '#', '\\', '\t', 'é', 'b', '//', '/./');
  const address = fc
    .tuple(
      fc.constantFrom('http://', 'https://', 'HTTPS://', 'https:/'),
      fc.array(fc.oneof(part, more), { maxLength: 8 }),
    )
    .map(([scheme, parts]) => scheme + parts.join(''));

  it('are those of a URL parser', () => {
    fc.assert(
      fc.property(fc.oneof(address, fc.webUrl()), (url) => {
        const isWeb = /^https?:\/\//i.test(url) && readUrl(url) !== undefined;
        expect(hostOf(url)).toBe(isWeb ? new URL(url).host : undefined);
        if (!isWeb) return;
        const { pathname, search, hash } = new URL(url);
        const isRoot = pathname === '/' && search === '' && hash === '';
        const codes = checkAlignment({ targetUrl: url, targetName: 'x' }).map(({ code }) => code);
        expect(codes.includes('alignment-site-root')).toBe(isRoot);
      }),
      { numRuns: 5000 },
    );
  });
});

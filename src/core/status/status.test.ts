import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnavailableError } from '../finding.ts';
import type { JsonObject, JsonValue } from '../json/json.ts';
import { decodeStatusList, encodeStatusList, minimumEntries, readEntry, writeEntry } from './bitstring.ts';
import { checkStatus, type VerifiedList } from './check-status.ts';

const url = 'https://issuer.example/lists/1';
const now = new Date('2026-06-01T00:00:00Z');

describe('bitstrings', () => {
  it('read the published list of zeros', async () => {
    const zeros = 'uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA';
    expect(await decodeStatusList(zeros)).toEqual(new Uint8Array(minimumEntries / 8));
    expect(await decodeStatusList(await encodeStatusList(new Uint8Array(16_384).fill(7)))).toEqual(
      new Uint8Array(16_384).fill(7),
    );
  });

  it('count from the left-most bit', () => {
    const bits = new Uint8Array(16);
    writeEntry(bits, 0, 1, 1);
    expect(bits[0]).toBe(0x80);
    writeEntry(bits, 3, 4, 0b1010);
    expect(bits[1]).toBe(0b00001010);
  });

  it('give back what was written, at any size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 16 }), fc.nat(200), fc.nat(65_535), (size, index, value) => {
        const bits = new Uint8Array(512).fill(0xaa);
        const before = readEntry(bits, BigInt(index + 1), size);
        writeEntry(bits, index, size, value % 2 ** size);
        expect(readEntry(bits, BigInt(index), size)).toBe(value % 2 ** size);
        expect(readEntry(bits, BigInt(index + 1), size)).toBe(before);
      }),
    );
  });

  it('know their end', () => {
    const bits = new Uint8Array(2);
    expect(readEntry(bits, 15n, 1)).toBe(0);
    expect(readEntry(bits, 16n, 1)).toBeUndefined();
    expect(readEntry(bits, 2n ** 64n, 1)).toBeUndefined();
    expect(readEntry(bits, 7n, 2)).toBe(0);
    expect(readEntry(bits, 8n, 2)).toBeUndefined();
    expect(() => writeEntry(bits, 16, 1, 1)).toThrow(RangeError);
  });

  it('do not unpack bombs, and refuse what is none', async () => {
    const bomb = `u${gzipSync(Buffer.alloc(200_000_000)).toString('base64url')}`;
    expect(await decodeStatusList(bomb)).toBeUndefined();
    for (const text of ['', 'u', 'z6Mk', 'uAAAA', 'uH4sI', `x${bomb.slice(1)}`, 'u!!'])
      expect(await decodeStatusList(text)).toBeUndefined();
  });

  it('read the older list in each spelling of base64', async () => {
    const packed = gzipSync(Buffer.alloc(100, 0xfb));
    for (const text of [
      packed.toString('base64'),
      packed.toString('base64url'),
      packed.toString('base64').replace(/=+$/, ''),
    ])
      expect(await decodeStatusList(text, { legacy: true })).toEqual(new Uint8Array(100).fill(0xfb));
  });
});

describe('checkStatus', () => {
  interface Setting {
    entry?: JsonObject;
    bits?: [number, number][];
    size?: number;
    list?: JsonObject;
    subject?: JsonObject;
    verified?: Partial<VerifiedList>;
    status?: number;
    silent?: boolean;
    legacy?: boolean;
  }

  async function check({
    entry = {},
    bits = [],
    size = 1,
    list = {},
    subject = {},
    verified = {},
    status = 200,
    silent = false,
    legacy = false,
  }: Setting) {
    const bytes = new Uint8Array(16_384 * size);
    for (const [index, value] of bits) writeEntry(bytes, index, size, value);
    const encoded = await encodeStatusList(bytes);
    const kind = legacy ? 'StatusList2021' : 'BitstringStatusList';
    const credential: JsonObject = {
      id: url,
      type: ['VerifiableCredential', `${kind}Credential`],
      credentialSubject: {
        type: kind,
        statusPurpose: 'revocation',
        encodedList: legacy ? encoded.slice(1) : encoded,
        ...subject,
      },
      ...list,
    };
    const report = await checkStatus(
      {
        id: `${url}#7`,
        type: `${kind}Entry`,
        statusPurpose: 'revocation',
        statusListIndex: '7',
        statusListCredential: url,
        ...entry,
      },
      {
        pointer: '/credentialStatus',
        credential: { issuer: { id: 'did:web:issuer.example' } },
        issuerDomain: 'issuer.example',
        now,
        network: {
          async fetch(asked) {
            if (silent) throw new UnavailableError(asked, 'timeout');
            return {
              url: asked,
              status,
              contentType: null,
              bytes: new TextEncoder().encode(JSON.stringify(credential)),
            };
          },
        },
        verifyList: async (document) => ({
          outcome: 'passed',
          issuer: 'did:web:issuer.example',
          credential: document as JsonObject,
          findings: [],
          ...verified,
        }),
      },
    );
    return [report.outcome, report.findings.at(-1)?.code ?? '', report.value ?? null, report.message ?? null]
      .filter((part) => part !== null && part !== '')
      .join(' ');
  }

  const messages: JsonValue = [0, 1, 2, 3].map((value) => ({ status: `0x${value}`, message: `m${value}` }));
  it.each<[string, Setting, string]>([
    ['clear', {}, 'passed 0'],
    ['revoked', { bits: [[7, 1]] }, 'failed revoked 1'],
    [
      'a neighbour’s bit',
      {
        bits: [
          [6, 1],
          [8, 1],
        ],
      },
      'passed 0',
    ],
    [
      'suspended',
      { entry: { statusPurpose: 'suspension' }, subject: { statusPurpose: 'suspension' }, bits: [[7, 1]] },
      'failed suspended 1',
    ],
    [
      'one of several purposes',
      { subject: { statusPurpose: ['suspension', 'revocation'] }, bits: [[7, 1]] },
      'failed revoked 1',
    ],
    [
      'refresh',
      { entry: { statusPurpose: 'refresh' }, subject: { statusPurpose: 'refresh' }, bits: [[7, 1]] },
      'passed status-refresh 1',
    ],
    [
      'a message',
      {
        entry: { statusPurpose: 'message', statusSize: 2, statusMessage: messages },
        subject: { statusPurpose: 'message' },
        size: 2,
        bits: [[7, 2]],
      },
      'passed status-message 2 m2',
    ],
    [
      'a purpose of somebody’s own',
      { entry: { statusPurpose: 'ext' }, subject: { statusPurpose: 'ext' }, bits: [[7, 1]] },
      'passed status-message 1',
    ],
    [
      'a message list of the wrong length',
      { entry: { statusSize: 3, statusMessage: messages }, size: 3 },
      'cannot-tell status-entry-malformed',
    ],
    ['no message list for two bits', { entry: { statusSize: 2 }, size: 2 }, 'cannot-tell status-entry-malformed'],
    ['a size of nothing', { entry: { statusSize: 0 } }, 'cannot-tell status-entry-malformed'],
    ['a negative place', { entry: { statusListIndex: '-1' } }, 'cannot-tell status-entry-malformed'],
    ['a place in words', { entry: { statusListIndex: 'seven' } }, 'cannot-tell status-entry-malformed'],
    [
      'a place past every number',
      { entry: { statusListIndex: '9007199254740993' } },
      'cannot-tell status-index-outside',
    ],
    ['the last place', { entry: { statusListIndex: '131071' }, bits: [[131_071, 1]] }, 'failed revoked 1'],
    ['outside', { entry: { statusListIndex: '131072' } }, 'cannot-tell status-index-outside'],
    ['the list’s own address as id', { entry: { id: url } }, 'cannot-tell status-entry-malformed'],
    ['another purpose', { subject: { statusPurpose: 'suspension' } }, 'cannot-tell status-purpose-mismatch'],
    ['another list', { list: { id: 'https://issuer.example/lists/2' } }, 'cannot-tell status-list-another-id'],
    ['no list at all', { list: { type: ['VerifiableCredential'] } }, 'cannot-tell status-list-wrong-type'],
    ['a list that is not valid', { verified: { outcome: 'failed' } }, 'cannot-tell status-list-not-valid'],
    ['a list whose key is not known', { verified: { outcome: 'cannot-tell' } }, 'cannot-tell status-list-not-valid'],
    [
      'a stranger’s list',
      { verified: { issuer: 'did:web:stranger.example' } },
      'cannot-tell status-list-another-issuer',
    ],
    ['a list of the issuer’s own domain', { verified: { issuer: 'https://issuer.example/status' } }, 'passed 0'],
    ['a list of nobody', { verified: { issuer: null } }, 'cannot-tell status-list-another-issuer'],
    [
      'a short list',
      { subject: { encodedList: `u${gzipSync(Buffer.alloc(16)).toString('base64url')}` } },
      'cannot-tell status-list-too-short',
    ],
    ['a broken list', { subject: { encodedList: 'uAAAA' } }, 'cannot-tell status-list-not-valid'],
    ['a server error', { status: 500 }, 'cannot-tell status-list-unavailable'],
    ['silence', { silent: true }, 'cannot-tell status-list-unavailable'],
    ['the older kind, clear', { legacy: true }, 'passed 0'],
    ['the older kind, revoked', { legacy: true, bits: [[7, 1]] }, 'failed revoked 1'],
    ['an unknown kind', { entry: { type: 'SomethingElse' } }, 'cannot-tell status-type-unknown'],
  ])('%s', async (_, setting, expected) => expect(await check(setting)).toBe(expected));
});

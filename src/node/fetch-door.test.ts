import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { UnavailableError } from '../core/finding.ts';
import { nodeCryptography } from './cryptography.ts';
import { createFetchDoor, type FetchDoorOptions } from './fetch-door.ts';
import { readKeyFile, writeKeyFile } from './key-file.ts';
import { loadTrustSource } from './load-trust-source.ts';
import { isPublicAddress } from './public-address.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function reason(url: string, options: FetchDoorOptions = {}): Promise<string> {
  try {
    const { status } = await createFetchDoor(options).fetch(url, 'status');
    return `answered ${status}`;
  } catch (error) {
    return error instanceof UnavailableError ? error.reason : `threw ${String(error)}`;
  }
}
const local = { allowLoopback: true, timeoutMs: 1500, maximumBytes: 10_000 };

describe('the door', () => {
  it.each([
    'http://example.org/',
    'ftp://example.org/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'nonsense',
    'https://user:secret@example.org/',
    'https://example.org:22/',
    'https://localhost/',
    'https://intranet/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://10.1.2.3/',
    'https://172.16.0.1/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/',
    'https://0.0.0.0/',
    'https://224.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[fe80::1]/',
    'https://[fd00::1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
  ])('stays shut for %s', async (url) => expect(await reason(url)).toBe('not-allowed'));

  it('does not open a connection to a name that resolves to this machine', async () => {
    // Names under .localhost lead to the loopback address wherever they resolve at all.
    expect(await reason('https://assay.test.localhost:65000/', { timeoutMs: 1500 })).toMatch(
      /not-allowed|connection-failed/,
    );
  });

  it('fetches, follows a few redirects, and gives HTTP errors as answers', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: '/b' }).end('x'.repeat(50_000));
      else if (request.url === '/gone') response.writeHead(410).end();
      else response.setHeader('content-type', 'application/json').end('{"ok":true}');
    });
    const answer = await createFetchDoor(local).fetch(`${url}/a`, 'status');
    expect([answer.status, answer.url, new TextDecoder().decode(answer.bytes)]).toEqual([
      200,
      `${url}/b`,
      '{"ok":true}',
    ]);
    expect(await reason(`${url}/gone`, local)).toBe('answered 410');
  });

  it.each([
    ['a redirect in a circle', '/', 'too-many-redirects'],
    ['a redirect to a private address', 'https://10.0.0.1/', 'not-allowed'],
    ['a redirect to another scheme', 'file:///etc/passwd', 'not-allowed'],
    ['a redirect to metadata', 'http://169.254.169.254/', 'not-allowed'],
  ])('refuses %s', async (_, location, expected) => {
    const url = await serve((__, response) => response.writeHead(302, { location }).end());
    expect(await reason(url, local)).toBe(expected);
  });

  it('ends slow, endless and swollen answers', async () => {
    const silent = await serve(() => undefined);
    expect(await reason(silent, local)).toBe('timeout');
    const drip = await serve((_, response) => {
      const timer = setInterval(() => response.write('x'), 100);
      response.on('close', () => clearInterval(timer));
    });
    expect(await reason(drip, local)).toBe('timeout');
    const endless = await serve((_, response) => {
      const more = () => {
        while (response.write('x'.repeat(10_000)));
      };
      response.on('drain', more);
      more();
    });
    expect(await reason(endless, local)).toBe('too-large');
    const bomb = gzipSync(Buffer.alloc(20_000_000));
    const swollen = await serve((_, response) => response.setHeader('content-encoding', 'gzip').end(bomb));
    expect(await reason(swollen, local)).toBe('too-large');
  });

  it('reads what a host compresses unasked, and refuses encodings it does not know', async () => {
    const url = await serve((_, response) => response.setHeader('content-encoding', 'gzip').end(gzipSync('{"a":1}')));
    expect(new TextDecoder().decode((await createFetchDoor(local).fetch(url, 'status')).bytes)).toBe('{"a":1}');
    const odd = await serve((_, response) => response.setHeader('content-encoding', 'x-odd').end('x'));
    expect(await reason(odd, local)).toBe('not-allowed');
  });

  it('answers for its own instance without the network', async () => {
    const own = async (url: string) =>
      url === 'https://me.invalid/did.json'
        ? { url, status: 200, contentType: 'application/json', bytes: new TextEncoder().encode('{}') }
        : undefined;
    expect(await reason('https://me.invalid/did.json', { own })).toBe('answered 200');
    const url = await serve((_, response) => response.end());
    expect(await reason(url, { own })).toBe('not-allowed');
  });
});

describe('public addresses', () => {
  it.each(['8.8.8.8', '1.1.1.1', '2606:4700:4700::1111'])('%s is one', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );
  it.each([
    '127.0.0.1',
    '::',
    '::1',
    '::ffff:8.8.8.8',
    '2001:db8::1',
    'fe80::1',
    'fc00::1',
    'ff02::1',
    '255.255.255.255',
    'x',
  ])('%s is none', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('key files', () => {
  it('are their owner’s alone, and are never replaced', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-keys-'));
    const path = join(folder, 'k.json');
    const key = await nodeCryptography.generateKey('P-384');
    await writeKeyFile(path, key, { id: 'did:example:a#k', controller: 'did:example:a' });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await readKeyFile(path)).toMatchObject({ key: { type: 'P-384' }, id: 'did:example:a#k', exposed: false });
    await expect(writeKeyFile(path, key, { id: 'x', controller: 'y' })).rejects.toMatchObject({ code: 'EEXIST' });
    writeFileSync(path, '{"publicKeyMultibase":"z6Mk"}');
    expect(await readKeyFile(path)).toBeNull();
    rmSync(folder, { recursive: true });
  });
});

describe('trust sources', () => {
  it('come from files and addresses, with their faults named', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-trust-'));
    const path = join(folder, 't.json');
    const source = { name: 'Register', date: '2026-01-01', issuers: [{ id: 'example.edu', name: 'Example' }] };
    writeFileSync(path, JSON.stringify(source));
    expect(await loadTrustSource(path, createFetchDoor())).toEqual({ ok: true, source });
    const url = await serve((_, response) => response.end(JSON.stringify({ ...source, date: 'x' })));
    expect(await loadTrustSource(url, createFetchDoor(local))).toMatchObject({
      ok: false,
      findings: [{ code: 'trust-source-bad-date' }],
    });
    rmSync(folder, { recursive: true });
  });
});

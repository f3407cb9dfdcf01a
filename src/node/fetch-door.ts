import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { Agent, type Dispatcher, request } from 'undici';
import { UnavailableError, type UnavailableReason } from '../core/finding.ts';
import type { FetchedDocument, FetchPurpose, Network } from '../core/network.ts';
import { readUrl } from '../core/read-url.ts';
import { isLoopbackAddress, isPublicAddress } from './public-address.ts';

export interface FetchDoorOptions {
  /** Also this machine, and plain http to it: for tests only. */
  allowLoopback?: boolean;
  /** For one document, redirects included. Default 10,000. */
  timeoutMs?: number;
  /** After decoding. Default 5 MB. */
  maximumBytes?: number;
  /** Default 3. */
  maximumRedirects?: number;
  /** What this instance publishes itself, resolved in process; undefined for everything else. */
  own?: (url: string) => Promise<FetchedDocument | undefined>;
}

/** Thrown inside a look-up, so that a connection is never opened. */
class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

const accept: Record<FetchPurpose, string> = {
  controller: 'application/did+ld+json, application/did+json, application/ld+json, application/json',
  status: 'application/vc, application/vc+ld+json, application/ld+json, application/json, text/plain',
  refresh: 'application/vc, application/vc+ld+json, application/ld+json, application/json, text/plain',
  hosted:
    'application/vc, application/vc+ld+json, application/ld+json, application/json, image/png, image/svg+xml, text/plain',
  trust: 'application/json',
};

/**
 * The one door to the network: https to public addresses on usual ports, the resolved address checked and pinned at connect
 * time, redirects checked alike, time and size bounded, no cookies, no credentials. Throws UnavailableError, nothing else.
 */
export function createFetchDoor(options: FetchDoorOptions = {}): Network {
  const { allowLoopback = false, timeoutMs = 10_000, maximumBytes = 5_000_000, maximumRedirects = 3, own } = options;
  const allowed = (address: string) => isPublicAddress(address) || (allowLoopback && isLoopbackAddress(address));
  const pinned: LookupFunction = (hostname, lookupOptions, callback) => {
    lookup(hostname, { ...lookupOptions, all: true }, (error, addresses) => {
      const found = error ? [] : addresses;
      // One private address among public ones is an attack (DNS rebinding), not a choice.
      const refused =
        error ?? (found.length === 0 || !found.every(({ address }) => allowed(address)) ? new AddressRefused() : null);
      const first = found[0];
      if (refused !== null || first === undefined) callback(refused ?? new AddressRefused(), '', 4);
      else if (lookupOptions.all) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
  const dispatcher = new Agent({
    connect: { lookup: pinned, timeout: timeoutMs, autoSelectFamily: true },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: maximumBytes,
    connections: 8,
  });

  return {
    async fetch(url, purpose) {
      const signal = AbortSignal.timeout(timeoutMs);
      let current = url;
      for (let redirects = 0; redirects <= maximumRedirects; redirects++) {
        const mine = readUrl(current) ? await own?.(current) : undefined;
        if (mine !== undefined) return mine;
        const target = checkUrl(current, allowLoopback);
        const answer = await ask(target, purpose, signal, dispatcher, maximumBytes);
        if (answer.location === null) return answer.document;
        current = resolveLocation(answer.location, target);
      }
      throw new UnavailableError(url, 'too-many-redirects');
    },
  };
}

/** Refuse what needs no look-up to refuse: other schemes, user names, odd ports, addresses that are not public. */
function checkUrl(url: string, allowLoopback: boolean): URL {
  let target: URL;
  try {
    target = new URL(url);
  } catch {
    throw new UnavailableError(url, 'not-allowed');
  }
  // new URL has turned decimal, octal and hexadecimal spellings of an address into the usual one.
  const host = target.hostname.replace(/^\[|\]$/g, '');
  const loopbackHost = allowLoopback && (isLoopbackAddress(host) || host === 'localhost');
  const schemeAllowed = target.protocol === 'https:' || (target.protocol === 'http:' && loopbackHost);
  const port = target.port === '' ? 443 : Number(target.port);
  const portAllowed = port === 443 || port > 1024 || (loopbackHost && port === 80);
  const hostAllowed = isIP(host) === 0 ? host.includes('.') || loopbackHost : isPublicAddress(host) || loopbackHost;
  if (!schemeAllowed || !portAllowed || !hostAllowed || target.username !== '' || target.password !== '')
    throw new UnavailableError(url, 'not-allowed');
  target.hash = '';
  return target;
}

function resolveLocation(location: string, from: URL): string {
  try {
    return new URL(location, from).href;
  } catch {
    throw new UnavailableError(from.href, 'not-allowed');
  }
}

interface Answer {
  location: string | null;
  document: FetchedDocument;
}

async function ask(
  target: URL,
  purpose: FetchPurpose,
  signal: AbortSignal,
  dispatcher: Dispatcher,
  maximumBytes: number,
): Promise<Answer> {
  const url = target.href;
  try {
    const { statusCode, headers, body } = await request(target, {
      dispatcher,
      signal,
      method: 'GET',
      headers: {
        accept: accept[purpose],
        'accept-encoding': 'identity',
        'user-agent': 'Assay (credential verification)',
      },
    });
    const single = (name: string) =>
      (Array.isArray(headers[name]) ? (headers[name] as string[])[0] : (headers[name] as string | undefined)) ?? null;
    const location = [301, 302, 303, 307, 308].includes(statusCode) ? single('location') : null;
    if (location !== null) {
      await body.dump({ limit: 65_536 });
      return { location, document: { url, status: statusCode, contentType: null, bytes: new Uint8Array() } };
    }
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of decoded(body, single('content-encoding'), url)) {
      size += (part as Uint8Array).length;
      if (size > maximumBytes) throw new UnavailableError(url, 'too-large');
      parts.push(part as Uint8Array);
    }
    return {
      location: null,
      document: {
        url,
        status: statusCode,
        contentType: single('content-type'),
        bytes: new Uint8Array(Buffer.concat(parts)),
      },
    };
  } catch (error) {
    throw error instanceof UnavailableError
      ? error
      : new UnavailableError(url, reasonOf(error, signal), { cause: error });
  }
}

/** Compression is not asked for; some hosts send it all the same. The size limit counts what comes out. */
function decoded(body: Readable, encoding: string | null, url: string): Readable {
  if (encoding === null || encoding === 'identity') return body;
  if (encoding !== 'gzip' && encoding !== 'br') {
    body.on('error', () => undefined).destroy();
    throw new UnavailableError(url, 'not-allowed');
  }
  const decoder = encoding === 'gzip' ? createGunzip() : createBrotliDecompress();
  pipeline(body, decoder, () => undefined);
  return decoder;
}

function reasonOf(error: unknown, signal: AbortSignal): UnavailableReason {
  if (signal.aborted) return 'timeout';
  const { name, code } = (error ?? {}) as { name?: string; code?: string };
  if (name === 'AddressRefused') return 'not-allowed';
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return 'too-large';
  if (typeof code === 'string' && code.includes('TIMEOUT')) return 'timeout';
  return 'connection-failed';
}

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type AssessOptions, assessCredential } from '../../core/assess.ts';
import { renderFinding } from '../../core/catalogue/render.ts';
import { UnavailableError } from '../../core/finding.ts';
import { isJsonObject } from '../../core/json/json.ts';
import { parseJson } from '../../core/json/parse-json.ts';
import type { Network } from '../../core/network.ts';
import { readUrl } from '../../core/read-url.ts';
import type { TrustSource } from '../../core/trust/trust-source.ts';
import type { VerifyOptions } from '../../core/verify/options.ts';
import { sharingCryptography } from '../../node/cryptography.ts';
import { ApiError, phrase } from '../problem.ts';

const fetchRequest = z.strictObject({
  url: z.string().max(2000),
  purpose: z.enum(['controller', 'status', 'refresh', 'hosted']),
});

export interface FetchAnswer {
  url: string;
  status: number;
  contentType: string | null;
  text: string;
}

export interface VerifyDeps {
  network: Network;
  trustSources: readonly TrustSource[];
  /** Of the credentials that this instance issued. */
  ledger?: VerifyOptions['ledger'] | undefined;
}

/** POST /api/verify assesses what is sent; POST /api/fetch lets the receiver's page reach what a check in the browser needs. */
export function verifyRoutes(parent: FastifyInstance, deps: VerifyDeps): void {
  parent.register(async (app) => {
    // A credential is judged by its own bytes: nothing parses it before the core does.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 20_000_000 }, (_, body, done) => done(null, body));

    app.post('/api/verify', { config: { rateLimit: { max: 120, timeWindow: '1 minute' } } }, async (request) => {
      const options: AssessOptions = {
        cryptography: sharingCryptography,
        network: deps.network,
        now: new Date(),
        trustSources: deps.trustSources,
        ...(deps.ledger === undefined ? {} : { ledger: deps.ledger }),
      };
      const result = await assessCredential(requestedUrl(request) ?? bytesOf(request), options);
      if (result.ok) return result.assessment;
      const { say, todo } = renderFinding(result.finding);
      throw new ApiError('malformed-request', todo === undefined ? say : `${say} ${todo}`, { finding: result.finding });
    });

    app.post(
      '/api/fetch',
      { bodyLimit: 10_000, config: { rateLimit: { max: 240, timeWindow: '1 minute' } } },
      async (request): Promise<FetchAnswer> => {
        refuseOtherSites(request);
        const parsed = parseJson(bytesOf(request));
        const body = fetchRequest.safeParse(parsed.ok ? parsed.value : null);
        if (!body.success)
          throw new ApiError('malformed-request', 'Send {"url": "https://…", "purpose": "controller"}.');
        try {
          const answer = await deps.network.fetch(body.data.url, body.data.purpose);
          const text = new TextDecoder().decode(answer.bytes);
          const isToken = /^\s*[\w-]+\.[\w-]+\.[\w-]+\s*$/.test(text);
          const isObject = (json: ReturnType<typeof parseJson>) => json.ok && isJsonObject(json.value);
          // Only what a check can use goes back: a JSON object or a signed token, never a page or a picture.
          const usable = answer.status === 200 && (isToken || isObject(parseJson(answer.bytes)));
          return {
            url: answer.url,
            status: answer.status,
            contentType: answer.contentType,
            text: usable ? text.trim() : '',
          };
        } catch (error) {
          if (error instanceof UnavailableError)
            throw error.reason === 'not-allowed'
              ? new ApiError('not-allowed', 'This address may not be fetched.', { reason: error.reason })
              : new ApiError('unavailable', phrase`${body.data.url} did not answer.`, { reason: error.reason });
          throw error;
        }
      },
    );
  });
}

function bytesOf({ body }: FastifyRequest): Uint8Array {
  return Buffer.isBuffer(body) ? new Uint8Array(body) : new Uint8Array();
}

/** `{"url": …}` and nothing else asks for an address; any other body is the credential itself. */
function requestedUrl(request: FastifyRequest): string | null {
  const bytes = bytesOf(request);
  if (bytes.length > 4000 || !/^application\/json\b/.test(request.headers['content-type'] ?? '')) return null;
  const parsed = parseJson(bytes);
  if (!parsed.ok || !isJsonObject(parsed.value)) return null;
  const { url, ...others } = parsed.value;
  return typeof url === 'string' && Object.keys(others).length === 0 ? url : null;
}

/** Another site's page must not use a visitor's browser to reach this door. */
function refuseOtherSites({ headers }: FastifyRequest): void {
  const site = headers['sec-fetch-site'];
  const sameSite = site === undefined || site === 'same-origin' || site === 'none';
  const sameOrigin = headers.origin === undefined || (readUrl(headers.origin)?.host ?? null) === headers.host;
  if (!sameSite || !sameOrigin || !/^application\/json\b/.test(headers['content-type'] ?? ''))
    throw new ApiError('not-allowed', 'Only this site’s own pages may ask.');
}

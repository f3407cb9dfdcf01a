import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { resolveDid } from '../../core/did/resolve-did.ts';
import type { Finding } from '../../core/finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../../core/json/json.ts';
import { parseJson } from '../../core/json/parse-json.ts';
import { deriveProof } from '../../core/proof/selective-disclosure.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { isLocal } from '../is-local.ts';
import { ApiError } from '../problem.ts';
import { updateStatus } from '../status-list/store.ts';
import { checkSentCredential, checkSentPresentation } from './check-sent.ts';
import type { VcApi } from './instances.ts';
import { type IssueOptions, issue } from './issue.ts';
import { problemType, toProblemDetails } from './problem-details.ts';

/**
 * The W3C-CCG VC-API for outside suites: issue 201, verify 200. A refusal is 400 with problem details also where the newer
 * text asks for 200 and `verified: false`, since the community suites expect it.
 */
export function vcApiRoutes(parent: FastifyInstance, api: VcApi): void {
  parent.register(async (app) => {
    if (api.loopbackOnly)
      app.addHook('onRequest', async (request) => {
        if (!isLocal(request))
          throw new ApiError(
            'not-allowed',
            'These endpoints answer this machine only; start with --vc-api-public to open them.',
          );
      });
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 10_000_000 }, (_, body, done) => done(null, body));

    app.get('/vc-api/instances', () => ({
      instances: api.instances.map(({ name, issuer, cryptosuite }) => ({
        name,
        issuer,
        cryptosuite,
        endpoint: `${api.publicUrl}/vc-api/${name}/credentials/issue`,
      })),
      verify: `${api.publicUrl}/vc-api/credentials/verify`,
      verifyPresentation: `${api.publicUrl}/vc-api/presentations/verify`,
      derive: `${api.publicUrl}/vc-api/credentials/derive`,
      status: `${api.publicUrl}/vc-api/credentials/status`,
    }));

    for (const instance of api.instances)
      app.post(`/vc-api/${instance.name}/credentials/issue`, async (request, reply) => {
        const { credential, options } = readBody(request);
        if (!isJsonObject(credential)) return refuse(reply, [malformed('/credential')]);
        const wanted = readIssueOptions(options);
        if (!wanted.ok) return refuse(reply, [malformed(wanted.pointer)]);
        const issued = await issue(credential, instance, api, wanted.options);
        if (!issued.ok) return refuse(reply, issued.findings, problemType.malformed);
        return reply.status(201).send({ verifiableCredential: issued.verifiableCredential });
      });

    app.post('/vc-api/credentials/verify', async (request, reply) => {
      const { verifiableCredential } = readBody(request);
      if (!isJsonObject(verifiableCredential))
        return refuse(reply, [malformed('/verifiableCredential')], problemType.parsing);
      const checked = await checkSentCredential(verifiableCredential, api);
      if (checked.verified) return { verified: true, checks: ['proof'], problemDetails: [], verifiableCredential };
      return refuse(reply, checked.findings);
    });

    app.post('/vc-api/presentations/verify', async (request, reply) => {
      const body = readBody(request);
      const presentation = body.verifiablePresentation ?? body.presentation;
      if (!isJsonObject(presentation))
        return refuse(reply, [malformed('/verifiablePresentation')], problemType.parsing);
      const checked = await checkSentPresentation(presentation, body.options, api);
      if (checked.verified)
        return { verified: true, checks: ['proof'], problemDetails: [], verifiablePresentation: presentation };
      return refuse(reply, checked.findings);
    });

    app.post('/vc-api/credentials/derive', async (request, reply) => {
      const { verifiableCredential, options } = readBody(request);
      if (!isJsonObject(verifiableCredential)) return refuse(reply, [malformed('/verifiableCredential')]);
      const pointers = isJsonObject(options) ? (options.selectivePointers ?? []) : [];
      if (!isListOfText(pointers)) return refuse(reply, [malformed('/options/selectivePointers')]);
      const derived = await deriveProof(verifiableCredential, pointers, { cryptography: nodeCryptography });
      return derived.ok
        ? reply.status(201).send({ verifiableCredential: derived.document })
        : refuse(reply, [derived.finding], problemType.generation);
    });

    app.post('/vc-api/credentials/status', async (request, reply) => {
      const { credentialId, credentialStatus, status } = readBody(request);
      const entry = toList(credentialStatus).find(isJsonObject);
      const value = typeof status === 'boolean' ? status : readStatusText(entry?.status);
      if (typeof credentialId !== 'string' || value === undefined)
        return refuse(reply, [malformed(typeof credentialId === 'string' ? '/status' : '/credentialId')]);
      const known = api.issued.get(credentialId);
      if (known === undefined)
        throw new ApiError('not-found', 'No credential of that id was issued here since the start.');
      if (entry?.statusPurpose !== undefined && entry.statusPurpose !== known.list.statusPurpose)
        return refuse(reply, [malformed('/credentialStatus/statusPurpose')]);
      await updateStatus(api.lists, known.list, known.index, value);
      return reply.status(200).send({});
    });

    app.get(api.statusList.path, async (_, reply) =>
      reply
        .type('application/vc')
        .header('cache-control', 'no-cache')
        .send(JSON.stringify(await api.statusList.render())),
    );

    app.get<{ Params: { did: string } }>('/vc-api/identifiers/:did', async (request, reply) => {
      const result = await resolveDid(request.params.did, { network: api.network });
      if (result.ok)
        return {
          didDocument: result.document,
          didDocumentMetadata: {},
          didResolutionMetadata: { contentType: 'application/did+ld+json' },
        };
      const status = result.error === 'notFound' ? 404 : result.error === 'methodNotSupported' ? 501 : 400;
      return reply
        .status(status)
        .send({ didDocument: null, didDocumentMetadata: {}, didResolutionMetadata: { error: result.error } });
    });
  });
}

function readBody({ body }: FastifyRequest): JsonObject {
  const parsed = parseJson(Buffer.isBuffer(body) ? new Uint8Array(body) : '');
  if (!parsed.ok)
    throw new ApiError('malformed-request', 'The body is not JSON that can be read.', {
      problemDetails: toProblemDetails([parsed.finding], problemType.parsing),
      verified: false,
    });
  if (!isJsonObject(parsed.value)) throw new ApiError('malformed-request', 'The body must be a JSON object.');
  return parsed.value;
}

function malformed(pointer: string): Finding {
  return { code: 'vc-api-request-malformed', severity: 'error', pointer, params: { pointer } };
}

function refuse(
  reply: FastifyReply,
  findings: readonly Finding[],
  fallback: string = problemType.cryptographic,
): FastifyReply {
  const problemDetails = toProblemDetails(findings, fallback);
  const [first] = problemDetails;
  return reply
    .status(400)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        ...(first ?? { type: fallback, title: 'Not verified' }),
        status: 400,
        verified: false,
        problemDetails,
        errors: problemDetails,
      }),
    );
}

function isListOfText(value: JsonValue): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

function readIssueOptions(
  options: JsonValue | undefined,
): { ok: true; options: IssueOptions } | { ok: false; pointer: string } {
  if (options === undefined) return { ok: true, options: {} };
  if (!isJsonObject(options)) return { ok: false, pointer: '/options' };
  const { credentialId, mandatoryPointers } = options;
  if (credentialId !== undefined && typeof credentialId !== 'string')
    return { ok: false, pointer: '/options/credentialId' };
  if (mandatoryPointers !== undefined && !isListOfText(mandatoryPointers))
    return { ok: false, pointer: '/options/mandatoryPointers' };
  return {
    ok: true,
    options: {
      ...(credentialId === undefined ? {} : { credentialId }),
      ...(mandatoryPointers === undefined ? {} : { mandatoryPointers }),
    },
  };
}

/** Older clients send `{"credentialStatus": [{"type", "status": "1"}]}`. */
function readStatusText(status: JsonValue | undefined): boolean | undefined {
  if (status === '1' || status === true) return true;
  return status === '0' || status === false ? false : undefined;
}

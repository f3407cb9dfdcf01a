import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Finding } from '../../core/finding.ts';
import { canonicalJson } from '../../core/json/canonical-json.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { parseJson } from '../../core/json/parse-json.ts';
import { contextUrl } from '../../core/json-ld/contexts.ts';
import type { Network } from '../../core/network.ts';
import { authorize } from '../access/authorize.ts';
import { changeStatus } from '../credential/change-status.ts';
import { approvedVersion, type IssuedOne, issueOne } from '../credential/issue.ts';
import { ledgerOf } from '../credential/ledger.ts';
import { type CredentialRow, signedDocument } from '../credential/store.ts';
import { type Answer, answerOnce, idempotencyKey, type KeepAnswer } from '../idempotency.ts';
import { didOf } from '../issuer/did.ts';
import type { IssuingDeps } from '../issuing.ts';
import { ApiError } from '../problem.ts';
import { inIssuer, jsonObject, reason, typed } from '../typed.ts';
import { type Checked, checkSentCredential, checkSentPresentation } from './check-sent.ts';
import { problemType, toProblemDetails } from './problem-details.ts';
import { differsFrom, notOurs, readIssueRequest } from './read-request.ts';

const tags = ['VC-API'];
const options = jsonObject.optional();
/** The protocol asks for none. */
const noReason = 'asked for through the VC-API';
const statusBody = z.object({
  credentialId: z.string().max(2000),
  credentialStatus: z.object({ statusPurpose: z.enum(['revocation', 'suspension']).default('revocation') }),
  status: z.boolean(),
  options: z.object({ reason: reason.default(noReason) }).default({ reason: noReason }),
});

/**
 * The W3C-CCG VC-API of one issuer, behind its API keys: what is issued here goes the way of everything that it issues. A
 * credential that does not verify is a success of the verifier: 200 and `verified: false`.
 */
export function issuerVcApiRoutes(parent: FastifyInstance, deps: IssuingDeps & { network: Network }): void {
  const { db, publicUrl } = deps;
  const sources = { network: deps.network, ledger: ledgerOf(deps) };
  parent.register(async (app) => {
    // What was signed is judged by its own bytes: members given twice, and numbers that change when read, are refused.
    app.removeContentTypeParser('application/json');
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_, body, done) => {
      const parsed = parseJson(new Uint8Array(body as Buffer));
      if (parsed.ok) done(null, parsed.value);
      else
        done(new ApiError('malformed-request', 'The body is not JSON that can be read.', problems([parsed.finding])));
    });
    const at = (path: string) => `/api/issuers/:slug/vc-api/${path}` as const;

    typed(app).post(
      at('credentials/issue'),
      {
        schema: {
          summary: 'VC-API: issue an approved achievement to the learner of a credential',
          tags,
          params: inIssuer,
          headers: idempotencyKey.loose(),
          body: z.object({ credential: jsonObject, options }),
        },
      },
      async (request, reply) => {
        const actor = await authorize(deps, request, request.params.slug, 'issue');
        const did = didOf(publicUrl, actor.issuer.slug);
        const wanted = Object.keys(request.body.options ?? {}).filter((name) => name !== 'type');
        if (wanted.length > 0) throw refused(wanted.map((name) => notOurs(['options', name], name)));
        const read = readIssueRequest(request.body.credential, did, `${publicUrl}/achievements/`);
        if (!read.ok) throw refused(read.findings);
        const work = async (keep: KeepAnswer): Promise<Answer> => {
          const version = await approvedVersion(db, actor.issuer.id, read.achievementId);
          const differences = differsFrom(JSON.parse(version.document) as JsonObject, read.content);
          if (differences.length > 0) throw refused(differences);
          const answerOf = ({ credential }: IssuedOne): Answer => ({
            status: 201,
            body: JSON.stringify({
              credentialId: `${publicUrl}/credentials/${credential.id}`,
              verifiableCredential: verifiableOf(credential),
            }),
          });
          const { achievementId, learner } = read;
          const issued = await issueOne(
            deps,
            actor,
            { achievementId, learner, dates: {}, duplicates: 'refuse' },
            async (trx, one) => await keep(trx, answerOf(one)),
          );
          if (!issued.ok) throw refused(issued.findings);
          return answerOf(issued);
        };
        const key = request.headers['idempotency-key'];
        const question = canonicalJson({ vcApi: request.body.credential } as JsonObject);
        const asked = { issuerId: actor.issuer.id, actor: actor.name, key, question };
        const answer = await answerOnce(db, asked, deps.now(), work);
        const type = answer.status === 201 ? 'application/json' : 'application/problem+json';
        return reply.status(answer.status).type(type).send(answer.body);
      },
    );

    typed(app).post(
      at('credentials/status'),
      {
        schema: {
          summary: 'VC-API: revoke, suspend or reinstate a credential',
          tags,
          params: inIssuer,
          body: statusBody,
        },
      },
      async (request) => {
        const actor = await authorize(deps, request, request.params.slug, 'issue');
        const { credentialId, credentialStatus, status, options } = request.body;
        const change =
          credentialStatus.statusPurpose === 'suspension'
            ? status
              ? 'suspend'
              : 'reinstate'
            : status
              ? 'revoke'
              : null;
        if (change === null) throw new ApiError('conflict', 'Revoking is for ever.');
        const start = `${publicUrl}/credentials/`;
        if (!credentialId.startsWith(start)) throw new ApiError('not-found', 'There is no such credential.');
        const id = credentialId.slice(start.length);
        const changed = await db
          .transaction()
          .execute((trx) => changeStatus(trx, id, change, options.reason, actor, deps.now()));
        deps.lists.forget(changed.status_list_id);
        return { credentialId, state: changed.state };
      },
    );

    typed(app).post(
      at('credentials/verify'),
      {
        schema: {
          summary: 'VC-API: is a credential, of whatever issuer, authentic and current?',
          tags,
          params: inIssuer,
          body: z.object({ verifiableCredential: jsonObject, options }),
        },
      },
      async (request) => {
        await authorize(deps, request, request.params.slug, 'read');
        return answerOf(await checkSentCredential(request.body.verifiableCredential as JsonObject, sources));
      },
    );

    typed(app).post(
      at('presentations/verify'),
      {
        schema: {
          summary: 'VC-API: is a presentation, and all that is in it, authentic and current?',
          tags,
          params: inIssuer,
          body: z.object({ verifiablePresentation: jsonObject, options }),
        },
      },
      async (request) => {
        await authorize(deps, request, request.params.slug, 'read');
        const { verifiablePresentation, options } = request.body;
        return answerOf(
          await checkSentPresentation(verifiablePresentation as JsonObject, options as JsonObject | undefined, sources),
        );
      },
    );
  });
}

const problems = (findings: Finding[]) => ({ problemDetails: toProblemDetails(findings, problemType.malformed) });

const refused = (findings: Finding[]) =>
  new ApiError('refused', 'This credential was not issued.', { findings, ...problems(findings) });

function answerOf(checked: Checked) {
  const findings = checked.verified ? [] : checked.findings;
  return { verified: checked.verified, problemDetails: toProblemDetails(findings, problemType.cryptographic) };
}

/** As it is delivered: with an embedded proof, or in the envelope of its JWT. */
function verifiableOf(credential: CredentialRow): JsonObject {
  const document = JSON.parse(signedDocument(credential)) as JsonObject;
  if (credential.jwt === null || document.proof !== undefined) return document;
  return {
    '@context': [contextUrl.credentials2],
    id: `data:application/vc+jwt,${credential.jwt}`,
    type: 'EnvelopedVerifiableCredential',
  };
}

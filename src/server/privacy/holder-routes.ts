import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireSameOrigin } from '../access/same-origin.ts';
import { holdsClaim } from '../claim/claim.ts';
import type { CredentialPages } from '../credential/pages.ts';
import type { CredentialRow } from '../credential/store.ts';
import { createGrant, listGrants, withdrawGrant } from '../evidence/grants.ts';
import { type EvidenceFileRow, findFile, listUses } from '../evidence/store.ts';
import { addressOfFile } from '../evidence/use.ts';
import { findIssuerById } from '../issuer/store.ts';
import type { IssuingDeps } from '../issuing.ts';
import { prefersHtml } from '../page/accept.ts';
import { ApiError } from '../problem.ts';
import { credentialId, typed } from '../typed.ts';
import { exportLearner } from './export.ts';
import { findOneCredential } from './learner.ts';

/** As the audit log names whoever has the claim link: nobody. */
const holder = 'claim-link';
const grantedFor = 14 * 24 * 3_600_000;
const inCredential = z.object({ name: credentialId });
const inFile = inCredential.extend({ file: credentialId });
const inGrant = inFile.extend({ grant: z.uuid() });

/** What a learner does with the claim link of a credential: take a copy of its data, and open its files to others for a while. */
export function holderRoutes(app: FastifyInstance, deps: IssuingDeps, pages: CredentialPages): void {
  app.register(async (scope) => {
    // What a button of the credential's page sends. Nothing is read of it.
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 1000 },
      (_, __, done) => done(null),
    );
    addRoutes(scope, deps, pages);
  });
}

function addRoutes(app: FastifyInstance, deps: IssuingDeps, pages: CredentialPages): void {
  const { db, masterKey, publicUrl, credentials } = deps;

  const holding = async (request: FastifyRequest, id: string): Promise<CredentialRow> => {
    const credential = await credentials.find(id);
    if (credential === undefined || !holdsClaim(masterKey, credential, request))
      throw new ApiError('not-found', 'There is nothing at this address.');
    return credential;
  };
  const findTheirs = async (credential: CredentialRow, id: string): Promise<EvidenceFileRow> => {
    const file = await findFile(db, credential.issuer_id, id);
    const uses = file === undefined ? undefined : (await listUses(db, [file.id])).get(file.id);
    if (file === undefined || !uses?.includes(credential.id))
      throw new ApiError('not-found', 'This credential has no such file.');
    return file;
  };

  typed(app).post('/credentials/:name/export', { schema: { params: inCredential } }, async (request, reply) => {
    requireSameOrigin(request, publicUrl);
    const credential = await holding(request, request.params.name);
    const issuer = await findIssuerById(db, credential.issuer_id);
    if (issuer === undefined) throw new Error('a credential without its issuer');
    const found = await findOneCredential(deps, credential);
    reply.header('cache-control', 'no-store').header('content-disposition', 'attachment; filename="credential.json"');
    return await db
      .transaction()
      .execute((trx) => exportLearner(trx, { issuer, actor: holder, masterKey, publicUrl }, found, deps.now()));
  });

  typed(app).get('/credentials/:name/evidence/:file/grants', { schema: { params: inFile } }, async (request, reply) => {
    const credential = await holding(request, request.params.name);
    const file = await findTheirs(credential, request.params.file);
    reply.header('cache-control', 'no-store');
    return { items: await listGrants(db, file.id) };
  });

  typed(app).post(
    '/credentials/:name/evidence/:file/grants',
    { schema: { params: inFile } },
    async (request, reply) => {
      requireSameOrigin(request, publicUrl);
      const credential = await holding(request, request.params.name);
      const file = await findTheirs(credential, request.params.file);
      const expiresAt = new Date(deps.now().getTime() + grantedFor);
      const { id, token } = await db
        .transaction()
        .execute((trx) => createGrant(trx, { file, expiresAt, actor: holder }, deps.now()));
      const url = `${addressOfFile(publicUrl, file.id)}?grant=${token}`;
      if (prefersHtml(request.headers.accept))
        return pages.show(request, reply, credential, { link: { file: file.id, url, expiresAt } });
      reply.status(201).header('cache-control', 'no-store');
      return { id, url, expiresAt: expiresAt.toISOString() };
    },
  );

  typed(app).post(
    '/credentials/:name/evidence/:file/grants/:grant/withdraw',
    { schema: { params: inGrant } },
    async (request, reply) => {
      requireSameOrigin(request, publicUrl);
      const credential = await holding(request, request.params.name);
      const { file: fileId, grant } = request.params;
      const file = await findTheirs(credential, fileId);
      await db.transaction().execute((trx) => withdrawGrant(trx, { file, id: grant, actor: holder }, deps.now()));
      // Back to the page that the button stands on.
      if (prefersHtml(request.headers.accept)) return reply.redirect(`/credentials/${credential.id}#files`, 303);
      return reply.status(204).send();
    },
  );
}

import type { FastifyInstance } from 'fastify';
import { findPublished, publicAchievement } from '../achievement/published.ts';
import type { PublishedCredentials } from '../credential/published.ts';
import { type CredentialRow, findNewestEdition, isDelivered, signedForm } from '../credential/store.ts';
import type { Database } from '../database.ts';
import { instanceDocument } from '../instance/instance-key.ts';
import type { MasterKey } from '../master-key.ts';
import { ApiError } from '../problem.ts';
import { type StatusListPublisher, statusPurposes } from '../status-list/publish.ts';
import { RevocationListPublisher } from '../status-list/revocation-list.ts';
import { didDocument, didOf } from './did.ts';
import { findIssuer, listKeys } from './store.ts';

interface Published {
  document: string;
  etag: string;
  contentType: string;
  cacheControl: string;
}

export type Publisher = (path: string) => Promise<Published | undefined>;

/**
 * What anybody may fetch: DID documents, status lists, achievements, and credentials that their learners accepted. One
 * function for HTTP and for this process, which resolves its own addresses without a request.
 */
export function createPublisher(
  { db, masterKey, publicUrl, now }: { db: Database; masterKey: MasterKey; publicUrl: string; now(): Date },
  lists: StatusListPublisher,
  credentials: PublishedCredentials,
): Publisher {
  const revocations = new RevocationListPublisher({ db, publicUrl });
  return async function find(path) {
    const [, kind, id = '', rest, ...more] = path.split('/');
    if (more.length > 0) return undefined;
    if (kind === 'issuers' && rest === 'did.json') {
      const issuer = await findIssuer(db, id);
      if (issuer === undefined) return undefined;
      const document = JSON.stringify(didDocument(didOf(publicUrl, id), await listKeys(db, issuer.id)));
      return { document, etag: '', contentType: 'application/did+json', cacheControl: 'public, max-age=60' };
    }
    if (kind === 'issuers' && rest === 'revocations') {
      const list = await revocations.find(id);
      return list && { ...list, contentType: 'application/json', cacheControl: 'public, max-age=5' };
    }
    const purpose = statusPurposes.find((name) => name === rest);
    if (kind === 'status' && purpose !== undefined) {
      const list = await lists.find(id, purpose);
      return list && { ...list, contentType: 'application/vc', cacheControl: 'public, max-age=5' };
    }
    if (kind === 'credentials' && rest === undefined) {
      const credential = await credentials.find(id.replace(/\.json$/, ''));
      return credential && publicForm(credential);
    }
    if (kind === 'credentials' && rest === 'refresh') {
      const newest = await findNewestEdition(db, id);
      return newest && publicForm(newest);
    }
    if (kind === 'achievements' && rest === undefined) {
      const version = await findPublished(db, id);
      if (version === undefined) return undefined;
      const document = JSON.stringify(publicAchievement(version, publicUrl));
      return { document, etag: '', contentType: 'application/ld+json', cacheControl: 'public, max-age=60' };
    }
    if (path === '/.well-known/did.json') {
      const document = JSON.stringify(await instanceDocument({ db, masterKey, now }, publicUrl));
      return { document, etag: '', contentType: 'application/did+json', cacheControl: 'public, max-age=60' };
    }
    return undefined;
  };
}

/** To everybody who has its address, once its learner accepted it. */
function publicForm(credential: CredentialRow): Published | undefined {
  if (credential.claim_state !== 'accepted' || !isDelivered(credential)) return undefined;
  const { content, digest, contentType } = signedForm(credential);
  return { document: content, etag: `"${digest}"`, contentType, cacheControl: 'public, max-age=5' };
}

export function publicRoutes(app: FastifyInstance, { publisher }: { publisher: Publisher }): void {
  for (const url of [
    '/issuers/:slug/did.json',
    '/issuers/:slug/revocations',
    '/status/:list/:purpose',
    '/credentials/:id/refresh',
    '/.well-known/did.json',
  ])
    app.get(url, { config: { rateLimit: false } }, async (request, reply) => {
      const found = await publisher(request.url.split('?', 1)[0] as string);
      if (found === undefined) throw new ApiError('not-found', 'There is nothing at this address.');
      reply.header('cache-control', found.cacheControl).header('access-control-allow-origin', '*');
      if (url.startsWith('/credentials/')) reply.header('x-robots-tag', 'noindex');
      if (found.etag !== '') {
        reply.header('etag', found.etag);
        if (request.headers['if-none-match'] === found.etag) return reply.status(304).send();
      }
      return reply.type(found.contentType).send(found.document);
    });
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import { holdsClaim, mayRead } from '../claim/claim.ts';
import type { LearnersView } from '../claim/section.ts';
import { readLearnersView } from '../claim/view.ts';
import { findIssuerById } from '../issuer/store.ts';
import type { IssuingDeps } from '../issuing.ts';
import { readLanguage, type Speech } from '../page/language.ts';
import { sendPage } from '../page/layout.ts';
import { type Checking, CredentialDelivery } from './deliver.ts';
import { FileMaker } from './file/maker.ts';
import { type CredentialPage, credentialPage, isPublic } from './page.ts';
import { type CredentialRow, findNewestEdition, isDelivered, signedForm } from './store.ts';

/** What was just done on the page, to be shown with it. */
export type Done = Partial<Pick<CredentialPage, 'recipient'>> & Partial<Pick<LearnersView, 'draft' | 'link'>>;

/** Pages of credentials, wherever a route shows one. */
export class CredentialPages {
  readonly deps: IssuingDeps & Checking;
  readonly delivery: CredentialDelivery;
  /** Of pictures that go with links. */
  readonly maker = new FileMaker();

  constructor(deps: IssuingDeps & Checking) {
    this.deps = deps;
    this.delivery = new CredentialDelivery(deps);
  }

  /** What there is to show of a credential; the learner's own things are not in it. */
  async read(credential: CredentialRow, isLearner: boolean, speech: Speech): Promise<CredentialPage> {
    const { db, publicUrl, now } = this.deps;
    const issuer = await findIssuerById(db, credential.issuer_id);
    if (issuer === undefined) throw new Error('a credential without its issuer');
    return {
      ...(await this.delivery.look(credential, isLearner, speech)),
      credential,
      publicUrl,
      issuerPath: `/issuers/${issuer.slug}`,
      isSample: issuer.sample,
      learner: null,
      hasJson: signedForm(credential).content !== credential.jwt,
      checkedAt: now(),
      successorPath: null,
      recipient: null,
    };
  }

  /** Answer with the page, as whoever asks may see it. */
  async show(request: FastifyRequest, reply: FastifyReply, credential: CredentialRow, done: Done = {}) {
    const { masterKey } = this.deps;
    reply.header('cache-control', 'private, no-store').header('vary', 'accept, accept-language');
    if (credential.indexed && isPublic(credential)) reply.removeHeader('x-robots-tag');
    else reply.header('x-robots-tag', 'noindex');
    const isLearner = holdsClaim(masterKey, credential, request);
    const speech = await readLanguage(request, reply);
    const page = await this.read(credential, isLearner, speech);
    const learner = isLearner ? await readLearnersView(this.deps, credential, page.description, done) : null;
    const successorPath = await this.findSuccessor(request, credential);
    return sendPage(reply, credentialPage({ ...page, ...done, learner, successorPath }, speech));
  }

  private async findSuccessor(request: FastifyRequest, { id, state }: CredentialRow): Promise<string | null> {
    const newest = state === 'superseded' ? await findNewestEdition(this.deps.db, id) : undefined;
    return newest !== undefined &&
      newest.id !== id &&
      isDelivered(newest) &&
      mayRead(this.deps.masterKey, newest, request)
      ? `/credentials/${newest.id}`
      : null;
  }
}

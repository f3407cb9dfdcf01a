import type { FastifyInstance } from 'fastify';
import { scopesOf } from '../../access/roles.ts';
import type { IssuingDeps } from '../../issuing.ts';
import { html } from '../../page/html.ts';
import { sendPage } from '../../page/layout.ts';
import { listMemberships } from '../members.ts';
import { pageUser } from './routes.ts';

/** Where somebody may act. */
export function studioPages(app: FastifyInstance, deps: IssuingDeps): void {
  app.get('/studio', async (request, reply) => {
    const user = await pageUser(deps, request);
    const issuers = await listMemberships(deps.db, user.id);
    return sendPage(reply, {
      title: 'Studio',
      body: html`<section class="stack"><p class="kicker">Signed in as ${user.name}</p><h1>Studio</h1>
${
  issuers.length === 0
    ? html`<p class="lead">You have no role in an issuer yet. Ask an owner or admin for an invitation to ${user.email}.</p>`
    : html`<dl class="facts card pad">${issuers.map(
        ({ slug, profile, roles }) => html`<div><dt>${(JSON.parse(profile) as { name: string }).name}</dt>
<dd><code>${slug}</code> · ${roles.join(', ')}<br><span class="muted small">May ${[...new Set(roles.flatMap((role) => scopesOf[role]))].join(', ')}</span></dd></div>`,
      )}</dl>`
}
<div class="row"><a class="btn" href="/account">Your account</a>
<form method="post" action="/sign-out"><button class="btn plain">Sign out</button></form></div></section>`,
    });
  });
}

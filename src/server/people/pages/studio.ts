import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { scopesOf } from '../../access/roles.ts';
import type { IssuingDeps } from '../../issuing.ts';
import { type Html, html } from '../../page/html.ts';
import { sendPage } from '../../page/layout.ts';
import type { SignedInUser } from '../identity.ts';
import { listMemberships } from '../members.ts';
import { pageUser } from './routes.ts';

/**
 * The studio: an application that needs script, at every address below /studio. Without script, and where the application was
 * not built, the page tells where somebody may act.
 */
export function studioPages(app: FastifyInstance, deps: IssuingDeps & { web?: string | null }): void {
  const application = readApplication(deps.web ?? null);
  for (const path of ['/studio', '/studio/*'])
    app.get(path, async (request, reply) => {
      const user = await pageUser(deps, request);
      const plain = await plainPage(deps, user);
      if (application === null) return sendPage(reply, { title: 'Studio', body: plain });
      return reply
        .type('text/html; charset=utf-8')
        .send(application.join(html`<noscript><main class="wrap">${plain}</main></noscript>`.text));
    });
}

/** The application's page, before and after the place of what is said without script. */
function readApplication(web: string | null): string[] | null {
  const path = join(web ?? '', 'studio.html');
  return web !== null && existsSync(path) ? readFileSync(path, 'utf8').split('<noscript></noscript>') : null;
}

async function plainPage({ db }: IssuingDeps, user: SignedInUser): Promise<Html> {
  const issuers = await listMemberships(db, user.id);
  return html`<section class="stack"><p class="kicker">Signed in as ${user.name}</p><h1>Studio</h1>
${
  issuers.length === 0
    ? html`<p class="lead">You have no role in an issuer yet. Ask an owner or admin for an invitation to ${user.email}.</p>`
    : html`<dl class="facts card pad">${issuers.map(
        ({ slug, profile, roles }) => html`<div><dt>${(JSON.parse(profile) as { name: string }).name}</dt>
<dd><code>${slug}</code> · ${roles.join(', ')}<br><span class="muted small">May ${[...new Set(roles.flatMap((role) => scopesOf[role]))].join(', ')}</span></dd></div>`,
      )}</dl>`
}
<div class="row"><a class="btn" href="/account">Your account</a>
<form method="post" action="/sign-out"><button class="btn plain">Sign out</button></form></div></section>`;
}

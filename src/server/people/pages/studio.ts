import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { IssuingDeps } from '../../issuing.ts';
import { type Html, html } from '../../page/html.ts';
import type { SignedInUser } from '../identity.ts';
import { listMemberships } from '../members.ts';
import { pageUser } from './routes.ts';
import { fill, sendOwnPage, speechOf, wordsOf } from './speech.ts';

/**
 * The studio: an application that needs script, at every address below /studio. Without script, and where the application was
 * not built, the page tells where somebody may act.
 */
export function studioPages(app: FastifyInstance, deps: IssuingDeps & { web?: string | null }): void {
  const application = readApplication(deps.web ?? null);
  for (const path of ['/studio', '/studio/*'])
    app.get(path, async (request, reply) => {
      const user = await pageUser(deps, request);
      const plain = await plainPage(deps, reply, user);
      if (application === null) return sendOwnPage(reply, { title: wordsOf(reply).studio.title, body: plain });
      const [before = '', after = ''] = application;
      const { language } = speechOf(reply).words;
      return reply
        .type('text/html; charset=utf-8')
        .send(
          before.replace('<html lang="en"', `<html lang="${language}"`) +
            html`<noscript><main class="wrap">${plain}</main></noscript>`.text +
            after,
        );
    });
}

/** The application's page, before and after the place of what is said without script. */
function readApplication(web: string | null): string[] | null {
  const path = join(web ?? '', 'studio.html');
  return web !== null && existsSync(path) ? readFileSync(path, 'utf8').split('<noscript></noscript>') : null;
}

async function plainPage({ db }: IssuingDeps, reply: FastifyReply, user: SignedInUser): Promise<Html> {
  const { studio, roles: names, account } = wordsOf(reply);
  const issuers = await listMemberships(db, user.id);
  return html`<section class="stack"><p class="kicker">${fill(reply, studio.signedInAs, { name: user.name })}</p><h1>${studio.title}</h1>
<p>${studio.needsScript}</p>
${
  issuers.length === 0
    ? html`<p class="lead">${fill(reply, studio.noRole, { email: user.email })}</p>`
    : html`<dl class="facts card pad">${issuers.map(
        ({ slug, profile, roles }) => html`<div><dt>${(JSON.parse(profile) as { name: string }).name}</dt>
<dd><code>${slug}</code> · ${roles.map((role) => names[role]).join(', ')}</dd></div>`,
      )}</dl>`
}
<div class="row"><a class="btn" href="/account">${studio.account}</a>
<form method="post" action="/sign-out"><button class="btn plain">${account.signOut}</button></form></div></section>`;
}

import type { FastifyInstance, FastifyReply } from 'fastify';
import { readOwnFile } from '../own-file.ts';
import { type Html, html } from './html.ts';

export interface Page {
  title: string;
  /** BCP 47. */
  language?: string;
  /** Links to the same page in other languages. */
  languages?: Html;
  /** For those who are shown a link to it. */
  description?: string;
  /** For services that show a preview of a link (Open Graph). */
  social?: { title: string; description: string };
  body: Html;
  /** Paths of our own scripts; the page can be read without them. */
  scripts?: readonly string[];
}

/** A whole page, readable without script. */
export function layout({ title, language = 'en', languages, description, social, body, scripts = [] }: Page): string {
  return html`<!doctype html>
<html lang="${language}" dir="${isRightToLeft(language) ? 'rtl' : 'ltr'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Assay</title>
${description === undefined ? '' : html`<meta name="description" content="${description}">`}
${social === undefined ? '' : html`<meta property="og:type" content="website"><meta property="og:title" content="${social.title}"><meta property="og:description" content="${social.description}">`}
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/page.css">
${scripts.map((path) => html`<script type="module" src="${path}"></script>`)}
</head>
<body>
<header class="bar"><div class="wrap"><a class="brand" href="/"><span>Assay</span></a>${languages}</div></header>
<main id="main" class="wrap">${body}</main>
</body>
</html>
`.text;
}

const isRightToLeft = (language: string) => /^(ar|fa|he|ur|yi)\b/.test(language);

export function sendPage(reply: FastifyReply, page: Page): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(layout(page));
}

/** The style of these pages: the application's own, and what only they need. */
export function pageRoutes(app: FastifyInstance): void {
  const style = ['../../web/ui/tokens.css', '../../web/ui/components.css', './page.css']
    .map((path) => readOwnFile(new URL(path, import.meta.url)))
    .join('\n');
  app.get('/page.css', (_, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(style),
  );
}

import type { FastifyReply } from 'fastify';
import { directions } from '../../core/catalogue/language.ts';
import { type Html, html } from './html.ts';
import { englishSpeech, languageLinks, type Speech } from './language.ts';
import { styleAddress } from './stylesheet.ts';
import { symbolsFor } from './symbols.ts';

export interface Page {
  title: string;
  /** English when absent. */
  speech?: Speech;
  /** Of the page itself, where it speaks every language: to the same page in another one. */
  path?: string;
  /** For those who are shown a link to it. */
  description?: string;
  /** What else stands in the head, for programs. */
  head?: Html;
  body: Html;
  /** Paths of our own scripts; the page can be read without them. */
  scripts?: readonly string[];
}

const outlines = ['authentic', 'current', 'issuer', 'class', 'level'];
const mark = html`<svg viewBox="0 0 252 48" aria-hidden="true" fill="currentColor">${outlines.map(
  (outline, index) => html`<use href="#s-${outline}" x="${index * 51}" width="48" height="48"/>`,
)}</svg>`;

/** A whole page, readable without script. */
export function layout(page: Page): string {
  const { title, speech = englishSpeech, path, description, head, body, scripts = [] } = page;
  const { language } = speech.words;
  const { frame } = speech.page;
  const shown = html`<header class="bar"><div class="wrap"><a class="brand" href="/">${mark}<span>Assay</span></a>
<nav aria-label="${frame.menu}"><a href="/verify">${frame.verify}</a><a href="/framework">${frame.guide}</a><a href="/studio">${frame.issue}</a></nav>
${path !== undefined && languageLinks(speech, path)}</div></header>
<main id="main" class="wrap" tabindex="-1">${body}</main>
<footer class="foot"><div class="wrap"><p>${frame.foot}</p></div></footer>`;
  return html`<!doctype html>
<html lang="${language}" dir="${directions[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Assay</title>
${description !== undefined && html`<meta name="description" content="${description}">`}
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${styleAddress}">
${head}${scripts.map((src) => html`<script type="module" src="${src}"></script>`)}
</head>
<body>
<a class="skip" href="#main">${frame.skip}</a>
${symbolsFor(shown)}${shown}
</body>
</html>
`.text;
}

export function sendPage(reply: FastifyReply, page: Page): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(layout(page));
}

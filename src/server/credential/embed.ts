import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { directions } from '../../core/catalogue/language.ts';
import { limitOf } from '../limits.ts';
import { type Html, html } from '../page/html.ts';
import { readLanguage, type Speech } from '../page/language.ts';
import { styleAddress } from '../page/stylesheet.ts';
import { symbolsFor } from '../page/symbols.ts';
import { ApiError } from '../problem.ts';
import { typed } from '../typed.ts';
import type { Description } from './describe.ts';
import { drawCard } from './file/card.ts';
import { filled, isPublic, isRecord, recordKind, signedBy } from './page.ts';
import { tallyOf } from './page-record.ts';
import type { CredentialPages } from './pages.ts';
import { hallmarkRow, outcomeIcon } from './stamps.ts';
import { type CredentialRow, isDelivered } from './store.ts';

const width = 480;
const height = 300;

/** The frame in which others show a credential on pages of their own. */
export function embedMarkup(publicUrl: string, { id }: CredentialRow, { title }: Description): Html {
  return html`<iframe src="${publicUrl}/credentials/${id}/embed" title="${title}" width="${width}" height="${height}" loading="lazy" sandbox="allow-popups allow-popups-to-escape-sandbox" style="border: 0"></iframe>`;
}

// Any page may frame this one: it shows what is public and takes no input.
const framingPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  'frame-ancestors *',
].join('; ');

/** What others show of a public credential: a frame, its description for programs that make frames (oEmbed), a picture of the link. */
export function embedRoutes(app: FastifyInstance, pages: CredentialPages): void {
  const { credentials, publicUrl, now } = pages.deps;
  const work = limitOf(app, 300, ({ ip }) => `embed ${ip}`);
  const params = z.object({ id: z.string().max(40) });
  const findPublic = async (id: string) => {
    const credential = /^[\w-]{22}$/.test(id) ? await credentials.find(id) : undefined;
    return credential !== undefined && isPublic(credential) && isDelivered(credential) ? credential : undefined;
  };
  const nothing = () => new ApiError('not-found', 'There is nothing at this address.');

  typed(app).get(
    '/credentials/:id/embed',
    {
      schema: { params },
      onSend: async (_, reply) => {
        reply.removeHeader('x-frame-options');
      },
    },
    async (request, reply) => {
      await work(request);
      const speech = await readLanguage(request, reply);
      reply.header('content-security-policy', framingPolicy).header('x-robots-tag', 'noindex');
      reply.header('cache-control', 'public, max-age=60').header('vary', 'accept-language, cookie');
      const credential = await findPublic(request.params.id);
      const { texts } = speech.page;
      if (credential === undefined)
        return sendFrame(reply.status(404), texts.withdrawnEmbed, html`<p>${texts.withdrawnEmbed}</p>`, speech);
      const page = await pages.read(credential, false, speech);
      const { title, learner, outcome, answer, stamps } = page.description;
      const kind = isRecord(page) ? recordKind(page, speech) : texts.credential;
      const body = html`<p class="kicker">${credential.test ? texts.test : kind}</p><h1><bdi>${title}</bdi></h1>
<p class="small">${learner !== null && html`${filled(texts.awardedTo, { learner: html`<b>${learner}</b>` })}<br>`}${signedBy(page, speech)}</p>
<div class="answer">${outcomeIcon(outcome)}<p class="say">${answer}</p></div>
${isRecord(page) && tallyOf(page.assessment, speech)}
<div class="split">${hallmarkRow(page.assessment, stamps, speech)}<a href="/credentials/${credential.id}" target="_blank" rel="noopener">${texts.openWhole}</a></div>`;
      return sendFrame(reply, `${title} · ${now().toISOString().slice(0, 10)}`, body, speech);
    },
  );

  typed(app).get(
    '/oembed',
    {
      schema: {
        summary: 'How to show a public credential on another page (oEmbed 1.0)',
        querystring: z.object({
          url: z.string().max(2000),
          format: z.string().max(20).default('json'),
          maxwidth: z.coerce.number().int().min(1).max(10_000).optional(),
          maxheight: z.coerce.number().int().min(1).max(10_000).optional(),
        }),
      },
    },
    async (request, reply) => {
      await work(request);
      const { url, format, maxwidth = width, maxheight = height } = request.query;
      if (format !== 'json') throw new ApiError('unsupported', 'The only format is json.');
      const own = url.startsWith(`${publicUrl}/credentials/`) ? new URL(url).pathname.split('/').at(-1) : undefined;
      const credential = own === undefined ? undefined : await findPublic(own);
      if (credential === undefined) throw nothing();
      const { description } = await pages.read(credential, false, await readLanguage(request, reply));
      const size = { width: Math.min(width, maxwidth), height: Math.min(height, maxheight) };
      reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=60');
      return {
        version: '1.0',
        type: 'rich',
        title: description.title,
        provider_name: 'Assay',
        provider_url: publicUrl,
        cache_age: 3600,
        thumbnail_url: `${publicUrl}/credentials/${credential.id}/card.png`,
        thumbnail_width: 1200,
        thumbnail_height: 630,
        html: embedMarkup(publicUrl, credential, description)
          .text.replace(`width="${width}"`, `width="${size.width}"`)
          .replace(`height="${height}"`, `height="${size.height}"`),
        ...size,
      };
    },
  );

  typed(app).get('/credentials/:id/card.png', { schema: { params } }, async (request, reply) => {
    await work(request);
    const credential = await findPublic(request.params.id);
    if (credential === undefined) throw nothing();
    const speech = await readLanguage(request, reply);
    const picture = await pages.maker.make(`${credential.id} card ${speech.words.language}`, async () =>
      drawCard(await pages.read(credential, false, speech), speech),
    );
    reply.header('cache-control', 'public, max-age=300').header('cross-origin-resource-policy', 'cross-origin');
    return reply.type('image/png').send(picture);
  });
}

function sendFrame(reply: FastifyReply, title: string, body: Html, { words: { language } }: Speech): FastifyReply {
  const page = html`<!doctype html>
<html lang="${language}" dir="${directions[language]}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="icon" href="/icon.svg" type="image/svg+xml"><link rel="stylesheet" href="${styleAddress}"></head>
<body class="embed">${symbolsFor(body)}<main class="card pad">${body}</main></body></html>`;
  return reply.type('text/html; charset=utf-8').send(page.text);
}

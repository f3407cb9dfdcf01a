import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { bundledPacks, defaultPack, findPack } from '../../core/framework/packs.ts';
import { translatePack } from '../../core/framework/translation.ts';
import { html } from '../page/html.ts';
import { readLanguage } from '../page/language.ts';
import { layout, sendPage } from '../page/layout.ts';
import { sendPublic } from '../page/public-document.ts';
import { typed } from '../typed.ts';
import { guidePage } from './guide-page.ts';

const query = z.object({ class: z.string().max(100).optional(), lang: z.string().max(20).optional() });

/** The framework guide: every rule of each pack that comes with Assay, made from the packs themselves. */
export function guideRoutes(app: FastifyInstance): void {
  for (const url of ['/framework', '/framework/:pack'])
    typed(app).get(
      url,
      { schema: { params: z.object({ pack: z.string().max(300).optional() }), querystring: query } },
      async (request, reply) => {
        const { pack: name = defaultPack.id } = request.params;
        const file = name.endsWith('.json') ? findPack(name.slice(0, -5)) : undefined;
        if (file !== undefined) {
          reply.header('content-disposition', `attachment; filename="${file.id}@${file.version}.json"`);
          return sendPublic(request, reply, { content: JSON.stringify(file, null, 2), type: 'application/json' });
        }
        const speech = await readLanguage(request, reply);
        const pack = findPack(name);
        if (pack !== undefined) {
          const content = layout(guidePage(pack, request.query.class, speech));
          return sendPublic(request, reply, { content, type: 'text/html; charset=utf-8' });
        }
        const { guide } = speech.page;
        return sendPage(reply.status(404), {
          title: guide.unknown,
          speech,
          body: html`<section class="gate stack"><h1>${guide.unknown}</h1><p>${guide.unknownWhy}</p><ul class="plain-list">${bundledPacks.map(
            (other) =>
              html`<li><a href="/framework/${other.id}">${translatePack(other, speech.packs, speech.words.language).title}</a></li>`,
          )}</ul></section>`,
        });
      },
    );
}

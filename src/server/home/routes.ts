import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type Assessment, assessDocument } from '../../core/assess.ts';
import type { JsonObject } from '../../core/json/json.ts';
import type { Network } from '../../core/network.ts';
import type { TrustSource } from '../../core/trust/trust-source.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { Html, html } from '../page/html.ts';
import { readLanguage } from '../page/language.ts';
import { layout } from '../page/layout.ts';
import { sendPublic } from '../page/public-document.ts';
import type { Samples } from '../samples/make-samples.ts';
import { homePage } from './home-page.ts';

/** What was checked of the example may be so old; in milliseconds. */
const freshFor = 3_600_000;

interface HomeDeps {
  web: string | null;
  network: Network;
  samples: Samples;
}

/** The home: the words are the server's, and the application checks credentials in it. */
export function homeRoutes(app: FastifyInstance, deps: HomeDeps): void {
  const application = readApplication(deps.web);
  const findExample = exampleOf(deps);
  app.get('/', async (request, reply) => {
    const speech = await readLanguage(request, reply);
    const content = layout(homePage({ application, example: await findExample() }, speech));
    return sendPublic(request, reply, { content, type: 'text/html; charset=utf-8' });
  });
}

/** The tags that start the built application, as its own page has them. */
function readApplication(web: string | null): Html {
  const path = join(web ?? '', 'index.html');
  if (web === null || !existsSync(path)) return html``;
  const tags = readFileSync(path, 'utf8').match(
    /<script type="module"[^>]*><\/script>|<link rel="(stylesheet|preload)"[^>]*>/g,
  );
  return new Html((tags ?? []).join(''));
}

/** The first sample, checked as any receiver checks it, and again when that has grown old. */
function exampleOf({ network, samples }: HomeDeps): () => Promise<{ id: string; assessment: Assessment } | null> {
  const [sample] = samples.samples;
  let known: { at: number; assessment: Promise<Assessment> } | undefined;
  const check = (json: JsonObject, trustSource: TrustSource) =>
    assessDocument(json, { cryptography: nodeCryptography, network, trustSources: [trustSource], now: new Date() });
  return async () => {
    if (sample === undefined) return null;
    if (known === undefined || performance.now() - known.at > freshFor)
      known = { at: performance.now(), assessment: check(sample.json, samples.trustSource) };
    return { id: sample.id, assessment: await known.assessment };
  };
}

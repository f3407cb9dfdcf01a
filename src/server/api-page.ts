import type { FastifyInstance } from 'fastify';
import type { JsonObject } from '../core/json/json.ts';
import type { ApiDocument, ApiOperation } from './open-api.ts';
import { type Html, html } from './page/html.ts';
import { sendPage } from './page/layout.ts';
import { internalProblem, problems } from './problem.ts';

/**
 * GET /docs/api: the reference, from the same document as /openapi.json. Of our own making: the reference component that was
 * tried writes styles into the page and asks hosts of its maker, both of which the content security policy forbids.
 */
export function apiPage(app: FastifyInstance): void {
  let body: Html | undefined;
  app.get('/docs/api', (_, reply) => {
    body ??= reference(app.swagger() as unknown as ApiDocument);
    return sendPage(reply, { title: 'API reference', description: 'Every route of this service', body });
  });
}

function reference({ info, paths }: ApiDocument): Html {
  const groups = new Map<string, Html[]>();
  for (const [path, operations] of Object.entries(paths))
    for (const [method, operation] of Object.entries(operations)) {
      const [group = ''] = operation.tags ?? [];
      groups.set(group, [...(groups.get(group) ?? []), route(method, path, operation)]);
    }
  const idOf = (group: string) => group.toLowerCase().replaceAll(' ', '-');
  const all = [...groups].sort(([one], [other]) => one.localeCompare(other));
  return html`
<section class="prose">
<h1>API reference</h1>
<p>${info.description ?? ''}</p>
<p>Send an API key of the issuer as <code>Authorization: Bearer assay_…</code>. Lists come in pages: <code>next</code> of one
is <code>after</code> of the following. Limits are told in <code>RateLimit-*</code> and <code>Retry-After</code>. The same as a
document for programs: <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).</p>
</section>
<nav aria-label="Groups"><p>${all.map(([group]) => html`<a href="#${idOf(group)}">${group}</a> · `)}<a href="#problems">Problems</a></p></nav>
${all.map(([group, routes]) => html`<section id="${idOf(group)}"><h2>${group}</h2>${routes}</section>`)}
<section id="problems"><h2>Problems</h2>
<p>Faults are <code>application/problem+json</code>. Programs read <code>code</code>, which never changes its meaning.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Problems"><table>
<thead><tr><th scope="col">code</th><th scope="col">status</th><th scope="col">title</th><th scope="col">what it means</th></tr></thead>
<tbody>${Object.entries({ ...problems, internal: internalProblem }).map(
    ([code, { status, title, meaning }]) =>
      html`<tr><td><code>${code}</code></td><td>${status}</td><td>${title}</td><td>${meaning}</td></tr>`,
  )}</tbody>
</table></div></section>`;
}

function route(method: string, path: string, operation: ApiOperation): Html {
  const { parameters = [], requestBody } = operation;
  const bodies = Object.entries(requestBody?.content ?? {});
  return html`<details>
<summary><strong>${method.toUpperCase()}</strong> <code>${path}</code>: ${operation.summary ?? ''}</summary>
${
  parameters.length === 0
    ? ''
    : html`<ul>${parameters.map(
        ({ name, in: place, required, schema }) =>
          html`<li><code>${name}</code> in the ${place}${required ? ', required' : ''}: ${kindOf(schema ?? {})}</li>`,
      )}</ul>`
}
${bodies.map(
  ([type, { schema }]) => html`<p>Body, <code>${type}</code>:</p><pre>${JSON.stringify(schema ?? {}, null, 2)}</pre>`,
)}
</details>`;
}

function kindOf(schema: JsonObject): string {
  const { type, enum: values, default: fallback, description } = schema;
  const kind = Array.isArray(values) ? `one of ${values.join(', ')}` : String(type ?? 'any');
  return [
    kind,
    ...(fallback === undefined ? [] : [`default ${JSON.stringify(fallback)}`]),
    ...(typeof description === 'string' ? [description] : []),
  ].join('; ');
}

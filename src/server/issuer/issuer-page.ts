import { isJsonObject, type JsonObject, toList } from '../../core/json/json.ts';
import { type Html, html } from '../page/html.ts';
import type { Page } from '../page/layout.ts';
import { day, facts, link, picture, section, testNote, textOf } from '../page/parts.ts';
import { prose } from '../page/prose.ts';
import type { IssuerKeyRow } from './store.ts';

interface Named {
  path: string;
  name: string;
}

export interface IssuerPage {
  did: string;
  profile: JsonObject;
  parent: Named | null;
  units: readonly Named[];
  achievements: readonly Named[];
  keys: readonly IssuerKeyRow[];
  didPath: string;
  publicUrl: string;
  isTest: boolean;
}

/** Who an issuer says that it is, the keys that it signs with, and what it awards. */
export function issuerPage({ profile, parent, units, achievements, keys, ...page }: IssuerPage): Page {
  const name = textOf(profile.name) ?? 'Issuer';
  const description = textOf(profile.description);
  const accreditations = toList(profile.accreditations).filter(isJsonObject);
  const url = textOf(profile.url);
  return {
    title: name,
    ...(description === null ? {} : { description }),
    body: html`${testNote(page.isTest)}
<div class="row">${picture(profile.image, page.publicUrl, `Logo of ${name}`)}<div class="stack">
<p class="kicker">Issuer</p><h1>${name}</h1></div></div>
${description === null ? '' : prose(description)}
${facts([
  ['Website', url === null ? null : link(url)],
  ['Address', address(profile.address)],
  ['E-mail', textOf(profile.email)],
  ['Telephone', textOf(profile.phone)],
  ['Part of', parent === null ? null : html`<a href="${parent.path}">${parent.name}</a>`],
  ['Identifier', html`<code>${page.did}</code>`],
])}
${section(
  'Accreditation',
  accreditations.length === 0
    ? null
    : html`<p class="muted small">The issuer’s own statement. Ask the body that is named.</p>${accreditations.map(accreditation)}`,
)}
${section('Achievements', list(achievements))}
${section('Units', list(units))}
${section('Keys', keyTable(keys, page.didPath))}`,
  };
}

function list(entries: readonly Named[]): Html | null {
  if (entries.length === 0) return null;
  return html`<ul class="plain-list">${entries.map(({ path, name }) => html`<li><a href="${path}">${name}</a></li>`)}</ul>`;
}

function address(value: JsonObject[string] | undefined): string | null {
  if (!isJsonObject(value)) return null;
  const parts = ['streetAddress', 'postalCode', 'addressLocality', 'addressRegion'].map((name) => textOf(value[name]));
  const country = textOf(value.addressCountry) ?? textOf(value.addressCountryCode);
  return [...parts, country].filter(Boolean).join(', ') || null;
}

function accreditation(entry: JsonObject): Html {
  const url = textOf(entry.url);
  const name = textOf(entry.name) ?? '–';
  return facts([
    ['Accredited by', url === null ? name : link(url, name)],
    ['How to check', textOf(entry.contactInstructions)],
    ['Since', textOf(entry.accreditationDate)],
    ['Area', textOf(entry.areaServed)],
    ['Sector', textOf(entry.educationalSector)],
  ]);
}

const states: Record<IssuerKeyRow['state'], string> = {
  active: 'In use',
  published: 'Was in use; what it signed stays valid',
  retired: 'Taken out; nothing that it signed verifies any longer',
  compromised: 'In other hands',
};

function keyTable(keys: readonly IssuerKeyRow[], didPath: string): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Keys"><table>
<thead><tr><th scope="col">Public key</th><th scope="col">Kind</th><th scope="col">State</th><th scope="col">Made</th><th scope="col">Ended</th></tr></thead>
<tbody>${keys.map(
    ({ public_key, type, state, created_at, ended_at, compromised_from }) =>
      html`<tr><td><code class="key">${public_key}</code></td><td>${type}</td><td>${states[state]}${compromised_from === null ? '' : html` since ${day(compromised_from)}`}</td><td>${day(created_at)}</td><td>${ended_at === null ? '–' : day(ended_at)}</td></tr>`,
  )}</tbody></table></div>
<p class="muted small">For software: <a href="${didPath}">DID document</a></p>`;
}

import { formatDate } from '../../core/catalogue/language.ts';
import type { Outcome } from '../../core/finding.ts';
import { type JsonObject, toList } from '../../core/json/json.ts';
import type { TrustAnswer } from '../../core/trust/types.ts';
import { objects } from '../achievement/scale.ts';
import { drawStamp, outcomeIcon, plainGlyph } from '../credential/stamps.ts';
import { type Html, html } from '../page/html.ts';
import { fill, type Speech } from '../page/language.ts';
import type { Page } from '../page/layout.ts';
import { facts, link, picture, sampleNote, section, testNote, textOf } from '../page/parts.ts';
import { prose } from '../page/prose.ts';
import { icon } from '../page/symbols.ts';
import type { IssuerKeyRow } from './store.ts';

interface Named {
  path: string;
  name: string;
}

export interface IssuerPage {
  slug: string;
  did: string;
  /** Under which it signs. */
  domain: string;
  profile: JsonObject;
  since: Date;
  parent: Named | null;
  units: readonly Named[];
  achievements: readonly (Named & { description: string })[];
  /** There are more achievements than are shown. */
  isCut: boolean;
  keys: readonly IssuerKeyRow[];
  trust: TrustAnswer;
  publicUrl: string;
  isTest: boolean;
  isSample: boolean;
  /** Of the sample data: a learner record to look at. */
  samplePath: string | null;
}

/** Who an issuer says that it is, who vouches for it, the keys that it signs with, and what it awards. */
export function issuerPage(page: IssuerPage, speech: Speech): Page {
  const { profile, units, achievements, trust } = page;
  const { issuer: texts } = speech.page;
  const name = textOf(profile.name) ?? texts.unnamed;
  const description = textOf(profile.description);
  const path = `/issuers/${page.slug}`;
  const known = trust.outcome === 'passed';
  return {
    title: name,
    speech,
    path,
    ...(description === null ? {} : { description }),
    head: html`<link rel="alternate" type="application/ld+json" href="${path}"><meta property="og:type" content="website"><meta property="og:title" content="${name}">${description !== null && html`<meta property="og:description" content="${description}">`}`,
    body: html`${sampleNote(page.isSample, speech, page.samplePath === null ? null : html`<a href="${page.samplePath}">${texts.sampleRecord}</a>`)}${testNote(page.isTest, speech)}
<article class="card"><div class="pad top">${picture(profile.image, page.publicUrl, fill(speech, texts.logo, { name }))}<div>
<p class="kicker">${texts.kicker}</p><h1><bdi>${name}</bdi></h1>${description !== null && prose(description)}
<div class="answer">${drawStamp('issuer', trust.outcome, plainGlyph('issuer'))}<div><p class="say">${fill(speech, texts.domain, { domain: page.domain })}</p>
${!known && html`<p class="why">${texts.callsItself}</p>`}</div></div></div></div></article>
<div class="cols"><div>
${vouchSection(page, speech)}
${keySection(page, speech)}
<section class="sec"><h2>${texts.awards}</h2>${
      achievements.length === 0
        ? html`<p class="muted">${texts.awardsNone}</p>`
        : html`<ul class="awards">${achievements.map(({ path: at, name: title, description: about }) => html`<li><h3><a href="${at}"><bdi>${title}</bdi></a></h3><p class="small muted"><bdi>${about}</bdi></p></li>`)}</ul>`
    }
${page.isCut && html`<p class="small muted">${fill(speech, texts.more, { count: achievements.length })}</p>`}</section>
${section(texts.units, units.length === 0 ? null : html`<ul class="plain-list">${units.map(({ path: at, name: unit }) => html`<li><a href="${at}"><bdi>${unit}</bdi></a></li>`)}</ul>`)}
<section class="sec"><h2>${texts.limits}</h2><ul class="not"><li>${texts.limitCredential} <a href="/verify">${texts.limitVerify}</a></li><li>${texts.limitQuality}</li></ul></section></div>
${contactAside(page, speech)}</div>`,
  };
}

const outcomeOf = {
  listed: 'passed',
  withdrawn: 'failed',
  compromised: 'cannot-tell',
  'out-of-period': 'inapplicable',
} as const satisfies Record<TrustAnswer['listings'][number]['state'], Outcome>;

function vouchSection({ profile, trust }: IssuerPage, speech: Speech): Html {
  const { issuer: texts, listingStates } = speech.page;
  const date = (text: string) => formatDate(text.slice(0, 10), speech.words.language);
  const listings = trust.listings.map(({ source, sourceDate, state, issuer }) =>
    row(
      outcomeOf[state],
      `${fill(speech, texts.listedBy, { source })}: ${listingStates[state].toLowerCase()}`,
      html`${issuer.from !== undefined && `${fill(speech, texts.since, { date: date(issuer.from) })} `}${fill(speech, texts.listedSince, { date: date(sourceDate) })}${issuer.vouchesFor !== undefined && html` <bdi>${issuer.vouchesFor}</bdi>`}`,
    ),
  );
  const accreditations = objects(profile.accreditations).map((entry) => {
    const [name, url, since] = [textOf(entry.name) ?? '–', textOf(entry.url), textOf(entry.accreditationDate)];
    const [area, sector] = [textOf(entry.areaServed), textOf(entry.educationalSector)];
    return row(
      'inapplicable',
      fill(speech, texts.says, { name }),
      html`${texts.saysNote} ${since !== null && fill(speech, texts.since, { date: date(since) })} ${area !== null && fill(speech, texts.area, { area })} ${sector !== null && fill(speech, texts.sector, { sector })} <bdi>${textOf(entry.contactInstructions)}</bdi> ${url !== null && link(url)}`,
    );
  });
  return html`<section class="sec first"><h2>${texts.vouches}</h2>
${listings.length === 0 && html`<p class="note text">${trust.sourcesAsked === 0 ? texts.noSource : texts.notListed}</p>`}
${listings.length + accreditations.length > 0 && html`<ul class="report">${listings}${accreditations}</ul>`}</section>`;
}

const row = (outcome: Outcome, title: string, detail: Html): Html =>
  html`<li>${outcomeIcon(outcome)}<div><p class="t"><bdi>${title}</bdi></p><p class="d">${detail}</p></div></li>`;

const outcomeOfKey = {
  active: 'passed',
  published: 'passed',
  retired: 'inapplicable',
  compromised: 'failed',
} as const satisfies Record<IssuerKeyRow['state'], Outcome>;

/** Newest first: which keys count, from when, until when. */
function keySection({ slug, keys }: IssuerPage, speech: Speech): Html {
  const { issuer: texts } = speech.page;
  const day = (date: Date) => formatDate(date.toISOString().slice(0, 10), speech.words.language);
  const meaning = ({ state, compromised_from }: IssuerKeyRow) =>
    compromised_from === null
      ? texts.states[state]
      : fill(speech, texts.compromisedSince, { date: day(compromised_from) });
  const time = (date: Date) => html`<time datetime="${date.toISOString()}">${day(date)}</time>`;
  return html`<section class="sec" id="keys"><h2>${texts.keys}</h2><p class="small muted">${texts.keysNote}</p>
<table class="keys"><caption class="vh">${texts.keys}</caption><thead><tr><th scope="col">${texts.key}</th><th scope="col">${texts.from}</th><th scope="col">${texts.until}</th><th scope="col">${texts.means}</th></tr></thead>
<tbody>${keys
    .toReversed()
    .map(
      (key) =>
        html`<tr><td><code class="key" dir="ltr">${key.public_key}</code><br><span class="small muted">${key.type}, ${key.use === 'jwt' ? texts.signsJwt : texts.signsProof}</span></td><td data-l="${texts.from}">${time(key.created_at)}</td><td data-l="${texts.until}">${key.ended_at === null ? texts.now : time(key.ended_at)}</td><td><span class="keystate ${outcomeOfKey[key.state] === 'inapplicable' ? 'na' : outcomeOfKey[key.state]}">${outcomeIcon(outcomeOfKey[key.state])}<span>${meaning(key)}</span></span></td></tr>`,
    )}</tbody></table>
<p class="small">${texts.readFrom} <a href="/issuers/${slug}/did.json" dir="ltr">did.json</a></p></section>`;
}

function contactAside({ profile, parent, did, slug, since }: IssuerPage, speech: Speech): Html {
  const { issuer: texts } = speech.page;
  const [url, email] = [textOf(profile.url), textOf(profile.email)];
  const [first] = toList(profile.address);
  return html`<aside><div class="card take"><h2>${texts.contact}</h2>${facts([
    [
      texts.email,
      email !== null && /^[^\s@<>"]+@[^\s@<>"]+$/.test(email)
        ? html`<a href="mailto:${email}" dir="ltr">${email}</a>`
        : email,
    ],
    [texts.telephone, textOf(profile.phone)],
    [texts.website, url === null ? null : link(url)],
    [texts.address, addressOf(first)],
    [texts.partOf, parent === null ? null : html`<a href="${parent.path}"><bdi>${parent.name}</bdi></a>`],
    [texts.sinceHere, formatDate(since.toISOString().slice(0, 10), speech.words.language)],
    [texts.identifier, html`<code class="key" dir="ltr">${did}</code>`],
  ])}
<a class="btn wide noprint" href="/verify">${icon('search')}${texts.isReal}</a><a class="btn wide noprint" href="/issuers/${slug}.json" download>${icon('down')}${texts.data}</a></div></aside>`;
}

function addressOf(value: JsonObject[string] | undefined): string | null {
  const [address] = objects(value);
  if (address === undefined) return null;
  const parts = ['streetAddress', 'postalCode', 'addressLocality', 'addressRegion'].map((name) =>
    textOf(address[name]),
  );
  const country = textOf(address.addressCountry) ?? textOf(address.addressCountryCode);
  return [...parts, country].filter(Boolean).join(', ') || null;
}

import { weaker } from '../../core/framework/compile-pack.ts';
import type { Pack, PackRule } from '../../core/framework/pack-file.ts';
import { bundledPacks } from '../../core/framework/packs.ts';
import type { Expectation } from '../../core/framework/report.ts';
import { translatePack } from '../../core/framework/translation.ts';
import { classGlyph, drawStamp } from '../credential/stamps.ts';
import { type Html, html } from '../page/html.ts';
import { fill, type Speech } from '../page/language.ts';
import type { Page } from '../page/layout.ts';
import { icon } from '../page/symbols.ts';

/** Every rule of a pack, for those who write credentials and those who read them. `wanted`: what this class requires alone. */
export function guidePage(given: Pack, wanted: string | undefined, speech: Speech): Page {
  const pack = translatePack(given, speech.packs, speech.words.language);
  const { guide } = speech.page;
  const chosen = pack.classes.find(({ id }) => id === wanted);
  const rules =
    chosen === undefined ? pack.rules : pack.rules.filter(({ expects }) => expects[chosen.id] === 'required');
  const heading = (text: string) => fill(speech, text, { count: rules.length, class: chosen?.label ?? '' });
  const groups = [...new Set(rules.map(({ group }) => group))];
  const words = Object.values(speech.words.ruleWords).join(', ');
  return {
    title: `${pack.title} · ${guide.kicker}`,
    description: guide.lead,
    speech,
    path: addressOf(pack, chosen?.id),
    head: html`<link rel="canonical" href="${addressOf(pack)}">`,
    body: html`<div class="guide-head"><p class="kicker">${guide.kicker}</p><h1>${guide.title}</h1><p class="lead">${guide.lead}</p></div>
<nav class="chips noprint" aria-label="${guide.packs}">${bundledPacks.map((other) => packChip(other, pack, speech))}</nav>
<div class="note guide-note">${icon('info', '')}<div><p><b>${pack.title}.</b> ${fill(speech, guide.edition, { id: pack.id, version: pack.version, status: guide.statuses[pack.status] })}</p><p>${pack.notice}</p></div></div>
<ul class="classes">${pack.classes.map((entry) => classSummary(entry, pack, speech))}</ul>
${legend(pack, speech)}
<div class="split guide-split"><h2>${heading(chosen === undefined ? guide.rules : guide.ofClass)}</h2>
${pack.classes.length > 1 && classChips(pack, chosen?.id, speech)}</div>
${groups.map((group) =>
  groupTable(
    group,
    rules.filter((rule) => rule.group === group),
    pack,
    speech,
  ),
)}
<p class="small muted">${fill(speech, guide.reader, { words })}</p>
<h2 class="guide-sources">${guide.sources}</h2><ul class="plain-list">${pack.sources.map(
      ({ title, url }) =>
        html`<li>${url === null ? title : html`<a href="${url}" rel="nofollow noopener noreferrer">${title}</a>`}</li>`,
    )}</ul>`,
  };
}

const addressOf = ({ id }: Pack, classId?: string) =>
  `/framework/${id}${classId === undefined ? '' : `?class=${encodeURIComponent(classId)}`}`;

function packChip(other: Pack, shown: Pack, speech: Speech): Html {
  const { title, rules } = translatePack(other, speech.packs, speech.words.language);
  return html`<a class="chip" href="${addressOf(other)}"${other.id === shown.id && html` aria-current="true"`}>${title} <span class="num">${rules.length}</span></a>`;
}

function classChips(pack: Pack, chosen: string | undefined, { page: { guide } }: Speech): Html {
  const chip = (label: string, id: string | undefined, count: number | null) =>
    html`<a class="chip" href="${addressOf(pack, id)}"${id === chosen && html` aria-current="true"`}>${label}${count !== null && html` <span class="num">${count}</span>`}</a>`;
  return html`<nav class="chips noprint" aria-label="${guide.filter}">${chip(guide.allClasses, undefined, null)}${pack.classes.map(
    ({ id, label }) => chip(label, id, countOf(pack, id, 'required')),
  )}</nav>`;
}

const countOf = ({ rules }: Pack, classId: string, expectation: Expectation) =>
  rules.filter(({ expects }) => expects[classId] === expectation).length;

function classSummary({ id, label, definition }: Pack['classes'][number], pack: Pack, speech: Speech): Html {
  const counts = fill(speech, speech.page.guide.counts, {
    required: countOf(pack, id, 'required'),
    recommended: countOf(pack, id, 'recommended'),
    available: countOf(pack, id, 'recommended-if-available'),
  });
  return html`<li>${drawStamp('class', 'passed', classGlyph(label))}<div><h2>${label}</h2><p>${definition}</p><p class="num">${counts}</p></div></li>`;
}

/** As components.css tells them apart. */
const letters: Record<Expectation, string> = {
  required: 'R',
  recommended: 'C',
  'recommended-if-available': 'CA',
  'not-expected': 'N',
};

function legend(pack: Pack, { page: { guide } }: Speech): Html {
  const expectations = Object.entries(guide.expectations) as [Expectation, [string, string]][];
  return html`<section class="card pad guide-legend" aria-label="${guide.legend}"><div><h2>${guide.asked}</h2><dl>${expectations.map(
    ([id, [word, meaning]]) =>
      html`<div><dt><span class="expect" data-l="${letters[id]}">${word}</span></dt><dd>${meaning}</dd></div>`,
  )}</dl></div>
<div><h2>${guide.known}</h2><dl class="marks">${Object.values(guide.marks).map(
    ([letter, word, meaning]) =>
      html`<div><dt><span class="mark">${letter}</span></dt><dd><b>${word}</b> ${meaning}</dd></div>`,
  )}</dl><p class="small muted">${guide.weaker} <a href="/framework/${pack.id}.json" download>${guide.packFile}</a></p></div></section>`;
}

function groupTable(group: PackRule['group'], rules: readonly PackRule[], pack: Pack, speech: Speech): Html {
  const { guide } = speech.page;
  const [title, about] = guide.groups[group];
  return html`<section class="card guide-group" aria-labelledby="group-${group}"><div class="g"><h3 id="group-${group}">${title}</h3><p class="small muted">${about}</p></div>
<table class="rules"><caption class="vh">${title}</caption><thead><tr><th scope="col">${guide.what}</th><th scope="col">${guide.expected}</th><th scope="col">${guide.where}</th><th scope="col">${guide.whence}</th></tr></thead>
<tbody>${rules.map((rule) => ruleRow(rule, pack, speech))}</tbody></table></section>`;
}

function ruleRow(
  { id, field, purpose, expects, places = [], help, provenance }: PackRule,
  pack: Pack,
  speech: Speech,
): Html {
  const { guide } = speech.page;
  const [letter, word] = guide.marks[weaker(provenance.field, provenance.level)];
  const several = pack.classes.length > 1;
  const link = fill(speech, guide.linkTo, { field });
  return html`<tr id="${id}"><th scope="row"><a class="fn" href="#${id}" title="${link}">${field}</a><span class="why">${purpose}</span></th>
<td><span class="exp">${pack.classes.map((entry) => {
    const expectation = expects[entry.id] ?? 'not-expected';
    return html`<span>${several && html`<b aria-hidden="true">${entry.label.charAt(0)}</b>`}<span class="expect" data-l="${letters[expectation]}"><span class="vh">${entry.label}: </span>${guide.expectations[expectation][0]}</span></span>`;
  })}</span></td>
<td>${placeLines(places, speech)}<span class="wr">${help.write}</span><span class="eg"><b>${guide.example}</b> ${help.example}</span><span class="eg"><b>${guide.not}</b> ${help.mistake}</span></td>
<td><span class="pv"><span class="mark" aria-hidden="true">${letter}</span><span>${word}</span></span></td></tr>`;
}

/** Where the answer may stand: each place once, those that count weakly last. */
function placeLines(places: NonNullable<PackRule['places']>, { page: { guide } }: Speech): Html {
  if (places.length === 0) return html`<span class="small muted">${guide.whole}</span>`;
  const path = (text: string) => html`<code class="path" dir="ltr">${text.replace(/^\$\.?/, '')}</code>`;
  const whole = places.filter(({ kind }) => kind !== 'fallback');
  const weak = places.filter(({ kind }) => kind === 'fallback');
  const once = (list: typeof places) => [
    ...new Map(list.map((place) => [`${place.path} ${place.note}`, place])).values(),
  ];
  const line = ({ path: at, kind, note }: (typeof places)[number]) =>
    html`<span class="at">${path(at)}${kind === 'extension' && html` <span class="tag">${guide.extension}</span>`}${note !== undefined && html` <span class="small">${note}</span>`}</span>`;
  const others = once(weak);
  return html`${once(whole).map(line)}${others.length > 0 && html`<details class="weakly"><summary>${guide.weakly}</summary>${others.map(line)}</details>`}`;
}

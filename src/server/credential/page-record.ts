import type { Assessment } from '../../core/assess.ts';
import { formatDate } from '../../core/catalogue/language.ts';
import type { Verdict } from '../../core/verify/report.ts';
import { type Html, html } from '../page/html.ts';
import { fill, type Speech, say } from '../page/language.ts';
import { facts, textOf } from '../page/parts.ts';
import { prose } from '../page/prose.ts';
import { icon } from '../page/symbols.ts';
import type { Description } from './describe.ts';
import { type CredentialPage, filled, signedBy } from './page.ts';
import { linkTo } from './page-content.ts';
import { hallmarkRow, ladder, outcomeIcon, outcomeWord } from './stamps.ts';

const verdicts = ['not-verified', 'cannot-tell', 'verified'] as const satisfies Verdict[];
const outcomes = { verified: 'passed', 'not-verified': 'failed', 'cannot-tell': 'cannot-tell' } as const;

/** What a record says of itself, and the credentials in it, each with its own answer. */
export function recordSections(page: CredentialPage, speech: Speech): Html {
  const { assessment, description } = page;
  const { texts, record } = speech.page;
  const { credentials, verification } = assessment;
  return html`<section class="sec first"><h2 id="says" tabindex="-1">${texts.says}</h2>${description.about !== null && prose(description.about)}<p>${fill(speech, record.meaning, { count: credentials.length })}</p></section>
<section class="sec"><h2>${record.inside}</h2>${tallyOf(assessment, speech)}
${verification.credential?.partial === true && html`<p class="note text"><strong>${record.partial}</strong> ${record.partialMore}</p>`}
<ul class="inside">${credentials.map((inner, index) => html`<li>${node(page, inner, description.inside[index] as Description, speech)}</li>`)}</ul></section>`;
}

/** How many of the credentials in a record hold: the record's own answer says nothing of them. */
export function tallyOf({ credentials }: Assessment, speech: Speech): Html {
  const count = (verdict: Verdict) => credentials.filter((one) => one.verification.verdict === verdict).length;
  return html`<ul class="tally">${verdicts
    .filter((verdict) => count(verdict) > 0)
    .map(
      (verdict) =>
        html`<li>${outcomeIcon(outcomes[verdict])}<b class="num">${String(count(verdict))}</b><span>${fill(speech, speech.page.record.verdicts[verdict], { count: count(verdict) })}</span></li>`,
    )}</ul>`;
}

function node(page: CredentialPage, inner: Assessment, description: Description, speech: Speech): Html {
  const { texts, record } = speech.page;
  const { title, learner, outcome, answer, stamps, about, criteria } = description;
  const { verification, framework } = inner;
  const awarded = textOf(verification.credential?.awardedDate) ?? textOf(verification.credential?.validFrom);
  const statements = framework?.mastery.statements ?? [];
  return html`<article class="card node"><div><h3><bdi>${title}</bdi></h3>
<p class="small muted">${learner !== null && html`${filled(texts.awardedTo, { learner: html`<b>${learner}</b>` })}<br>`}${signedBy({ ...page, assessment: inner, description }, speech)}${
    awarded !== null &&
    html`<br>${say(speech, 'awardedOn', { date: formatDate(awarded.slice(0, 10), speech.words.language) })}`
  }</p></div>
<p class="h">${hallmarkRow(inner, stamps, speech)}</p>
<div class="v">${outcomeIcon(outcome)}<p><b>${answer}</b> ${verification.verdict === 'verified' && framework?.classes.sentence}</p></div>
<details><summary>${icon('chev', 'chev')}${record.inFull}</summary><div class="stack">
${facts(stamps.map(({ name, outcome, say, why }): [string, Html] => [name, html`${outcomeWord(outcome, speech)} <bdi>${say}.</bdi> <bdi>${why}</bdi>`]))}
${about !== null && prose(about)}${criteria !== null && html`<h4>${texts.howEarned}</h4>${prose(criteria)}`}
${statements.map((statement) => html`<div class="skill"><p><bdi>${statement.sentence}</bdi></p>${ladder(statement, speech)}</div>`)}
${description.evidence.length > 0 && html`<h4>${texts.evidence}</h4><ul class="plain-list">${description.evidence.map((one) => html`<li>${linkTo(one)}</li>`)}</ul>`}
${facts(description.facts.map(([name, value]): [string, Html] => [name, html`<bdi>${value}</bdi>`]))}</div></details></article>`;
}

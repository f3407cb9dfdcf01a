import type { Assessment } from '../../core/assess.ts';
import type { Outcome } from '../../core/finding.ts';
import type { StampId } from '../../core/hallmark.ts';
import { translateAssessment } from '../../core/translate.ts';
import { describeCredential } from '../credential/describe.ts';
import {
  classGlyph,
  drawStamp,
  hallmarkRow,
  ladder,
  levelGlyph,
  outcomeIcon,
  plainGlyph,
} from '../credential/stamps.ts';
import { type Html, html } from '../page/html.ts';
import type { Speech } from '../page/language.ts';
import type { Page } from '../page/layout.ts';
import { icon } from '../page/symbols.ts';

export interface HomePage {
  /** Scripts and styles of the application, which checks credentials in the page; empty where it was not built. */
  application: Html;
  /** A credential of this instance's own, as everybody would see it checked. */
  example: { id: string; assessment: Assessment } | null;
}

const ids: readonly StampId[] = ['authentic', 'current', 'issuer', 'class', 'level'];
const strikes: readonly Outcome[] = ['passed', 'failed', 'cannot-tell', 'inapplicable'];
const levelOfFour = { position: { rank: 3, of: 4 }, passMark: { rank: 2, of: 4 } };

/** Verify at once; then what the stamps mean, where to begin, and an example. */
export function homePage({ application, example }: HomePage, speech: Speech): Page {
  const { home: texts } = speech.page;
  const way = (title: string, more: string, address: string, go: string, kind: string) =>
    html`<div><h2>${title}</h2><p>${more}</p><a class="btn ${kind}" href="${address}">${go}</a></div>`;
  return {
    title: texts.pageTitle,
    description: texts.lead,
    speech,
    path: '/',
    head: html`<link rel="canonical" href="/">${application}`,
    body: html`<div class="hero"><h1>${texts.title}</h1><p class="lead">${texts.lead}</p></div>
<div id="root" data-part="verify"><div class="drop"><p class="big">${texts.drop}</p><p class="small muted">${texts.dropMore}</p></div></div>
<section class="card five-stamps" aria-labelledby="five"><div class="pad"><h2 id="five">${texts.five}</h2><p>${texts.fiveMore}</p></div>
<ul class="five">${ids.map((id) => html`<li>${drawStamp(id, 'passed', glyphOf(id))}<div><h3>${speech.words.stampNames[id]}</h3><p class="small">${texts.questions[id]}</p></div></li>`)}</ul>
<ul class="pad strikes">${strikes.map((outcome, index) => html`<li><b>${texts.strikes[index]}</b>${drawStamp('issuer', outcome, plainGlyph('issuer'))}${speech.words.outcomeWords[outcome]}</li>`)}</ul></section>
<section class="ways" aria-label="${texts.start}">${way(texts.issue, texts.issueMore, '/studio', texts.issueGo, 'primary')}${way(texts.explore, texts.exploreMore, '/explore', texts.exploreGo, '')}${way(texts.ask, texts.askMore, '/framework', texts.askGo, '')}${way(texts.build, texts.buildMore, '/docs/api', texts.buildGo, '')}</section>
${example !== null && exampleSection(example, speech)}`,
  };
}

function glyphOf(id: StampId): Html {
  if (id === 'class') return classGlyph('A');
  return id === 'level' ? levelGlyph(levelOfFour) : plainGlyph(id);
}

function exampleSection({ id, assessment: given }: { id: string; assessment: Assessment }, speech: Speech): Html {
  const { home: texts } = speech.page;
  const assessment = translateAssessment(given, speech);
  const { title, details, outcome, answer, stamps } = describeCredential(assessment, null, speech);
  const statements = assessment.framework?.mastery.statements ?? [];
  const address = `/verify?sample=${id}`;
  return html`<section class="card example" aria-labelledby="example"><div class="pad stack"><p class="kicker">${texts.example}</p><h2 id="example"><bdi>${title}</bdi></h2><p class="muted"><bdi>${details[0]}</bdi></p>
<p>${hallmarkRow(assessment, stamps, speech)}</p><div class="answer">${outcomeIcon(outcome)}<p class="say">${answer}</p></div><a class="btn" href="${address}">${icon('search')}${texts.exampleGo}</a></div>
<div class="pad">${statements.map((statement) => html`<div class="skill"><h3><bdi>${statement.scale?.name}</bdi></h3>${ladder(statement, speech)}</div>`)}</div></section>`;
}

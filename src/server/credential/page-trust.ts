import { formatDate } from '../../core/catalogue/language.ts';
import { renderFinding } from '../../core/catalogue/render.ts';
import type { Finding, Outcome } from '../../core/finding.ts';
import { type StepId, stampOfStep } from '../../core/verify/report.ts';
import { objects } from '../achievement/scale.ts';
import { type Html, html } from '../page/html.ts';
import { type Speech, say } from '../page/language.ts';
import { facts, link, textOf } from '../page/parts.ts';
import { icon } from '../page/symbols.ts';
import { type CredentialPage, isRecord } from './page.ts';
import { outcomeIcon } from './stamps.ts';

/** Who stands behind it, the three statements about its class, and every check: as the reports have it. */
export function checkSections(page: CredentialPage, speech: Speech): Html {
  return html`${issuerSection(page, speech)}${!isRecord(page) && classSection(page, speech)}${everyCheck(page, speech)}`;
}

const outcomeOfVerdict = { verified: 'passed', 'not-verified': 'failed', 'cannot-tell': 'cannot-tell' } as const;
const outcomeOfListing = {
  listed: 'passed',
  withdrawn: 'failed',
  compromised: 'cannot-tell',
  'out-of-period': 'inapplicable',
} as const satisfies Record<string, Outcome>;

function issuerSection({ assessment, description, issuerPath }: CredentialPage, speech: Speech): Html {
  const { texts, listingStates } = speech.page;
  const { verification, trust, hallmark } = assessment;
  const proven = hallmark.stamps.authentic.outcome === 'passed' ? verification.issuer.verifiedAs : null;
  const known = hallmark.stamps.issuer.outcome === 'passed' ? String(hallmark.stamps.issuer.params?.name ?? '') : null;
  const { issuer } = verification.credential ?? {};
  const accreditations = objects(objects(issuer)[0]?.accreditations);
  const rows = [
    ...(proven === null ? [] : trust.listings).map(({ source, sourceDate, state, issuer: entry }) =>
      row(
        outcomeOfListing[state],
        listingStates[state],
        html`${say(speech, 'listed', { source, date: formatDate(sourceDate, speech.words.language) })}${entry.vouchesFor !== undefined && html` <bdi>${entry.vouchesFor}</bdi>`}`,
      ),
    ),
    ...verification.endorsements.map(({ report }) =>
      row(
        outcomeOfVerdict[report.verdict],
        say(speech, 'endorsedBy', { who: report.issuer.verifiedAs?.value ?? report.issuer.name ?? '–' }),
        null,
      ),
    ),
  ];
  return html`<section class="sec"><h2>${texts.behind}</h2>
${facts([
  [
    proven?.kind === 'key' ? texts.verifiedKey : texts.verifiedDomain,
    proven === null ? texts.notProven : html`<code dir="ltr" class="break">${proven.value}</code>`,
  ],
  [texts.knownAs, known === null ? null : html`<bdi>${known}</bdi>`],
  [
    texts.callsItself,
    known !== null || description.callsItself === null ? null : html`<bdi>${description.callsItself}</bdi>`,
  ],
  ...accreditations.map((entry): [string, Html] => {
    const [name, url] = [textOf(entry.name) ?? '–', textOf(entry.url)];
    return [texts.accreditation, html`<bdi>${url === null ? name : link(url, name)}</bdi>`];
  }),
])}
${rows.length > 0 && html`<ul class="report">${rows}</ul>`}
${trust.listings.length === 0 && html`<p class="small muted">${trust.sourcesAsked === 0 ? texts.noSource : texts.inNoSource}</p>`}
<p><a href="${issuerPath}">${texts.issuerPage}</a></p></section>`;
}

const row = (outcome: Outcome, title: string, detail: Html | null): Html =>
  html`<li>${outcomeIcon(outcome)}<div><p class="t"><bdi>${title}</bdi></p>${detail !== null && html`<p class="d"><bdi>${detail}</bdi></p>`}</div></li>`;

/** Declared, supported and attested are three statements, and never one. */
function classSection({ assessment: { framework } }: CredentialPage, speech: Speech): Html | null {
  if (framework === null) return null;
  const { texts } = speech.page;
  const { classes, pack } = framework;
  const label = (id: string) => pack.classes.find((entry) => entry.id === id)?.label ?? id;
  const attested = classes.attested.map(({ class: id, by }) => say(speech, 'attestedBy', { class: label(id), by }));
  return html`<section class="sec"><h2>${texts.statements}</h2>${facts([
    [texts.declared, classes.declared.map(label).join(', ') || texts.declaredNothing],
    [texts.supported, classes.sentence],
    [texts.attested, html`<bdi>${attested.join('; ') || texts.attestedNobody}</bdi>`],
  ])}
${classes.contradictions.length > 0 && html`<ul class="report">${classes.contradictions.map(({ sentence }) => row('failed', sentence, null))}</ul>`}
<p class="small muted">${say(speech, 'packNote', { title: pack.title, version: pack.version })} ${pack.notice} <a href="/framework/${pack.id}">${texts.rulesMeaning}</a></p></section>`;
}

function everyCheck({ assessment: { verification } }: CredentialPage, speech: Speech): Html {
  const { texts } = speech.page;
  const steps = (Object.keys(stampOfStep) as StepId[]).map((id) => ({ id, ...verification.steps[id] }));
  return html`<details class="all" data-unfold><summary>${icon('chev', 'chev')}${texts.everyCheck}</summary><ul class="report">${steps.map(
    ({ id, outcome, findings }) =>
      html`<li>${outcomeIcon(outcome)}<div><p class="t">${speech.words.stepNames[id]}: ${speech.words.outcomeWords[outcome].toLowerCase()}</p>${findings.length === 0 ? html`<p class="d">${texts.noFinding}</p>` : findingsOf(findings, speech)}</div></li>`,
  )}</ul></details>`;
}

const shownAtMost = 20;

/** Findings in plain words, equal ones once, each with what to do. */
function findingsOf(findings: readonly Finding[], { words, page: { texts } }: Speech): Html {
  const distinct = [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
  return html`${distinct.slice(0, shownAtMost).map((finding) => {
    const { say: sentence, todo } = renderFinding(finding, words);
    return html`<div class="d"><p><bdi>${sentence}</bdi></p>${todo !== undefined && html`<p><b>${texts.toDo}</b> ${todo}</p>`}</div>`;
  })}`;
}

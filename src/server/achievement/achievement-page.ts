import { defaultPack } from '../../core/framework/default-pack.ts';
import type { ClassReport } from '../../core/framework/report.ts';
import type { EvidenceRequirement } from '../../core/issue/check-mastery.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../../core/json/json.ts';
import { type Html, html } from '../page/html.ts';
import type { Page } from '../page/layout.ts';
import { day, facts, link, picture, section, testNote, textOf } from '../page/parts.ts';
import { prose } from '../page/prose.ts';

export interface AchievementPage {
  achievement: JsonObject;
  version: number;
  approvedAt: Date;
  isRetired: boolean;
  evidence: EvidenceRequirement | null;
  /** What its credentials can support; null when it cannot be told. */
  classes: ClassReport | null;
  issuer: { name: string; path: string };
  publicUrl: string;
  isTest: boolean;
}

/** What an achievement asks and says, for those who hold it and those who are shown it. */
export function achievementPage(page: AchievementPage): Page {
  const { achievement, classes, evidence, issuer } = page;
  const name = textOf(achievement.name) ?? 'Achievement';
  const description = textOf(achievement.description) ?? '';
  const criteria = isJsonObject(achievement.criteria) ? achievement.criteria : {};
  const narrative = textOf(criteria.narrative);
  const criteriaPage = textOf(criteria.id);
  const scales = objects(achievement.resultDescription);
  const skills = objects(achievement.alignment);
  return {
    title: name,
    description,
    body: html`${testNote(page.isTest)}
<div class="row">${picture(achievement.image, page.publicUrl, '')}<div class="stack">
<p class="kicker">Achievement of <a href="${issuer.path}">${issuer.name}</a></p>
<h1>${name}</h1></div></div>
${page.isRetired ? html`<p class="note text">No longer issued. Credentials that were issued stay what they are.</p>` : ''}
<p class="lead">${description}</p>
${facts([
  ['Kind', textOf(achievement.achievementType)],
  ['Language', textOf(achievement.inLanguage)],
  ['Effort', effort(textOf(achievement.timeRequired))],
  ['Credit', textOf(achievement.creditsAvailable)],
  ['Field of study', textOf(achievement.fieldOfStudy)],
  ['Code', textOf(achievement.humanCode)],
  ['Version', html`${page.version}, approved ${day(page.approvedAt)}`],
])}
${section('What has to be done', narrative === null && criteriaPage === null ? null : html`${narrative === null ? '' : prose(narrative)}${criteriaPage === null ? '' : html`<p>${link(criteriaPage)}</p>`}`)}
${section('Evidence', evidence === null ? null : html`<p>${evidenceWords(evidence)}</p>`)}
${section('Skills and outcomes', skills.length === 0 ? null : html`<ul class="plain-list">${skills.map(skill)}</ul>`)}
${section('How it is assessed', scales.length === 0 ? null : html`${scales.map(scale)}`)}
${section('Class', classWords(classes))}`,
  };
}

const objects = (value: JsonValue | undefined) => toList(value).filter(isJsonObject);

/** `PT12H` as 12 hours; other durations as they are written. */
function effort(duration: string | null): string | null {
  const [, hours] = /^PT(\d+(?:\.\d+)?)H$/.exec(duration ?? '') ?? [];
  return hours === undefined ? duration : `${hours} hours`;
}

function evidenceWords({ minimum, kinds = [] }: EvidenceRequirement): string {
  const pieces = `Each credential carries at least ${minimum} piece${minimum === 1 ? '' : 's'} of the learner’s own work`;
  return kinds.length === 0 ? `${pieces}.` : `${pieces}, with each of: ${kinds.join(', ')}.`;
}

function skill(alignment: JsonObject): Html {
  const name = textOf(alignment.targetName) ?? '–';
  const address = textOf(alignment.targetUrl);
  const details = [textOf(alignment.targetDescription), textOf(alignment.targetFramework)].filter(Boolean).join(' · ');
  return html`<li>${address === null ? name : link(address, name)}${details === '' ? '' : html`<br><span class="muted small">${details}</span>`}</li>`;
}

function scale(description: JsonObject): Html {
  const levels = objects(description.rubricCriterionLevel);
  const passLevel = levels.find(({ id }) => id !== undefined && id === description.requiredLevel);
  const [low, high] = [textOf(description.valueMin), textOf(description.valueMax)];
  const values = toList(description.allowedValue).flatMap((value) => textOf(value) ?? []);
  return html`<div class="stack"><h3>${textOf(description.name) ?? 'Scale'}</h3>
${textOf(description.description) === null ? '' : prose(textOf(description.description) as string)}
${facts([
  ['Assessment', textOf(description.assessmentType)],
  ['What is handed in', textOf(description.assessmentOutput)],
  ['How it is judged', textOf(description.evaluationMethod)],
  ['Validity', linkOrNull(textOf(description.assessmentEvaluation))],
  ['Result', textOf(description.resultType)],
  ['Range', low === null && high === null ? null : `${low ?? '–'} to ${high ?? '–'}`],
  ['Values, lowest first', values.length === 0 ? null : values.join(', ')],
  ['Pass mark', (passLevel && textOf(passLevel.name)) ?? textOf(description.requiredValue) ?? 'Not stated'],
])}
${levels.length === 0 ? '' : levelTable(levels, passLevel)}</div>`;
}

const linkOrNull = (address: string | null) => (address === null ? null : link(address));

function levelTable(levels: readonly JsonObject[], passLevel: JsonObject | undefined): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Levels"><table>
<thead><tr><th scope="col">Level</th><th scope="col">What it looks like</th><th scope="col">Points</th></tr></thead>
<tbody>${levels.map(
    (level) =>
      html`<tr><td>${textOf(level.name) ?? '–'}${level === passLevel ? html` <span class="tag">Pass mark</span>` : ''}</td><td>${textOf(level.description) ?? '–'}</td><td class="num">${textOf(level.points) ?? '–'}</td></tr>`,
  )}</tbody></table></div>`;
}

function classWords(classes: ClassReport | null): Html | null {
  if (classes === null) return null;
  return html`<p>${classes.sentence}</p>
<p class="muted small">Said of a credential with results at the pass mark and with the evidence that is asked for; each credential is judged by what it states itself.</p>
<p class="muted small">${defaultPack.notice}</p>`;
}

import { isJsonObject, type JsonObject, toList } from '../../core/json/json.ts';
import { effort, objects, scaleSection, skill } from '../achievement/scale.ts';
import { type Html, html } from '../page/html.ts';
import type { Speech } from '../page/language.ts';
import { facts, textOf } from '../page/parts.ts';
import { prose } from '../page/prose.ts';
import { icon } from '../page/symbols.ts';
import type { Link } from './describe.ts';
import { achievementOf, type CredentialPage } from './page.ts';
import { ladder } from './stamps.ts';

const skillsAtMost = 12;

/** What the learner did, how well, how it was judged, and the work itself. */
export function contentSections(page: CredentialPage, speech: Speech): Html {
  return html`${aboutSection(page, speech)}${masterySection(page, speech)}${assessmentSection(page, speech)}${evidenceSection(page, speech)}${skillsSection(page, speech)}${factsSection(page, speech)}`;
}

function aboutSection({ description }: CredentialPage, { page: { texts } }: Speech): Html {
  const { about, criteria, criteriaLink } = description;
  return html`<section class="sec first"><h2 id="says" tabindex="-1">${texts.says}</h2>${about !== null && prose(about)}
${(criteria !== null || criteriaLink !== null) && html`<h3>${texts.howEarned}</h3>`}${criteria !== null && prose(criteria)}
${criteriaLink !== null && html`<p>${linkTo({ text: criteriaLink, url: criteriaLink })}</p>`}</section>`;
}

function masterySection({ assessment }: CredentialPage, speech: Speech): Html | null {
  const { texts } = speech.page;
  const { masterySentences } = speech.words;
  const mastery = assessment.framework?.mastery;
  if (mastery === undefined || (mastery.statements.length === 0 && mastery.summary === null)) return null;
  const { statements, summary } = mastery;
  return html`<section class="sec"><h2>${texts.shown}</h2>
${statements.some(({ position }) => position !== undefined) && html`<p class="small muted levels-note">${texts.levelsNote}</p>`}
${statements.map(
  (statement) =>
    html`<div class="skill"><div><h3><bdi>${statement.scale?.name || masterySentences['unnamed-scale']}</bdi></h3><p class="small"><bdi>${statement.sentence}</bdi></p>
${statement.skills.slice(0, skillsAtMost).map(({ targetUrl, targetName, targetFramework }) => html`<p class="small muted">${linkTo({ text: targetName, url: targetUrl })}${targetFramework !== undefined && html`, <bdi>${targetFramework}</bdi>`}</p>`)}</div>${ladder(statement, speech)}</div>`,
)}
${statements.length === 0 && summary !== null && html`<p>${masterySentences[summary]}</p>`}</section>`;
}

function assessmentSection(page: CredentialPage, speech: Speech): Html | null {
  const scales = objects(achievementOf(page).resultDescription);
  if (scales.length === 0) return null;
  const results = objects(subjectOf(page).result);
  const achievedOn = (scale: JsonObject) => {
    const result = results.find(({ resultDescription }) => resultDescription === scale.id);
    return result === undefined ? null : textOf(result.achievedLevel);
  };
  return html`<section class="sec"><h2>${speech.page.texts.assessed}</h2>
${scales.map((scale) => html`<details class="assessed"><summary>${icon('chev', 'chev')}<bdi>${textOf(scale.name) ?? speech.page.achievement.scale}</bdi></summary>${scaleSection(scale, achievedOn(scale), speech)}</details>`)}</section>`;
}

const subjectOf = ({ assessment }: CredentialPage): JsonObject => {
  const [subject] = toList(assessment.verification.credential?.credentialSubject);
  return isJsonObject(subject) ? subject : {};
};

function evidenceSection({ description, publicUrl }: CredentialPage, { page: { texts } }: Speech): Html {
  const isOurs = ({ url }: Link) => url?.startsWith(`${publicUrl}/evidence/`) ?? false;
  const entry = (one: Link) =>
    isOurs(one)
      ? html`<li>${icon('lock')}<div><h3><bdi>${one.text}</bdi></h3><p class="small muted">${texts.evidencePrivate}</p></div></li>`
      : html`<li>${icon(one.url === null ? 'file' : 'link')}<div><h3>${linkTo(one)}</h3></div></li>`;
  const { evidence } = description;
  if (evidence.length === 0)
    return html`<section class="sec"><h2>${texts.evidence}</h2><p class="muted">${texts.evidenceNone}</p></section>`;
  return html`<section class="sec"><h2>${texts.evidence}</h2><ul class="evidence">${evidence.map(entry)}</ul>
${evidence.some((one) => one.url !== null && !isOurs(one)) && html`<p class="small muted">${texts.evidenceLink}</p>`}</section>`;
}

function skillsSection(page: CredentialPage, speech: Speech): Html | null {
  const skills = objects(achievementOf(page).alignment);
  if (skills.length === 0) return null;
  return html`<section class="sec"><h2>${speech.page.achievement.skills}</h2><ul class="plain-list">${skills.map(skill)}</ul></section>`;
}

function factsSection(page: CredentialPage, speech: Speech): Html {
  const { achievement: texts, texts: words } = speech.page;
  const achievement = achievementOf(page);
  const own = `${page.publicUrl}/achievements/`;
  const id = textOf(achievement.id);
  return html`<section class="sec"><h2>${words.facts}</h2>${facts([
    ...page.description.facts.map(([name, value]): [string, Html] => [name, html`<bdi>${value}</bdi>`]),
    [texts.effort, effort(textOf(achievement.timeRequired), speech)],
    [texts.language, textOf(achievement.inLanguage)],
    [texts.field, textOf(achievement.fieldOfStudy)],
  ])}
${id?.startsWith(own) && html`<p><a href="${id.slice(page.publicUrl.length)}">${words.achievementPage}</a></p>`}</section>`;
}

/** A link that says nothing to where it leads of where it came from. */
export const linkTo = ({ text, url }: Link): Html =>
  url === null
    ? html`<bdi>${text}</bdi>`
    : html`<a href="${url}" rel="nofollow noopener noreferrer"><bdi class="break">${text}</bdi></a>`;

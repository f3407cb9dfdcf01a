import { formatDate } from '../../core/catalogue/language.ts';
import { defaultPack } from '../../core/framework/default-pack.ts';
import type { ClassReport } from '../../core/framework/report.ts';
import { translatePack } from '../../core/framework/translation.ts';
import type { EvidenceRequirement } from '../../core/issue/check-mastery.ts';
import { isJsonObject, type JsonObject } from '../../core/json/json.ts';
import { classGlyph, drawStamp } from '../credential/stamps.ts';
import { type Html, html } from '../page/html.ts';
import { fill, type Speech } from '../page/language.ts';
import type { Page } from '../page/layout.ts';
import { facts, link, picture, sampleNote, section, testNote, textOf } from '../page/parts.ts';
import { prose } from '../page/prose.ts';
import { icon } from '../page/symbols.ts';
import type { CheckedEndorsement } from './endorsement-checks.ts';
import { endorsementSection } from './endorsement-section.ts';
import { effort, objects, scaleSection, skill } from './scale.ts';

export interface AchievementPage {
  id: string;
  achievement: JsonObject;
  version: number;
  approvedAt: Date;
  isRetired: boolean;
  evidence: EvidenceRequirement | null;
  /** What its credentials can support, in the language of the page; null when it cannot be told. */
  classes: ClassReport | null;
  endorsements: readonly CheckedEndorsement[];
  issuer: { name: string; path: string };
  publicUrl: string;
  isTest: boolean;
  isSample: boolean;
}

/** What an achievement asks and says, for those who hold it and those who are shown it. */
export function achievementPage(page: AchievementPage, speech: Speech): Page {
  const { achievement, evidence, issuer } = page;
  const { achievement: texts } = speech.page;
  const name = textOf(achievement.name) ?? texts.unnamed;
  const description = textOf(achievement.description) ?? '';
  const criteria = isJsonObject(achievement.criteria) ? achievement.criteria : {};
  const narrative = textOf(criteria.narrative);
  const criteriaPage = textOf(criteria.id);
  const needed = textOf(achievement.coursePrerequisites);
  const creator = isJsonObject(achievement.creator) ? textOf(achievement.creator.name) : null;
  const scales = objects(achievement.resultDescription);
  const skills = objects(achievement.alignment);
  const date = formatDate(page.approvedAt.toISOString().slice(0, 10), speech.words.language);
  const path = `/achievements/${page.id}`;
  return {
    title: name,
    description,
    speech,
    path: `${path}?version=${page.version}`,
    head: html`<link rel="alternate" type="application/ld+json" href="${path}"><meta property="og:type" content="website"><meta property="og:title" content="${name}"><meta property="og:description" content="${description}">`,
    body: html`${sampleNote(page.isSample, speech)}${testNote(page.isTest, speech)}
${page.isRetired && html`<p class="note text">${texts.retired}</p>`}
<article class="card"><div class="pad top">${picture(achievement.image, page.publicUrl, texts.picture)}<div>
<p class="kicker">${texts.kicker} <a href="${issuer.path}"><bdi>${issuer.name}</bdi></a></p><h1><bdi>${name}</bdi></h1>
<p class="lead"><bdi>${description}</bdi></p></div></div></article>
<div class="cols"><div>
${section(
  texts.criteria,
  narrative === null && criteriaPage === null
    ? null
    : html`${narrative !== null && prose(narrative)}${criteriaPage !== null && html`<p>${link(criteriaPage)}</p>`}`,
)}
${section(texts.beforehand, needed === null ? null : html`<p><bdi>${needed}</bdi></p>`)}
${section(texts.evidence, evidence === null ? null : html`<p>${evidenceWords(evidence, speech)}</p>`)}
${section(texts.skills, skills.length === 0 ? null : html`<ul class="plain-list">${skills.map(skill)}</ul>`)}
${section(texts.assessed, scales.length === 0 ? null : html`${scales.map((scale) => scaleSection(scale, null, speech))}`)}
${section(texts.class, classWords(page.classes, speech))}
${endorsementSection(page.endorsements, speech)}</div>
<aside><div class="card take">${facts([
      [texts.kind, textOf(achievement.achievementType)],
      [texts.language, textOf(achievement.inLanguage)],
      [texts.effort, effort(textOf(achievement.timeRequired), speech)],
      [texts.credit, textOf(achievement.creditsAvailable)],
      [texts.mode, textOf(achievement.courseMode)],
      [texts.field, textOf(achievement.fieldOfStudy)],
      [texts.creator, creator === null ? null : html`<bdi>${creator}</bdi>`],
      [texts.code, textOf(achievement.humanCode)],
      [texts.version, fill(speech, texts.approved, { version: String(page.version), date })],
    ])}
<a class="btn wide noprint" href="${path}.json?version=${page.version}" download>${icon('down')}${texts.data}</a></div></aside></div>`,
  };
}

function evidenceWords({ minimum, kinds = [] }: EvidenceRequirement, speech: Speech): string {
  const { achievement: texts } = speech.page;
  const pieces = fill(speech, texts.pieces, { minimum });
  return kinds.length === 0 ? pieces : `${pieces} ${fill(speech, texts.kinds, { kinds: kinds.join(', ') })}`;
}

function classWords(classes: ClassReport | null, speech: Speech): Html | null {
  if (classes === null) return null;
  const { achievement: texts } = speech.page;
  const pack = translatePack(defaultPack, speech.packs, speech.words.language);
  const label = pack.classes.find(({ id }) => id === classes.headline)?.label;
  return html`<div class="row">${label !== undefined && drawStamp('class', 'passed', classGlyph(label))}<p>${classes.sentence}</p></div>
<p class="muted small">${texts.classNote}</p>
<p class="muted small">${pack.notice} <a href="/framework/${pack.id}">${speech.page.texts.rulesMeaning}</a></p>`;
}

import { isJsonObject, type JsonObject, type JsonValue, toList } from '../../core/json/json.ts';
import { type Html, html } from '../page/html.ts';
import { fill, type Speech } from '../page/language.ts';
import { facts, link, textOf } from '../page/parts.ts';
import { prose } from '../page/prose.ts';

export const objects = (value: JsonValue | undefined) => toList(value).filter(isJsonObject);

/** One assessment and its scale (a ResultDescription): how it is judged, the levels and the pass mark. */
export function scaleSection(description: JsonObject, achieved: string | null, speech: Speech): Html {
  const { achievement: texts } = speech.page;
  const name = textOf(description.name) ?? texts.scale;
  const levels = objects(description.rubricCriterionLevel);
  const passLevel = levels.find(({ id }) => id !== undefined && id === description.requiredLevel);
  const [low, high] = [textOf(description.valueMin), textOf(description.valueMax)];
  const values = toList(description.allowedValue).flatMap((value) => textOf(value) ?? []);
  const about = textOf(description.description);
  const validity = textOf(description.assessmentEvaluation);
  return html`<div class="stack"><h3><bdi>${name}</bdi></h3>
${about !== null && prose(about)}
${facts([
  [texts.assessment, textOf(description.assessmentType)],
  [texts.output, textOf(description.assessmentOutput)],
  [texts.method, textOf(description.evaluationMethod)],
  [texts.validity, validity === null ? null : link(validity)],
  [texts.result, textOf(description.resultType)],
  [
    texts.range,
    low === null && high === null ? null : fill(speech, texts.rangeOf, { low: low ?? '–', high: high ?? '–' }),
  ],
  [texts.values, values.length === 0 ? null : values.join(', ')],
  [texts.passMark, (passLevel && textOf(passLevel.name)) ?? textOf(description.requiredValue) ?? texts.notStated],
])}
${levels.length > 0 && levelTable(name, levels, passLevel, achieved, speech)}</div>`;
}

function levelTable(
  scale: string,
  levels: readonly JsonObject[],
  passLevel: JsonObject | undefined,
  achieved: string | null,
  speech: Speech,
): Html {
  const { achievement: texts } = speech.page;
  const row = (level: JsonObject) => {
    const isAchieved = achieved !== null && level.id === achieved;
    return html`<tr${isAchieved && html` class="aw"`}><th scope="row"><bdi>${textOf(level.name) ?? '–'}</bdi>${level === passLevel && html` <span class="tag">${texts.passMark}</span>`}${isAchieved && html` <b class="tag">${texts.awarded}</b>`}</th><td>${textOf(level.description) ?? '–'}</td><td class="num">${textOf(level.points) ?? '–'}</td></tr>`;
  };
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${fill(speech, texts.levels, { scale })}"><table class="levels">
<thead><tr><th scope="col">${texts.level}</th><th scope="col">${texts.looksLike}</th><th scope="col">${texts.points}</th></tr></thead>
<tbody>${levels.map(row)}</tbody></table></div>`;
}

/** `PT12H` as 12 hours; other durations as they are written. */
export function effort(duration: string | null, speech: Speech): string | null {
  const [, hours] = /^PT(\d+(?:\.\d+)?)H$/.exec(duration ?? '') ?? [];
  return hours === undefined ? duration : fill(speech, speech.page.achievement.hours, { hours: Number(hours) });
}

/** A skill or outcome (an Alignment), with the framework that it stands in. */
export function skill(alignment: JsonObject): Html {
  const name = textOf(alignment.targetName) ?? '–';
  const address = textOf(alignment.targetUrl);
  const details = [textOf(alignment.targetDescription), textOf(alignment.targetFramework)].filter(Boolean).join(' · ');
  return html`<li><bdi>${address === null ? name : link(address, name)}</bdi>${details !== '' && html`<br><span class="muted small"><bdi>${details}</bdi></span>`}</li>`;
}

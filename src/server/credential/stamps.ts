import type { Assessment } from '../../core/assess.ts';
import type { Outcome } from '../../core/finding.ts';
import type { MasteryStatement } from '../../core/framework/report.ts';
import type { StampId } from '../../core/hallmark.ts';
import { type Html, html } from '../page/html.ts';
import { type Speech, say } from '../page/language.ts';
import { icon } from '../page/symbols.ts';

// The same drawings as in the application (web/credential), for pages without script.

const looks: Record<Outcome, string> = {
  passed: 'passed',
  failed: 'failed',
  'cannot-tell': 'unsure',
  inapplicable: 'na',
};

/** The word beside it says the same. */
export const outcomeIcon = (outcome: Outcome): Html => icon(looks[outcome], looks[outcome]);

/** An outcome as icon and word. */
export const outcomeWord = (outcome: Outcome, { words }: Speech): Html =>
  html`<span class="state ${looks[outcome]}">${outcomeIcon(outcome)}${words.outcomeWords[outcome]}</span>`;

/** One stamp: the outline says which question, the strike says which answer. Words always stand beside it. */
export function drawStamp(id: StampId, outcome: Outcome, glyph: Html): Html {
  const strike = {
    passed: glyph,
    failed: html``,
    'cannot-tell': html`<use href="#g-q" class="glyph"/>`,
    inapplicable: html`<use href="#g-dash" class="glyph"/>`,
  };
  return html`<svg class="stamp" data-stamp="${id}" data-state="${outcome}" viewBox="0 0 48 48" aria-hidden="true"><use href="#s-${id}" class="body"${outcome === 'failed' && html` mask="url(#cut)"`}/>${strike[outcome]}</svg>`;
}

/** Glyphs of the stamps that are the same for every credential. */
export const plainGlyph = (id: 'authentic' | 'current' | 'issuer') => html`<use href="#g-${id}" class="glyph"/>`;

/** The letter of a class, by its label. */
export function classGlyph(label: string): Html {
  const letter = label.charAt(0);
  return /^[AKR]$/.test(letter) ? html`<use href="#g-${letter}" class="glyph"/>` : textGlyph(letter);
}

const textGlyph = (text: string) => html`<text class="glyph" x="24" y="35">${text}</text>`;

/** Rising bars with a dot for each step not reached; a number when the scale has more than five steps. */
export function levelGlyph(statement: Pick<MasteryStatement, 'position' | 'passMark' | 'achieved'> | undefined): Html {
  const position = statement?.position;
  if (position === undefined || !('rank' in position)) {
    const achieved = statement?.achieved?.replace(/\s*%$/, '') ?? '';
    if (achieved.length > 0 && achieved.length <= 3) return textGlyph(achieved);
    return html`<path class="glyph done" d="M15 26l6.500 6.500L34 18.500" stroke-width="3.8"/>`;
  }
  const { rank, of } = position;
  if (of > 5) return textGlyph(String(rank));
  const start = 24 - ((of - 1) * 7.2 + 5) / 2;
  const passMark = statement?.passMark;
  const begins = passMark !== undefined && 'rank' in passMark ? passMark.rank : 0;
  const bars = Array.from({ length: of }, (_, index) => {
    const height = index < rank ? ((index + 1) * 24) / of : 2.6;
    return html`<rect x="${start + index * 7.2}" y="${37 - height}" width="5" height="${height}"/>`;
  });
  const flag = html`<path d="M${start + (begins - 1) * 7.2 - 0.5} 43.2l3-4.2 3 4.2Z"/>`;
  return html`<g class="glyph"><g stroke-width="0">${bars}${begins > 0 && flag}</g></g>`;
}

function stampOf(id: StampId, { hallmark, framework }: Assessment): Html {
  const { outcome, params } = hallmark.stamps[id];
  if (id === 'class') return drawStamp(id, outcome, classGlyph(String(params?.class ?? '')));
  if (id === 'level')
    return drawStamp(id, outcome, levelGlyph(framework?.mastery.statements[Number(params?.statement)]));
  return drawStamp(id, outcome, plainGlyph(id));
}

const ids: readonly StampId[] = ['authentic', 'current', 'issuer', 'class', 'level'];

/** A record has no class and no level of its own. */
const idsOf = ({ verification }: Assessment) => (verification.kind === 'ClrCredential' ? ids.slice(0, 3) : ids);

export interface SaidStamp {
  id: StampId;
  name: string;
  outcome: Outcome;
  say: string;
  why: string;
}

/** The full row: question, answer, reason and state word of each stamp. */
export function hallmarkList(assessment: Assessment, said: readonly SaidStamp[], speech: Speech): Html {
  const shown = idsOf(assessment);
  return html`<ul class="hallmark${shown.length === 3 && ' three'}" aria-labelledby="hallmark">${said
    .filter(({ id }) => shown.includes(id))
    .map(
      ({ id, name, outcome, say, why }) =>
        html`<li>${stampOf(id, assessment)}<div><div class="q">${name}</div><div class="a"><bdi>${say}</bdi></div><div class="d"><bdi>${why}</bdi></div>${outcomeWord(outcome, speech)}</div></li>`,
    )}</ul>`;
}

/** The small row: one group with one text alternative. */
export function hallmarkRow(assessment: Assessment, said: readonly SaidStamp[], speech: Speech): Html {
  const shown = idsOf(assessment);
  const words = said
    .filter(({ id }) => shown.includes(id))
    .map(({ name, outcome }) => `${name.toLowerCase()} ${speech.words.outcomeWords[outcome].toLowerCase()}`);
  const label = `${speech.page.texts.hallmark}: ${words.join(', ')}`;
  return html`<span class="hm md" role="img" aria-label="${label}">${shown.map((id) => stampOf(id, assessment))}</span>`;
}

/**
 * One cell per level in the issuer's order, lowest first, or one bar for a number; the flag stands where a pass begins. Never
 * coloured by outcome, never on another scale.
 */
export function ladder({ position, passMark, achieved, required }: MasteryStatement, speech: Speech): Html | null {
  if (position === undefined) return null;
  const { texts } = speech.page;
  const mark =
    required === undefined || passMark === undefined ? texts.noPassMark : say(speech, 'passMark', { required });
  const place =
    'rank' in position
      ? `${say(speech, 'rankOf', { rank: String(position.rank), of: String(position.of) })}, ${mark}`
      : mark;
  const track = 'rank' in position && position.of <= 12 ? rungs(position, passMark) : bar(position, passMark);
  return html`<div class="ladder"><div class="track" role="img" aria-label="${achieved ?? ''}, ${place}">${track}</div>
<div class="lv"><b><bdi>${achieved}</bdi></b><span class="num muted"><bdi>${place}</bdi></span></div></div>`;
}

type Position = NonNullable<MasteryStatement['position']>;

function rungs(position: { rank: number; of: number }, passMark: Position | undefined): Html {
  const begins = passMark !== undefined && 'rank' in passMark ? passMark.rank : 0;
  return html`<div class="scale">${Array.from({ length: position.of }, (_, index) => index + 1).map(
    (level) => html`<span class="rung${level <= position.rank && ' on'}${level === begins && ' begins'}"></span>`,
  )}</div>`;
}

function bar(position: Position, passMark: Position | undefined): Html {
  const begins = passMark === undefined ? null : fractionOf(passMark);
  return html`<svg class="bar-m" aria-hidden="true"><rect class="trough" y="7" width="100%" height="14" rx="2"/><rect class="fill" y="7" width="${fractionOf(position) * 100}%" height="14" rx="2"/>${begins !== null && html`<rect class="flag" x="${begins * 100}%" width="4" height="28" rx="1"/>`}</svg>`;
}

const fractionOf = (place: Position) =>
  Math.min(1, Math.max(0, 'rank' in place ? place.rank / place.of : place.fraction));

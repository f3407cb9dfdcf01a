import { formatDate } from '../../core/catalogue/language.ts';
import { renderFinding } from '../../core/catalogue/render.ts';
import { outcomeIcon } from '../credential/stamps.ts';
import { type Html, html } from '../page/html.ts';
import { fill, type Speech } from '../page/language.ts';
import { section } from '../page/parts.ts';
import { prose } from '../page/prose.ts';
import type { CheckedEndorsement } from './endorsement-checks.ts';

const outcomeOf = { verified: 'passed', 'not-verified': 'failed', 'cannot-tell': 'cannot-tell' } as const;

/** Who endorses an achievement, by what was verified of them, what they say of it, and what the check of it says now. */
export function endorsementSection(checked: readonly CheckedEndorsement[], speech: Speech): Html {
  const { achievement: texts } = speech.page;
  if (checked.length === 0) return html``;
  return section(
    texts.endorsements,
    html`<p class="small muted">${texts.endorsementsNote}</p>
<ul class="report">${checked.map((each) => html`<li>${outcomeIcon(outcomeOf[each.verdict])}<div>${one(each, speech)}</div></li>`)}</ul>`,
  );
}

function one(endorsement: CheckedEndorsement, speech: Speech): Html {
  const { achievement: texts } = speech.page;
  const { verdict, proven, claimed, comment, validFrom } = endorsement;
  const date = validFrom === null ? '' : formatDate(validFrom, speech.words.language);
  const reasons = endorsement.reasons.map((finding) => renderFinding(finding, speech.words).say);
  return html`<p class="t break">${proven === null ? texts.endorsedUnproven : texts.endorsedBy} <code dir="ltr">${proven ?? claimed.id ?? '–'}</code></p>
<p class="d">${claimed.name !== null && html`${texts.callsItself} <bdi>${claimed.name}</bdi>. `}${date !== '' && fill(speech, texts.endorsedOn, { date })}</p>
${comment !== null && html`<blockquote>${prose(comment)}</blockquote>`}
<p class="d">${texts.endorsementNow[verdict]} ${[...new Set(reasons)].map((reason) => html`<bdi>${reason}</bdi> `)}</p>`;
}

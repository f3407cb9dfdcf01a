import { formatDate } from '../../core/catalogue/language.ts';
import { renderFinding } from '../../core/catalogue/render.ts';
import { isJsonObject, toList } from '../../core/json/json.ts';
import type { VerificationReport } from '../../core/verify/report.ts';
import { outcomeIcon } from '../credential/stamps.ts';
import { type Html, html } from '../page/html.ts';
import { fill, type Speech } from '../page/language.ts';
import { section, textOf } from '../page/parts.ts';
import { prose } from '../page/prose.ts';
import { reasonsOf } from './endorsements.ts';

const outcomeOf = { verified: 'passed', 'not-verified': 'failed', 'cannot-tell': 'cannot-tell' } as const;

/** Who endorses an achievement, by what was verified of them, what they say of it, and what the check of it says now. */
export function endorsementSection(reports: readonly VerificationReport[], speech: Speech): Html {
  const { achievement: texts } = speech.page;
  if (reports.length === 0) return html``;
  return section(
    texts.endorsements,
    html`<p class="small muted">${texts.endorsementsNote}</p>
<ul class="report">${reports.map((report) => html`<li>${outcomeIcon(outcomeOf[report.verdict])}<div>${one(report, speech)}</div></li>`)}</ul>`,
  );
}

function one(report: VerificationReport, speech: Speech): Html {
  const { achievement: texts } = speech.page;
  const { credential, issuer, verdict } = report;
  const proven = issuer.verifiedAs?.value;
  const [subject] = toList(credential?.credentialSubject);
  const comment = isJsonObject(subject) ? textOf(subject.endorsementComment) : null;
  const validFrom = textOf(credential?.validFrom);
  const date = validFrom === null ? '' : formatDate(validFrom.slice(0, 10), speech.words.language);
  const reasons = reasonsOf(report).map((finding) => renderFinding(finding, speech.words).say);
  return html`<p class="t break">${proven === undefined ? texts.endorsedUnproven : texts.endorsedBy} <code dir="ltr">${proven ?? issuer.id ?? '–'}</code></p>
<p class="d">${issuer.name !== null && html`${texts.callsItself} <bdi>${issuer.name}</bdi>. `}${date !== '' && fill(speech, texts.endorsedOn, { date })}</p>
${comment !== null && html`<blockquote>${prose(comment)}</blockquote>`}
<p class="d">${texts.endorsementNow[verdict]} ${[...new Set(reasons)].map((reason) => html`<bdi>${reason}</bdi> `)}</p>`;
}

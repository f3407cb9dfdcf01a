import type { Assessment } from '../../core/assess.ts';
import type { Finding } from '../../core/finding.ts';
import { fill, formatDate, texts } from '../texts/language.ts';
import { Icon } from '../ui/Icon.tsx';
import { Answer } from './Answer.tsx';
import { Findings } from './Findings.tsx';
import { Hallmark } from './Hallmark.tsx';
import { IsThisYou } from './IsThisYou.tsx';
import { Parts } from './Parts.tsx';
import { ReceiptPart } from './ReceiptPart.tsx';
import { pictureOf } from './read.ts';
import type { CheckedWith } from './receipt.ts';
import { translated, words } from './words.ts';

export interface ResultProps {
  assessment: Assessment;
  id: string;
  checkedWith: CheckedWith;
}

/** One assessed credential: the answer, the hallmark, then the detail. */
export function Result({ assessment: given, id, checkedWith }: ResultProps) {
  const assessment = translated(given);
  const { verification } = assessment;
  const { credential } = verification;
  const picture = pictureOf(credential);
  const note = fill(texts.checkedAt, { date: formatDate(verification.checkedAt) });
  return (
    <article className="card result" aria-labelledby={id} data-verdict={verification.verdict} data-unfold>
      <div className="pad top">
        <div>
          <p className="kicker">{words().kindNames[verification.kind]}</p>
          <Answer assessment={assessment} id={id} note={note} />
        </div>
        {picture !== null && <img className="art" src={picture} alt={texts.picture} />}
      </div>
      <div className="strike">
        <Hallmark assessment={assessment} />
      </div>
      <Parts assessment={assessment} />
      {credential !== null && <IsThisYou credential={credential} verified={verification.verdict === 'verified'} />}
      <ReceiptPart assessment={given} pack={assessment.framework?.pack ?? null} checkedWith={checkedWith} />
    </article>
  );
}

/** A file that holds no credential: what it is, and what to do. */
export function Refusal({ finding, name, id }: { finding: Finding; name: string; id: string }) {
  return (
    <article className="card result pad" aria-labelledby={id} data-verdict="not-read">
      <div className="answer">
        <Icon name="failed" className="failed" />
        <div>
          <h2 className="say" id={id} tabIndex={-1}>
            <bdi>{fill(texts.notRead, { name })}</bdi>
          </h2>
          <Findings findings={[finding]} base="" />
        </div>
      </div>
    </article>
  );
}

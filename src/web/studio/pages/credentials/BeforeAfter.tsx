import { buildAnswer } from '../../../../core/answer.ts';
import type { Assessment } from '../../../../core/assess.ts';
import type { ShownCredential } from '../../../../server/credential/routes.ts';
import { AnswerText } from '../../../credential/Answer.tsx';
import { HallmarkRow } from '../../../credential/Hallmark.tsx';
import { looks, outcomeOfVerdict } from '../../../credential/outcome.ts';
import { translated } from '../../../credential/words.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { type Act, afterAct, useAssessment } from './assessment.ts';
import { useTexts } from './texts.ts';

/** What a receiver sees now, and will see. */
export function BeforeAfter({ credential, act }: { credential: ShownCredential; act: Act }) {
  const texts = useTexts();
  const { data } = useAssessment(credential);
  if (data === undefined) return null;
  const now = translated(data);
  const after = afterAct(now, act);
  return (
    <div className="stack">
      <h3>{texts.receiverWillSee}</h3>
      <div className="change">
        <div>
          <p className="kicker">{texts.now}</p>
          <Shown assessment={now} />
        </div>
        <div className="after">
          <p className="kicker">{texts.after}</p>
          {after === null ? <p>{texts.inForceAgain}</p> : <Shown assessment={after} />}
        </div>
      </div>
    </div>
  );
}

function Shown({ assessment }: { assessment: Assessment }) {
  const { verdict, sentence } = buildAnswer(assessment.verification, assessment.hallmark);
  const { icon, tone } = looks[outcomeOfVerdict[verdict]];
  return (
    <>
      <HallmarkRow assessment={assessment} />
      <p className="say-line">
        <Icon name={icon} className={tone} />
        <span>
          <AnswerText sentence={sentence} />
        </span>
      </p>
    </>
  );
}

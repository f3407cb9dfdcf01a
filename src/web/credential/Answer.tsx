import { type AnswerSentence, buildAnswer } from '../../core/answer.ts';
import type { Assessment } from '../../core/assess.ts';
import { formatDate } from '../texts/language.ts';
import { Filled } from '../ui/Filled.tsx';
import { Icon } from '../ui/Icon.tsx';
import { looks, outcomeOfVerdict } from './outcome.ts';
import { words } from './words.ts';

/** A sentence of an answer, with names set apart. */
export function AnswerText({ sentence: { code, params } }: { sentence: AnswerSentence }) {
  const shown = params.date === undefined ? params : { ...params, date: formatDate(params.date) };
  return <Filled template={words().answers[code]} params={shown} />;
}

/** The answer first, in one sentence, and the sentences under it. */
export function Answer({ assessment, id, note }: { assessment: Assessment; id: string; note: string }) {
  const { verdict, sentence, details } = buildAnswer(assessment.verification, assessment.hallmark);
  const { icon, tone } = looks[outcomeOfVerdict[verdict]];
  return (
    <div className="answer">
      <Icon name={icon} className={tone} />
      <div>
        <h2 className="say" id={id} tabIndex={-1}>
          <AnswerText sentence={sentence} />
        </h2>
        <p className="why">
          {details.map((detail) => (
            <span key={detail.code}>
              <AnswerText sentence={detail} />{' '}
            </span>
          ))}
          {note}
        </p>
      </div>
    </div>
  );
}

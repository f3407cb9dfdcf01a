import { buildAnswer } from '../../core/answer.ts';
import type { Assessment } from '../../core/assess.ts';
import { texts } from '../texts/language.ts';
import { Disclosure } from '../ui/Disclosure.tsx';
import { Icon } from '../ui/Icon.tsx';
import { AnswerText } from './Answer.tsx';
import { Hallmark } from './Hallmark.tsx';
import { looks, outcomeOfVerdict } from './outcome.ts';
import { Parts } from './Parts.tsx';

/** The edition that the issuer serves in place of a superseded one, with its own answer and its own row. */
export function NewerEdition({ assessment }: { assessment: Assessment }) {
  const { verdict, sentence, details } = buildAnswer(assessment.verification, assessment.hallmark);
  const { icon, tone } = looks[outcomeOfVerdict[verdict]];
  return (
    <section className="part pad newer">
      <h3>{texts.refreshed}</h3>
      <div className="v">
        <Icon name={icon} className={tone} />
        <p>
          <b>
            <AnswerText sentence={sentence} />
          </b>{' '}
          {details.map((detail) => (
            <span key={detail.code}>
              <AnswerText sentence={detail} />{' '}
            </span>
          ))}
        </p>
      </div>
      <Hallmark assessment={assessment} />
      <Disclosure summary={texts.refreshedInFull}>
        <Parts assessment={assessment} />
      </Disclosure>
    </section>
  );
}

import { buildAnswer } from '../../../../core/answer.ts';
import type { ShownCredential } from '../../../../server/credential/routes.ts';
import { AnswerText } from '../../../credential/Answer.tsx';
import { HallmarkRow } from '../../../credential/Hallmark.tsx';
import { looks, outcomeOfVerdict } from '../../../credential/outcome.ts';
import { translated } from '../../../credential/words.ts';
import { fill, formatDate } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { useAssessment } from './assessment.ts';
import { useTexts } from './texts.ts';

/** What somebody reads who was given the credential. */
export function Now({ credential }: { credential: ShownCredential }) {
  const texts = useTexts();
  const query = useAssessment(credential);
  const { claim, claimedAt, issuedAt, record, takenDownAt, erasedAt } = credential;
  const facts = [
    fill(texts.issuedOn, { date: formatDate(issuedAt.slice(0, 10)) }),
    record.validUntil !== null && fill(texts.validUntil, { date: formatDate(record.validUntil) }),
    claimedAt === null
      ? texts.claims[claim]
      : fill(texts.claimedOn[claim === 'declined' ? 'declined' : 'accepted'], {
          date: formatDate(claimedAt.slice(0, 10)),
        }),
    takenDownAt !== null && fill(texts.takenDown, { date: formatDate(takenDownAt.slice(0, 10)) }),
  ].filter((fact) => fact !== false);
  if (erasedAt !== null)
    return (
      <div className="answer">
        <Icon name="na" className="na" />
        <div>
          <h2 className="say">{fill(texts.erased, { date: formatDate(erasedAt.slice(0, 10)) })}</h2>
          <p className="why small">{fill(texts.erasedMeaning, { state: texts.states[credential.state] })}</p>
        </div>
      </div>
    );
  return (
    <Loaded query={query} what={texts.answerWhat} rows={1}>
      {(given) => {
        const assessment = translated(given);
        const { verdict, sentence } = buildAnswer(assessment.verification, assessment.hallmark);
        const { icon, tone } = looks[outcomeOfVerdict[verdict]];
        return (
          <div className="split">
            <div className="answer">
              <Icon name={icon} className={tone} />
              <div>
                <h2 className="say">
                  <AnswerText sentence={sentence} />
                </h2>
                <p className="why small">{facts.join(' ')}</p>
              </div>
            </div>
            <HallmarkRow assessment={assessment} />
          </div>
        );
      }}
    </Loaded>
  );
}

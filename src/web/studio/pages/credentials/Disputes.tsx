import { useState } from 'react';
import type { ShownCredential } from '../../../../server/credential/routes.ts';
import type { Dispute } from '../../../../server/dispute/store.ts';
import { fill, formatDate } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useKept } from '../../kept.ts';
import { useIssuerChange, useIssuerQuery } from '../../queries.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { Area } from '../../ui/Field.tsx';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { useTexts } from './texts.ts';

/** What the learner says is wrong, with the answers. */
export function Disputes({ credential }: { credential: ShownCredential }) {
  const texts = useTexts();
  const query = useIssuerQuery<{ items: Dispute[] }>(`/credentials/${credential.id}/disputes`);
  return (
    <Loaded query={query} what={texts.disputesWhat} rows={1}>
      {({ items }) =>
        items.map((dispute) => <One key={dispute.id} dispute={dispute} canCorrect={credential.state === 'active'} />)
      }
    </Loaded>
  );
}

function One({ dispute, canCorrect }: { dispute: Dispute; canCorrect: boolean }) {
  const texts = useTexts();
  const change = useIssuerChange();
  const [act, setAct] = useState<'answer' | 'close' | null>(null);
  const [answer, setAnswer, clearAnswer] = useKept(`answer.${dispute.id}`, '');
  const isOpen = dispute.state !== 'closed';
  return (
    <div className={isOpen ? 'note unsure' : 'note'}>
      <Icon name={isOpen ? 'unsure' : 'passed'} className={isOpen ? 'unsure' : 'passed'} />
      <div className="stack">
        <p>
          <b>{fill(texts.reports[dispute.state], { about: texts.about[dispute.about] })}</b> “<bdi>{dispute.words}</bdi>
          ” <span className="small muted">{formatDate(`${dispute.createdAt.slice(0, 16)}Z`)}</span>
        </p>
        {dispute.answer !== null && (
          <p>
            {texts.yourAnswer} “<bdi>{dispute.answer}</bdi>”
          </p>
        )}
        {isOpen && (
          <div className="row">
            {canCorrect && (
              <IssuerLink to={`/credentials/${dispute.credential}/correct`} className="btn">
                {texts.acts.reissue}
              </IssuerLink>
            )}
            <button type="button" className="btn" onClick={() => setAct('answer')}>
              {texts.answerLearner}
            </button>
            <button type="button" className="btn plain" onClick={() => setAct('close')}>
              {texts.closeReport}
            </button>
          </div>
        )}
        {act === 'answer' && (
          <Confirm
            title={texts.answerTitle}
            act={texts.answerAct}
            reason={false}
            onAct={async () => {
              await change.mutateAsync({ path: `/disputes/${dispute.id}/answer`, body: { answer } });
              clearAnswer();
            }}
            onClose={() => setAct(null)}
          >
            <Area
              label={texts.answerLabel}
              help={texts.answerHelp}
              value={answer}
              maxLength={4000}
              onChange={setAnswer}
            />
          </Confirm>
        )}
        {act === 'close' && (
          <Confirm
            title={texts.closeTitle}
            act={texts.closeReport}
            onAct={(reason) => change.mutateAsync({ path: `/disputes/${dispute.id}/close`, body: { reason } })}
            onClose={() => setAct(null)}
          >
            <p>{texts.closeMeaning}</p>
          </Confirm>
        )}
      </div>
    </div>
  );
}

import { useState } from 'react';
import type { ShownCredential } from '../../../../server/credential/routes.ts';
import type { ErasePreview } from '../../../../server/privacy/erase.ts';
import { askJson } from '../../../api.ts';
import { fill } from '../../../texts/language.ts';
import { useIssuer, useMay } from '../../issuer.ts';
import { useIssuerChange } from '../../queries.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { Problem } from '../../ui/Problem.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { useTexts } from './texts.ts';

/** Take the page down or put it back; erase what is kept of the learner. */
export function Privacy({ credential }: { credential: ShownCredential }) {
  const texts = useTexts();
  const toast = useToast();
  const { slug } = useIssuer();
  const [mayIssue, mayManage] = [useMay('issue'), useMay('manage')];
  const change = useIssuerChange();
  const [hide, setHide] = useState(false);
  const [preview, setPreview] = useState<ErasePreview | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { id, takenDownAt, erasedAt, learner, records } = credential;
  const isDown = takenDownAt !== null;
  const learnerOf = { learner: { credential: id } };
  const look = () =>
    askJson<ErasePreview>(`/api/issuers/${slug}/learners/erase/preview`, { method: 'POST', body: learnerOf }).then(
      setPreview,
      setError,
    );
  if (!mayIssue || erasedAt !== null) return null;
  return (
    <section className="card pad stack" aria-labelledby="privacy">
      <h2 id="privacy">{texts.privacy}</h2>
      <button type="button" className="btn wide" onClick={() => setHide(true)}>
        {isDown ? texts.show : texts.hide}
      </button>
      <p className="small muted">{isDown ? texts.showMeaning : texts.hideMeaning}</p>
      {mayManage && (
        <>
          <button type="button" className="btn danger wide" onClick={() => void look()}>
            {texts.erase}
          </button>
          <p className="small muted">{texts.eraseMeaning}</p>
        </>
      )}
      {error !== null && <Problem error={error} />}
      {hide && (
        <Confirm
          title={isDown ? texts.showTitle : texts.hideTitle}
          act={isDown ? texts.show : texts.hide}
          onAct={(reason) =>
            change.mutateAsync({ path: `/credentials/${id}/${isDown ? 'show' : 'hide'}`, body: { reason } })
          }
          onClose={() => setHide(false)}
        >
          <p>{isDown ? texts.showMeaning : texts.hideMeaning}</p>
          {!isDown && records.length > 0 && (
            <>
              <p>{fill(texts.hideRecords, { count: records.length })}</p>
              <ul className="effects">
                {records.map((record) => (
                  <li key={record}>
                    <IssuerLink to={`/credentials/${record}`}>{record}</IssuerLink>
                  </li>
                ))}
              </ul>
            </>
          )}
        </Confirm>
      )}
      {preview !== null && (
        <Confirm
          title={fill(texts.eraseTitle, { who: learner?.name ?? texts.thisLearner })}
          act={texts.eraseAct}
          keep={texts.eraseKeep}
          danger
          onAct={async (reason) => {
            await change.mutateAsync({
              path: '/learners/erase',
              body: { ...learnerOf, reason, confirm: preview.confirm },
            });
            toast(texts.eraseDone);
          }}
          onClose={() => setPreview(null)}
        >
          <p className="lead">{texts.eraseLead}</p>
          <ul className="effects">
            <li>{fill(texts.eraseCounts.credentials, { count: preview.credentials.length })}</li>
            <li>{fill(texts.eraseCounts.letters, { count: preview.letters })}</li>
            <li>{fill(texts.eraseCounts.evidence, { count: preview.evidence })}</li>
            <li>{fill(texts.eraseCounts.rows, { count: preview.rosterRows })}</li>
            <li>{texts.eraseStays}</li>
            {preview.recordsAbove.map(({ issuer, count }) => (
              <li key={issuer}>{fill(texts.eraseAbove, { issuer, count })}</li>
            ))}
          </ul>
        </Confirm>
      )}
    </section>
  );
}

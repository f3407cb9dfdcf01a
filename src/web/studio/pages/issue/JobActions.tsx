import { useState } from 'react';
import type { ShownRoster } from '../../../../server/roster/routes.ts';
import { fill, useLanguage } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useIssuer, useMay } from '../../issuer.ts';
import { useIssuerChange } from '../../queries.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { Problem } from '../../ui/Problem.tsx';
import { useTexts } from './texts.ts';
import { WriteAgain } from './WriteAgain.tsx';

type Change = 'pause' | 'resume' | 'cancel' | 'retry';

/** Pause, go on, stop, try again, waive; and what came of every row as a file. */
export function JobActions({ roster, refused }: { roster: ShownRoster; refused: number }) {
  const texts = useTexts();
  const language = useLanguage();
  const { slug } = useIssuer();
  const [mayIssue, mayApprove] = [useMay('issue'), useMay('approve')];
  const change = useIssuerChange();
  const [asks, setAsks] = useState<'cancel' | 'waive' | null>(null);
  const { id, state, failed, issued, waiting } = roster;
  const to = (what: Change, body?: object) => ({ path: `/rosters/${id}/${what}`, ...(body && { body }) });
  const button = (what: Change, label: string) => (
    <button type="button" className="btn" aria-disabled={change.isPending} onClick={() => change.mutate(to(what))}>
      {label}
    </button>
  );
  const turn: [Change, string] = state === 'running' ? ['pause', texts.pause] : ['resume', texts.resume];
  const canRetry = state === 'done' || state === 'paused';
  return (
    <>
      {change.error !== null && asks === null && <Problem error={change.error} />}
      <div className="row">
        {/* One button that changes, so that it keeps the focus. */}
        {mayIssue && (state === 'running' || state === 'paused') && button(...turn)}
        {mayIssue && canRetry && failed > 0 && button('retry', fill(texts.retry, { count: failed }))}
        {mayApprove && mayIssue && canRetry && refused > 0 && (
          <button type="button" className="btn" onClick={() => setAsks('waive')}>
            {fill(texts.waiveRows, { count: refused })}
          </button>
        )}
        {mayIssue && (state === 'running' || state === 'paused') && (
          <button type="button" className="btn danger" onClick={() => setAsks('cancel')}>
            {texts.stop}
          </button>
        )}
        <a className="btn" href={`/api/issuers/${slug}/rosters/${id}/results.csv?lang=${language}`}>
          <Icon name="down" />
          {texts.results}
        </a>
        {issued > 0 && (
          <IssuerLink to="/credentials" search={{ roster: id }} className="btn">
            {texts.seeCredentials}
          </IssuerLink>
        )}
        {mayIssue && issued > 0 && <WriteAgain roster={roster} />}
        {mayIssue && issued > 0 && state !== 'running' && (
          <IssuerLink to={`/issue/${id}/correct`} className="btn">
            {texts.toCorrect}
          </IssuerLink>
        )}
      </div>
      {asks === 'cancel' && (
        <Confirm
          title={texts.stopTitle}
          act={texts.stopAct}
          keep={texts.stopKeep}
          danger
          reason={false}
          onAct={() => change.mutateAsync(to('cancel'))}
          onClose={() => setAsks(null)}
        >
          <p>{fill(texts.stopMeaning, { issued, waiting })}</p>
        </Confirm>
      )}
      {asks === 'waive' && (
        <Confirm
          title={fill(texts.waiveTitle, { count: refused })}
          act={fill(texts.issueCount, { count: refused })}
          onAct={(reason) => change.mutateAsync(to('retry', { waiver: { reason } }))}
          onClose={() => setAsks(null)}
        >
          <p>{texts.waiveHelp}</p>
        </Confirm>
      )}
    </>
  );
}

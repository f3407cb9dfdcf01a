import { useState } from 'react';
import { fill, formatDate } from '../../../../texts/language.ts';
import { useMay } from '../../../issuer.ts';
import { useIssuerChange } from '../../../queries.ts';
import { Confirm } from '../../../ui/Confirm.tsx';
import { IssuerLink } from '../../../ui/IssuerLink.tsx';
import { useToast } from '../../../ui/Toasts.tsx';
import type { Achievement, Version } from '../draft.ts';

import { useTexts } from '../texts.ts';
import { useReviewTexts } from './texts.ts';

/** All versions, newest first, each beside the one before it; and the end of the achievement. */
export function Versions({ achievement }: { achievement: Achievement }) {
  const texts = useTexts();
  const { versions: words, retire } = useReviewTexts();
  const mayApprove = useMay('approve');
  const [asks, setAsks] = useState(false);
  const change = useIssuerChange();
  const toast = useToast();
  const { id, versions, retiredAt } = achievement;
  const latest = versions.at(-1) as Version;
  return (
    <section className="card pad fs" aria-labelledby="versions">
      <h2 id="versions">{words.title}</h2>
      <ul className="ruled">
        {versions.toReversed().map((version) => (
          <li key={version.version}>
            <p>
              <b>{fill(texts.list.versionIs, { version: version.version, state: texts.states[version.state] })}</b>
            </p>
            <p className="small muted">
              {fill(words.by, { date: formatDate(version.changedAt), name: version.changedBy ?? '' }).replace(
                /, $/,
                '',
              )}
            </p>
            <p className="row small">
              {version.version > 1 && (
                <IssuerLink to={`/achievements/${id}/versions/${version.version - 1}/${version.version}`}>
                  {fill(words.changes, { version: version.version - 1 })}
                </IssuerLink>
              )}
              {version.state === 'review' && mayApprove && (
                <IssuerLink to={`/review/${id}`}>{words.reviewIt}</IssuerLink>
              )}
            </p>
          </li>
        ))}
      </ul>
      {versions.some(({ state }) => state === 'approved') && (
        <p>
          <a href={`/achievements/${id}`}>{words.public}</a>
        </p>
      )}
      {mayApprove && retiredAt === null && versions.some(({ state }) => state === 'approved') && (
        <div>
          <button type="button" className="btn danger" onClick={() => setAsks(true)}>
            {retire.act}
          </button>
        </div>
      )}
      {asks && (
        <Confirm
          title={fill(retire.title, { name: String(latest.achievement.name ?? '') })}
          act={retire.act}
          keep={retire.keep}
          danger
          onAct={async (reason) => {
            await change.mutateAsync({ path: `/achievements/${id}/retire`, body: { reason } });
            toast(retire.done);
          }}
          onClose={() => setAsks(false)}
        >
          <p>{retire.meaning}</p>
        </Confirm>
      )}
    </section>
  );
}

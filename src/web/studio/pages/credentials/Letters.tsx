import { useState } from 'react';
import type { ShownCredential } from '../../../../server/credential/routes.ts';
import { fill, formatDate } from '../../../texts/language.ts';
import { useMay } from '../../issuer.ts';
import { useIssuerChange } from '../../queries.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { Problem } from '../../ui/Problem.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { ClaimLink } from './ClaimLink.tsx';
import { useTexts } from './texts.ts';

/** What was written to the learner, and the link that they got. */
export function Letters({ credential }: { credential: ShownCredential }) {
  const texts = useTexts();
  const toast = useToast();
  const mayIssue = useMay('issue');
  const change = useIssuerChange();
  const [renew, setRenew] = useState(false);
  const { id, letters, learner, state, erasedAt } = credential;
  const canWrite = mayIssue && state === 'active' && erasedAt === null;
  return (
    <section className="card pad stack" aria-labelledby="letters">
      <h2 id="letters">{texts.letters}</h2>
      {letters.length === 0 ? (
        <p className="muted">{texts.noLetters}</p>
      ) : (
        <ul className="ruled">
          {letters.map((letter) => (
            <li key={letter.id}>
              <p>
                <span className={letter.state === 'failed' ? 'failed' : ''}>{texts.letterStates[letter.state]}</span>,{' '}
                {formatDate(`${(letter.sentAt ?? letter.createdAt).slice(0, 16)}Z`)}
              </p>
              {letter.fault !== null && <p className="small muted">{letter.fault}</p>}
            </li>
          ))}
        </ul>
      )}
      {change.error !== null && !renew && <Problem error={change.error} />}
      {canWrite && (
        <div className="row">
          {learner?.email !== undefined && (
            <button
              type="button"
              className="btn"
              aria-disabled={change.isPending}
              onClick={() =>
                change.mutate(
                  { path: `/credentials/${id}/resend` },
                  { onSuccess: () => toast(fill(texts.resent, { email: learner.email ?? '' })) },
                )
              }
            >
              {texts.resend}
            </button>
          )}
          {credential.claim !== 'accepted' && <ClaimLink id={id} />}
          <button type="button" className="btn plain" onClick={() => setRenew(true)}>
            {texts.renew}
          </button>
        </div>
      )}
      {renew && (
        <Confirm
          title={texts.renewTitle}
          act={texts.renewAct}
          onAct={async (reason) => {
            await change.mutateAsync({ path: `/credentials/${id}/claim/renew`, body: { reason } });
            toast(texts.renewed);
          }}
          onClose={() => setRenew(false)}
        >
          <p>{texts.renewMeaning}</p>
        </Confirm>
      )}
    </section>
  );
}

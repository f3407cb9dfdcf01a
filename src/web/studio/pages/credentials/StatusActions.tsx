import { useState } from 'react';
import type { ShownCredential } from '../../../../server/credential/routes.ts';
import { fill } from '../../../texts/language.ts';
import { useIssuerChange } from '../../queries.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { BeforeAfter } from './BeforeAfter.tsx';
import { useTexts } from './texts.ts';

type Act = 'revoke' | 'suspend' | 'reinstate';

/** Correct, suspend, lift, revoke: what is possible in the credential's state. */
export function StatusActions({ credential }: { credential: ShownCredential }) {
  const texts = useTexts();
  const toast = useToast();
  const change = useIssuerChange();
  const [act, setAct] = useState<Act | null>(null);
  const { id, kind, state, learner, erasedAt } = credential;
  const who = learner?.name ?? texts.thisLearner;
  if (state === 'revoked' || state === 'superseded') return null;
  return (
    <section className="card pad stack" aria-labelledby="acts">
      <h2 id="acts">{texts.changeStatus}</h2>
      {/* A record holds what others signed: there is nothing in it to correct. */}
      {state === 'active' && erasedAt === null && kind !== 'ClrCredential' && (
        <>
          <IssuerLink to={`/credentials/${id}/correct`} className="btn wide">
            {texts.acts.reissue}
          </IssuerLink>
          <p className="small muted">{texts.actMeanings.reissue}</p>
        </>
      )}
      {(state === 'active' ? (['suspend', 'revoke'] as const) : (['reinstate', 'revoke'] as const)).map((one) => (
        <div className="stack" key={one}>
          <button
            type="button"
            className={one === 'revoke' ? 'btn danger wide' : 'btn wide'}
            onClick={() => setAct(one)}
          >
            {texts.acts[one]}
          </button>
          <p className="small muted">{texts.actMeanings[one]}</p>
        </div>
      ))}
      {act !== null && (
        <Confirm
          title={fill(texts.actTitles[act], { who })}
          act={texts.actDoes[act]}
          keep={texts.actKeeps[act]}
          danger={act === 'revoke'}
          reasonHelp={texts.publicReason}
          onAct={async (reason) => {
            await change.mutateAsync({ path: `/credentials/${id}/${act}`, body: { reason } });
            toast(texts.actDone[act]);
          }}
          onClose={() => setAct(null)}
        >
          <p className="lead">{texts.actLeads[act]}</p>
          {erasedAt === null && <BeforeAfter credential={credential} act={act} />}
          <ul className="effects">
            {texts.actEffects[act].map((effect) => (
              <li key={effect}>{effect}</li>
            ))}
          </ul>
        </Confirm>
      )}
    </section>
  );
}

import { useState } from 'react';
import type { ShownInvitation } from '../../../../server/people/routes.ts';
import { fill, formatDate } from '../../../texts/language.ts';
import { type Sent, type Slice, useIssuerChange, useIssuerQuery } from '../../queries.ts';
import { useStudioTexts } from '../../texts/index.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { useMayGive } from './member.ts';
import { useTexts } from './texts.ts';

type Invitation = Sent<ShownInvitation>;

/** Who was invited and has not answered. */
export function Invitations() {
  const texts = useTexts();
  const shared = useStudioTexts();
  const mayGive = useMayGive();
  const invitations = useIssuerQuery<Slice<Invitation>>('/invitations');
  const [ending, setEnding] = useState<Invitation | null>(null);
  return (
    <section className="card pad stack" aria-labelledby="waiting">
      <h2 id="waiting">{texts.waiting}</h2>
      <Loaded query={invitations} what={texts.waitingWhat}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">{texts.noInvitations}</p>
          ) : (
            <ul className="ruled">
              {items.map((invitation) => (
                <li key={invitation.id} className="split">
                  <div>
                    <p>
                      <bdi>{invitation.email}</bdi>
                    </p>
                    <p className="small muted">
                      {shared.roles[invitation.role]},{' '}
                      {fill(texts.until, { date: formatDate(invitation.expiresAt.slice(0, 10)) })}
                    </p>
                  </div>
                  {mayGive(invitation.role) && (
                    <button
                      type="button"
                      className="btn"
                      aria-label={fill(texts.withdrawOf, { email: invitation.email })}
                      onClick={() => setEnding(invitation)}
                    >
                      {texts.withdraw}
                    </button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {ending !== null && <Withdraw invitation={ending} onClose={() => setEnding(null)} />}
    </section>
  );
}

function Withdraw({ invitation: { id, email }, onClose }: { invitation: Invitation; onClose(): void }) {
  const texts = useTexts();
  const toast = useToast();
  const { mutateAsync } = useIssuerChange();
  return (
    <Confirm
      title={fill(texts.withdrawTitle, { email })}
      act={texts.withdraw}
      onClose={onClose}
      onAct={async (reason) => {
        await mutateAsync({ path: `/invitations/${id}/withdraw`, body: { reason } });
        toast(texts.withdrawn);
      }}
    >
      <p>{texts.withdrawMeaning}</p>
    </Confirm>
  );
}

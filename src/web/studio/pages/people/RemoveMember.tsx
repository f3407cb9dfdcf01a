import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Ending } from '../../../../server/people/routes.ts';
import { fill } from '../../../texts/language.ts';
import { useIssuerChange, useIssuerQuery, useMe } from '../../queries.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { Check } from '../../ui/Field.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import type { Member } from './member.ts';
import { useTexts } from './texts.ts';

/** Take somebody's role, or give back one's own: what ends with it is said first. */
export function RemoveMember({ member: { id, name }, onClose }: { member: Member; onClose(): void }) {
  const texts = useTexts();
  const toast = useToast();
  const navigate = useNavigate();
  const { data: me } = useMe();
  const ending = useIssuerQuery<Ending>(`/members/${id}/removal`, { foresees: true });
  const [keepApiKeys, setKeep] = useState(false);
  const { mutateAsync } = useIssuerChange();
  const own = me?.user.id === id;
  return (
    <Confirm
      title={own ? texts.leaveTitle : fill(texts.removeTitle, { name })}
      act={own ? texts.leave : fill(texts.removeOf, { name })}
      keep={texts.keepMember}
      danger
      onClose={onClose}
      onAct={async (reason) => {
        const path = own ? '/leave' : `/members/${id}/remove`;
        await mutateAsync({ path, body: { reason, keepApiKeys } });
        toast(fill(texts.removed, { name }));
        if (own) await navigate({ to: '/' });
      }}
    >
      <p>{own ? texts.leaveMeaning : fill(texts.removeMeaning, { name })}</p>
      <Loaded query={ending} what={texts.ends}>
        {({ apiKeys, invitations }) => (
          <>
            <p>
              {apiKeys.length === 0
                ? texts.endsNoKeys
                : fill(texts.endsKeys, {
                    count: apiKeys.length,
                    names: apiKeys.map((key) => key.name).join(', '),
                  })}{' '}
              {invitations > 0 && fill(texts.endsInvitations, { count: invitations })}
            </p>
            {apiKeys.length > 0 && (
              <Check label={texts.keepKeys} help={texts.keepKeysHelp} checked={keepApiKeys} onChange={setKeep} />
            )}
          </>
        )}
      </Loaded>
    </Confirm>
  );
}

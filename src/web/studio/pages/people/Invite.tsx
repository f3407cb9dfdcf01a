import { useState } from 'react';
import { fill } from '../../../texts/language.ts';
import { useIssuer } from '../../issuer.ts';
import { useKept } from '../../kept.ts';
import { useIssuerChange } from '../../queries.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { Text } from '../../ui/Field.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import type { Member } from './member.ts';
import { Roles } from './Roles.tsx';
import { useTexts } from './texts.ts';

const empty = { email: '', role: 'author' as Member['role'] };

export function Invite({ onClose }: { onClose(): void }) {
  const texts = useTexts();
  const toast = useToast();
  const { slug } = useIssuer();
  const [{ email, role }, setForm, clear] = useKept(`invite.${slug}`, empty);
  const [fault, setFault] = useState<string>();
  const { mutateAsync } = useIssuerChange();
  return (
    <Confirm
      title={texts.inviteTitle}
      act={texts.inviteAct}
      reason={false}
      onClose={() => {
        clear();
        onClose();
      }}
      onAct={async () => {
        const address = email.trim();
        if (!/^\S+@\S+\.\S+$/.test(address)) {
          setFault(texts.emailMissing);
          return false;
        }
        await mutateAsync({ path: '/invitations', body: { email: address, role } });
        toast(fill(texts.invited, { email: address }));
        return true;
      }}
    >
      <p>{texts.inviteMeaning}</p>
      <Text
        label={texts.email}
        type="email"
        value={email}
        maxLength={300}
        fault={fault}
        dir="ltr"
        onChange={(value) => {
          setForm({ email: value, role });
          setFault(undefined);
        }}
      />
      <Roles value={role} onChange={(role) => setForm({ email, role })} />
    </Confirm>
  );
}

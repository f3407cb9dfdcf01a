import { useState } from 'react';
import { fill } from '../../../texts/language.ts';
import { useIssuerChange } from '../../queries.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import type { Member } from './member.ts';
import { Roles } from './Roles.tsx';
import { useTexts } from './texts.ts';

export function ChangeRole({ member: { id, name, role }, onClose }: { member: Member; onClose(): void }) {
  const texts = useTexts();
  const toast = useToast();
  const [wanted, setWanted] = useState(role);
  const { mutateAsync } = useIssuerChange();
  return (
    <Confirm
      title={fill(texts.changeTitle, { name })}
      act={texts.changeAct}
      onClose={onClose}
      onAct={async (reason) => {
        await mutateAsync({ method: 'PUT', path: `/members/${id}`, body: { role: wanted, reason } });
        toast(fill(texts.changed, { name }));
      }}
    >
      <Roles value={wanted} onChange={setWanted} />
    </Confirm>
  );
}

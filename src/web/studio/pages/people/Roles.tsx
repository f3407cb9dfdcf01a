import { useStudioTexts } from '../../texts/index.ts';
import { Choices } from '../../ui/Field.tsx';
import { type Member, useMayGive } from './member.ts';
import { useTexts } from './texts.ts';

const all = ['owner', 'admin', 'approver', 'author', 'issuer', 'viewer'] as const;

/** One of the roles that the person may give, each with what it may do. */
export function Roles({ value, onChange }: { value: Member['role']; onChange(role: Member['role']): void }) {
  const texts = useTexts();
  const shared = useStudioTexts();
  const mayGive = useMayGive();
  return (
    <Choices
      legend={texts.role}
      value={value}
      onChange={onChange}
      choices={all.filter(mayGive).map((role) => ({
        value: role,
        label: shared.roles[role].replace(/^./u, (first) => first.toLocaleUpperCase()),
        help: texts.means[role],
      }))}
    />
  );
}

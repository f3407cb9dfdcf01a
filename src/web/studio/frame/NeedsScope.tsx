import type { ReactNode } from 'react';
import { fill } from '../../texts/language.ts';
import { type Scope, useIssuer } from '../issuer.ts';
import { useStudioTexts } from '../texts/index.ts';
import { Missing } from '../ui/Missing.tsx';
import { PageHead } from '../ui/PageHead.tsx';

/** What only those see who may do that here; others read who may, and how to ask. */
export function NeedsScope({ scope, children }: { scope: Scope; children: ReactNode }) {
  const texts = useStudioTexts();
  const { scopes, roles, name } = useIssuer();
  if (scopes.includes(scope)) return children;
  const as = roles.map((role) => texts.roles[role]).join(', ');
  return (
    <>
      <PageHead title={texts.noPermission[scope]} within={name} />
      <Missing title={texts.noPermission[scope]} text={fill(texts.noPermissionMeaning, { roles: as, issuer: name })} />
    </>
  );
}

import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';

export interface DisclosureProps {
  summary: ReactNode;
  children: ReactNode;
  onOpen?(): void;
}

/** More, on demand. */
export function Disclosure({ summary, children, onOpen }: DisclosureProps) {
  return (
    <details className="more" onToggle={({ currentTarget }) => currentTarget.open && onOpen?.()}>
      <summary>
        <Icon name="chev" className="chev" />
        <span>{summary}</span>
      </summary>
      {children}
    </details>
  );
}

import type { ReactNode } from 'react';
import { Icon } from './Icon.tsx';

export interface DisclosureProps {
  summary: ReactNode;
  children: ReactNode;
}

/** More, on demand. */
export function Disclosure({ summary, children }: DisclosureProps) {
  return (
    <details className="more">
      <summary>
        <Icon name="chev" className="chev" />
        <span>{summary}</span>
      </summary>
      {children}
    </details>
  );
}

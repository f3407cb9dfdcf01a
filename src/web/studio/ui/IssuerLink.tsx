import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useIssuer } from '../issuer.ts';

export interface IssuerLinkProps {
  /** Below the chosen issuer: `/keys`, `/credentials/abc`. */
  to: string;
  search?: Record<string, string>;
  className?: string;
  /** Says more than its text, to those who hear it alone; begins with the text. */
  label?: string;
  children: ReactNode;
}

/** A link to a page of the chosen issuer. */
export function IssuerLink({ to, search, className, label, children }: IssuerLinkProps) {
  const { slug } = useIssuer();
  return (
    <Link to={`/${slug}${to}`} {...(search && { search })} className={className} aria-label={label}>
      {children}
    </Link>
  );
}

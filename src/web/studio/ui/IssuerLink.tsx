import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useIssuer } from '../issuer.ts';

export interface IssuerLinkProps {
  /** Below the chosen issuer: `/keys`, `/credentials/abc`. */
  to: string;
  search?: Record<string, string>;
  className?: string;
  children: ReactNode;
}

/** A link to a page of the chosen issuer. */
export function IssuerLink({ to, search, className, children }: IssuerLinkProps) {
  const { slug } = useIssuer();
  return (
    <Link to={`/${slug}${to}`} {...(search && { search })} className={className}>
      {children}
    </Link>
  );
}

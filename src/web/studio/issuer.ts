import { createContext, use } from 'react';
import type { Me } from '../../server/people/routes.ts';

export type MyIssuer = Me['issuers'][number];
export type Scope = MyIssuer['scopes'][number];

/** The issuer that the page is about. */
export const ChosenIssuer = createContext<MyIssuer | null>(null);

/** The issuer that the page is about, and what the person may do there. */
export function useIssuer(): MyIssuer {
  const issuer = use(ChosenIssuer);
  if (issuer === null) throw new Error('no issuer is chosen here');
  return issuer;
}

/** May the person do that in the chosen issuer? */
export function useMay(scope: Scope): boolean {
  return useIssuer().scopes.includes(scope);
}

const storageKey = 'assay.issuer';

export function rememberIssuer(slug: string): void {
  try {
    localStorage.setItem(storageKey, slug);
  } catch {
    // A browser that keeps nothing: the choice is asked again.
  }
}

export function rememberedIssuer(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

import { useNavigate, useSearch } from '@tanstack/react-router';

/** Which credentials the list shows; it stands in the address, so that it can be kept and shared. */
export interface Filter {
  achievement?: string;
  state?: 'active' | 'suspended' | 'revoked' | 'superseded';
  claim?: 'waiting' | 'accepted' | 'declined';
  roster?: string;
  test?: 'yes' | 'no';
  issuedFrom?: string;
  issuedBefore?: string;
}
const names = ['achievement', 'state', 'claim', 'roster', 'test', 'issuedFrom', 'issuedBefore'] as const;

/** The filter in the address, and how to change it. */
export function useFilter(): [Filter, (filter: Filter) => void] {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const filter = Object.fromEntries(
    names.flatMap((name) => (typeof search[name] === 'string' && search[name] !== '' ? [[name, search[name]]] : [])),
  ) as Filter;
  const set = (next: Filter) => {
    const search = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined && value !== ''));
    void navigate({ to: '.', search, replace: true } as Parameters<typeof navigate>[0]);
  };
  return [filter, set];
}

/** As the service is asked. */
export function filterQuery({ test, ...filter }: Filter): string {
  const query = new URLSearchParams(filter as Record<string, string>);
  if (test !== undefined) query.set('test', String(test === 'yes'));
  return query.toString();
}

/** The filter as a selection for an act on all that it matches; null where an act cannot be asked for so. */
export function selectionOf({
  claim,
  test,
  state: _,
  ...selection
}: Filter): Omit<Filter, 'claim' | 'test' | 'state'> | null {
  return claim !== undefined || test !== undefined || Object.keys(selection).length === 0 ? null : selection;
}

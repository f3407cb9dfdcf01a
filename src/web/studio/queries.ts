import {
  keepPreviousData,
  QueryCache,
  QueryClient,
  type UseInfiniteQueryResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { Me } from '../../server/people/routes.ts';
import { type Asked, askJson, ProblemError } from '../api.ts';
import { useIssuer } from './issuer.ts';

/** An answer of the server as it arrives: dates are text. */
export type Sent<Answer> = Answer extends Date
  ? string
  : Answer extends readonly (infer Item)[]
    ? Sent<Item>[]
    : Answer extends object
      ? { [Name in keyof Answer]: Sent<Answer[Name]> }
      : Answer;

/** A page of a list, see `paging.ts` of the server. */
export interface Slice<Item> {
  items: Item[];
  next: string | number | null;
}

const isRefusal = (error: unknown) =>
  error instanceof ProblemError && !['unavailable', 'internal'].includes(error.code);

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError: signInAgain }),
  defaultOptions: {
    // Without a network a request fails, and the page says so; else it would wait in silence.
    queries: { networkMode: 'always', staleTime: 10_000, retry: (count, error) => !isRefusal(error) && count < 1 },
    mutations: { networkMode: 'always', onError: signInAgain },
  },
});

/** Sessions end: whoever has none signs in, and comes back to where they were. */
function signInAgain(error: unknown): void {
  if (error instanceof ProblemError && error.code === 'not-signed-in')
    location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
}

export const me = { queryKey: ['me'], queryFn: () => askJson<Me>('/api/me'), staleTime: 60_000 };

/** Who is signed in, and where they may do what. */
export function useMe(): UseQueryResult<Me> {
  return useQuery(me);
}

// As any object, since its type is not one for every answer.
const keeping: object = { placeholderData: keepPreviousData };
const foreseeing = { meta: { foresees: true }, gcTime: 0, staleTime: 0 };

const address = (slug: string, path: string) => `/api/issuers/${slug}${path}`;

/** What a route of the chosen issuer answers; `path` is what follows /api/issuers/{slug}. */
export function useIssuerQuery<Answer>(
  path: string,
  {
    foresees = false,
    keeps = false,
    ...options
  }: {
    enabled?: boolean;
    /** What another path answered stays, as `isPlaceholderData`, until this one has. */
    keeps?: boolean;
    /** It tells what a change would do: asked each time, and not once the change is made, when there may be nothing to tell. */
    foresees?: boolean;
    refetchInterval?: number | false | ((query: { state: { data: Answer | undefined } }) => number | false);
  } = {},
): UseQueryResult<Answer> {
  const { slug } = useIssuer();
  return useQuery({
    queryKey: [slug, path],
    queryFn: () => askJson<Answer>(address(slug, path)),
    ...options,
    ...(keeps ? keeping : {}),
    ...(foresees ? foreseeing : {}),
  });
}

/** What a route would do with a request, without doing it. */
export function useIssuerPreview<Answer>(path: string, body: unknown, enabled: boolean): UseQueryResult<Answer> {
  const { slug } = useIssuer();
  return useQuery({
    queryKey: [slug, path, body],
    queryFn: () => askJson<Answer>(address(slug, path), { method: 'POST', body }),
    enabled,
    ...foreseeing,
  });
}

export type IssuerList<Item> = UseInfiniteQueryResult<{ pages: Slice<Item>[] }>;

/** A list of the chosen issuer, page by page; `path` may have a query. */
export function useIssuerList<Item>(path: string): IssuerList<Item> {
  const { slug } = useIssuer();
  return useInfiniteQuery({
    queryKey: [slug, path],
    queryFn: ({ pageParam }) => {
      const after = pageParam === null ? '' : `${path.includes('?') ? '&' : '?'}after=${encodeURIComponent(pageParam)}`;
      return askJson<Slice<Item>>(address(slug, path + after));
    },
    initialPageParam: null as string | number | null,
    getNextPageParam: ({ next }) => next,
  });
}

/** Change something of the chosen issuer. What is shown of it is asked anew, and so is who may do what. */
export function useIssuerChange<Answer = null>() {
  const { slug } = useIssuer();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ path, method = 'POST', ...asked }: Asked & { path: string }) =>
      askJson<Answer>(address(slug, path), { method, ...asked }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: [slug], predicate: ({ meta }) => meta?.foresees !== true }),
        client.invalidateQueries({ queryKey: ['me'] }),
      ]),
  });
}

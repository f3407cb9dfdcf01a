import { type UseQueryResult, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ShownRoster } from '../../../../server/roster/routes.ts';
import { useIssuer } from '../../issuer.ts';
import { useIssuerQuery } from '../../queries.ts';

/** A roster as it stands now: live while it is worked on, and asked again and again where events do not come through. */
export function useRoster(id: string): UseQueryResult<ShownRoster> {
  const { slug } = useIssuer();
  const client = useQueryClient();
  const path = `/rosters/${id}`;
  const [isDeaf, setDeaf] = useState(false);
  const query = useIssuerQuery<ShownRoster>(path, { refetchInterval: isDeaf ? 3000 : false });
  const isMoving = query.data?.state === 'running';
  useEffect(() => {
    if (!isMoving) return;
    const events = new EventSource(`/api/issuers/${slug}${path}/progress`);
    events.addEventListener('progress', ({ data }: MessageEvent<string>) => {
      const told = JSON.parse(data) as Partial<ShownRoster>;
      client.setQueryData<ShownRoster>([slug, path], (before) => before && { ...before, ...told });
      if (told.state !== 'running') {
        events.close();
        void client.invalidateQueries({ queryKey: [slug] });
      }
    });
    // A browser tries again by itself, unless it was refused.
    events.onerror = () => setDeaf(events.readyState === EventSource.CLOSED);
    return () => events.close();
  }, [client, slug, path, isMoving]);
  return query;
}

/** How many seconds the rest will take, by what was done since the page looked first; null while nobody can tell. */
export function useTimeLeft({ issued, failed, waiting, state }: ShownRoster): number | null {
  const done = issued + failed;
  const [first, setFirst] = useState({ done, at: Date.now() });
  const [left, setLeft] = useState<number | null>(null);
  const isRunning = state === 'running';
  useEffect(() => {
    if (isRunning) setFirst((before) => ({ done: before.done, at: Date.now() }));
    setLeft(null);
  }, [isRunning]);
  useEffect(() => {
    const [rows, milliseconds] = [done - first.done, Date.now() - first.at];
    if (isRunning && rows > 0 && milliseconds > 1000) setLeft((waiting * milliseconds) / rows / 1000);
  }, [done, waiting, first, isRunning]);
  return isRunning ? left : null;
}

import { useCallback, useEffect, useRef, useState } from 'react';
import { askOtherSources } from '../../../core/ask-other-sources.ts';
import type { TrustSource } from '../../../core/trust/trust-source.ts';
import { openNetwork } from '../../network.ts';
import { type Checked, check, type Given } from './check.ts';

export type Shown = Exclude<Checked, { kind: 'unpacked' }>;

export interface Entry {
  id: string;
  given: Given;
  /** Null while it waits and is being checked. */
  checked: Shown | null;
}

export interface Batch {
  entries: readonly Entry[];
  running: boolean;
  /** Files that were handed over and are not checked: past the limit, or after a stop. */
  leftOut: number;
  start(given: readonly Given[], leftOut?: number): void;
  stop(): void;
  /** Check again what could not be told, or was not answered. */
  retry(): void;
}

const entriesAtMost = 1000;
const together = 4;
/** How often results are shown while they come in: a list of hundreds is not drawn anew for each. */
const showEvery = 150;

export const isOpen = ({ checked }: Entry): boolean =>
  checked?.kind === 'unanswered' ||
  (checked?.kind === 'assessed' && checked.assessment.verification.verdict === 'cannot-tell');

/** Checks what was handed over, a few at a time, and opens archives on the way. `ready` ends when the sources are known. */
export function useBatch(sources: readonly TrustSource[], ready: Promise<unknown>): Batch {
  const [shown, setShown] = useState({ entries: [] as readonly Entry[], running: false, leftOut: 0 });
  const list = useRef<Entry[]>([]);
  const leftOut = useRef(0);
  const run = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const current = useRef(sources);

  const show = useCallback((running: boolean) => {
    clearTimeout(timer.current);
    timer.current = undefined;
    setShown({ entries: [...list.current], running, leftOut: leftOut.current });
  }, []);

  useEffect(() => {
    current.current = sources;
    list.current = list.current.map((entry) => withSources(entry, sources));
    setShown((before) => ({ ...before, entries: [...list.current] }));
  }, [sources]);
  useEffect(
    () => () => {
      run.current += 1;
      clearTimeout(timer.current);
    },
    [],
  );

  const work = useCallback(
    async (queue: Entry[]) => {
      run.current += 1;
      const mine = run.current;
      const network = openNetwork();
      show(true);
      await ready.catch(() => undefined);
      const checkOne = async (entry: Entry): Promise<void> => {
        const used = current.current;
        const checked = await check(entry.given, network, used);
        // Something newer was given meanwhile, or the rest was stopped: its results are the ones to show.
        if (run.current !== mine) return;
        const place = list.current.findIndex(({ id }) => id === entry.id);
        if (checked.kind === 'unpacked') {
          const room = entriesAtMost - list.current.length + 1;
          const parts = checked.parts
            .slice(0, room)
            .map((given, index) => ({ id: `${entry.id}-${index}`, given, checked: null }));
          leftOut.current += checked.leftOut + checked.parts.length - parts.length;
          list.current.splice(place, 1, ...parts);
          queue.unshift(...parts);
        } else {
          const done = { ...entry, checked };
          list.current[place] = current.current === used ? done : withSources(done, current.current);
        }
        timer.current ??= setTimeout(show, showEvery, true);
        // Between two checks the page may answer its person.
        await new Promise((next) => setTimeout(next));
      };
      const active = new Set<Promise<void>>();
      while (run.current === mine && queue.length + active.size > 0) {
        const entry = active.size < together ? queue.shift() : undefined;
        if (entry === undefined) await Promise.race(active);
        else {
          const checking = checkOne(entry).finally(() => active.delete(checking));
          active.add(checking);
        }
      }
      if (run.current === mine) show(false);
    },
    [ready, show],
  );

  const start = useCallback(
    (given: readonly Given[], dropped = 0) => {
      if (given.length === 0) return;
      const taken = given.slice(0, entriesAtMost);
      leftOut.current = dropped + given.length - taken.length;
      list.current = taken.map((one, index) => ({ id: `result-${run.current}-${index}`, given: one, checked: null }));
      void work([...list.current]);
    },
    [work],
  );
  const stop = useCallback(() => {
    run.current += 1;
    leftOut.current += list.current.filter(({ checked }) => checked === null).length;
    list.current = list.current.filter(({ checked }) => checked !== null);
    show(false);
  }, [show]);
  const retry = useCallback(() => {
    list.current = list.current.map((entry) => (isOpen(entry) ? { ...entry, checked: null } : entry));
    void work(list.current.filter(({ checked }) => checked === null));
  }, [work]);

  return { ...shown, start, stop, retry };
}

function withSources(entry: Entry, sources: readonly TrustSource[]): Entry {
  const { checked } = entry;
  if (checked?.kind !== 'assessed') return entry;
  return { ...entry, checked: { ...checked, assessment: askOtherSources(checked.assessment, sources) } };
}

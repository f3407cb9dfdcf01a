import { useCallback, useMemo, useState } from 'react';
import type { Finding } from '../../../core/finding.ts';
import type { TrustSource } from '../../../core/trust/trust-source.ts';

export interface SourceChoice {
  key: string;
  source: TrustSource;
  /** Added by the viewer, and kept in this browser only. */
  own: boolean;
  on: boolean;
}

export interface TrustChoice {
  choices: readonly SourceChoice[];
  /** Those that are switched on. */
  sources: readonly TrustSource[];
  /** False when this browser does not keep what was chosen. */
  kept: boolean;
  setOn(key: string, on: boolean): void;
  add(file: Blob): Promise<readonly Finding[]>;
  remove(key: string): void;
}

interface Stored {
  /** Keys of the lists that are switched off. */
  off: string[];
  own: TrustSource[];
}

const place = 'assay.trust';

/** Which lists say who an issuer is: this server's and the viewer's own, each on or off, remembered in this browser. */
export function useTrustSources(served: readonly TrustSource[]): TrustChoice {
  const [stored, setStored] = useState(load);
  const [kept, setKept] = useState(true);

  const change = useCallback((next: Stored) => {
    setStored(next);
    setKept(keep(next));
  }, []);
  const choices = useMemo(() => {
    const choice = (source: TrustSource, own: boolean): SourceChoice => {
      const key = `${own ? 'own' : 'served'} ${source.name}`;
      return { key, source, own, on: !stored.off.includes(key) };
    };
    return [...served.map((source) => choice(source, false)), ...stored.own.map((source) => choice(source, true))];
  }, [served, stored]);
  const sources = useMemo(() => choices.filter(({ on }) => on).map(({ source }) => source), [choices]);

  return {
    choices,
    sources,
    kept,
    setOn: (key, on) =>
      change({ ...stored, off: on ? stored.off.filter((other) => other !== key) : [...stored.off, key] }),
    add: async (file) => {
      const { readTrustSource } = await import('../../verify-here.ts');
      const read = await readTrustSource(file);
      if (!read.ok) return read.findings;
      // A list of the same name is a newer edition of it.
      const others = stored.own.filter(({ name }) => name !== read.source.name);
      change({ off: stored.off, own: [...others, read.source] });
      return [];
    },
    remove: (key) =>
      change({
        off: stored.off.filter((other) => other !== key),
        own: stored.own.filter(({ name }) => `own ${name}` !== key),
      }),
  };
}

function load(): Stored {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(place) ?? '{}');
    const { off, own } = read as Partial<Stored>;
    return {
      off: Array.isArray(off) ? off.filter((key) => typeof key === 'string') : [],
      own: Array.isArray(own) ? own.filter(isList) : [],
    };
  } catch {
    return { off: [], own: [] };
  }
}

/** The list was read with all its rules when it was added; what another hand put there since must not stop the page. */
function isList(value: unknown): value is TrustSource {
  const { name, date, issuers } = (value ?? {}) as Record<string, unknown>;
  const isText = (one: unknown) => typeof one === 'string';
  const isIssuer = (one: unknown) =>
    isText((one as TrustSource['issuers'][0])?.id) && isText((one as { name?: unknown }).name);
  return isText(name) && isText(date) && Array.isArray(issuers) && issuers.every(isIssuer);
}

function keep(stored: Stored): boolean {
  try {
    localStorage.setItem(place, JSON.stringify(stored));
    return true;
  } catch {
    return false;
  }
}

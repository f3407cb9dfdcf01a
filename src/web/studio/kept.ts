import { useEffect, useState } from 'react';

const prefix = 'assay.kept.';

/**
 * What somebody typed, kept in this browser's tab until it is cleared: it is there again after a reload. Never for passwords
 * or keys.
 */
export function useKept<Value>(name: string, initial: Value): [Value, (value: Value) => void, () => void] {
  const key = `${prefix}${name}`;
  const [value, setValue] = useState(() => read(key, initial));
  const text = JSON.stringify(value);
  const isChanged = text !== JSON.stringify(initial);
  useEffect(() => {
    try {
      if (isChanged) sessionStorage.setItem(key, text);
      else forget(key);
    } catch {
      // A browser that keeps nothing: a reload loses what was typed.
    }
  }, [key, text, isChanged]);
  const clear = () => {
    // Also for a page that is left by now.
    forget(key);
    setValue(initial);
  };
  return [value, setValue, clear];
}

/** Whoever signs in next in this tab is somebody else: what was typed may name learners. */
export function forgetAll(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) forget(key);
  } catch {
    // It keeps nothing anyway.
  }
}

function forget(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // It keeps nothing anyway.
  }
}

function read<Value>(key: string, initial: Value): Value {
  try {
    const kept = sessionStorage.getItem(key);
    return kept === null ? initial : (JSON.parse(kept) as Value);
  } catch {
    return initial;
  }
}

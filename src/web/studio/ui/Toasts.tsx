import { createContext, type ReactNode, use, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useStudioTexts } from '../texts/index.ts';
import { placeOf, returnTo } from './focus.ts';

interface Toast {
  id: number;
  text: string;
  undo?: () => void;
}

const Add = createContext<(text: string, undo?: () => void) => void>(() => {});

/** Say shortly what was done, and offer to undo it. Never the only place of an error. */
export const useToast = () => use(Add);

const stays = 10_000;
const staysToUndo = 20_000;

/** The toasts of the page: each stays a while, longer where there is something to undo, or until it is dismissed. */
export function Toasts({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Toast[]>([]);
  const count = useRef(0);
  const remove = useCallback((id: number) => setShown((all) => all.filter((toast) => toast.id !== id)), []);
  const add = useCallback((text: string, undo?: () => void) => {
    const id = count.current++;
    setShown((all) => [...all, { id, text, ...(undo && { undo }) }]);
  }, []);
  return (
    <Add value={add}>
      {children}
      <Shown toasts={shown} remove={remove} />
    </Add>
  );
}

/** None goes while the pointer or the focus is on one; the focus goes back to where it came from. */
function Shown({ toasts, remove }: { toasts: readonly Toast[]; remove(id: number): void }) {
  const [held, setHeld] = useState(false);
  const region = useRef<HTMLDivElement>(null);
  const before = useRef<Element>(null);
  const dismiss = (id: number) => {
    const hadFocus = region.current?.contains(document.activeElement);
    setHeld(false);
    remove(id);
    if (hadFocus) back();
  };
  const back = () => returnTo(before.current === null ? [] : [before.current, ...placeOf(before.current)]);
  useLayoutEffect(() => {
    if (toasts.length === 0) return;
    // They stand after the whole page: one key leads to the newest, and back.
    const go = (event: KeyboardEvent) => {
      if (event.key !== 'F6' || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (region.current?.contains(document.activeElement)) back();
      else region.current?.querySelector<HTMLElement>('.toast:last-child button')?.focus();
    };
    document.addEventListener('keydown', go);
    return () => document.removeEventListener('keydown', go);
  });
  return (
    <div
      className="toasts"
      role="status"
      ref={region}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={({ currentTarget, relatedTarget }) => {
        setHeld(true);
        if (!currentTarget.contains(relatedTarget)) before.current = relatedTarget;
      }}
      onBlur={() => setHeld(false)}
    >
      {toasts.map((toast) => (
        <One key={toast.id} toast={toast} held={held} onDismiss={dismiss} onEnd={remove} />
      ))}
    </div>
  );
}

interface OneProps {
  toast: Toast;
  held: boolean;
  onDismiss(id: number): void;
  onEnd(id: number): void;
}

function One({ toast: { id, text, undo }, held, onDismiss, onEnd }: OneProps) {
  const texts = useStudioTexts();
  const time = undo === undefined ? stays : staysToUndo;
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => onEnd(id), time);
    return () => clearTimeout(timer);
  }, [held, id, time, onEnd]);
  return (
    <div className="toast">
      <p>{text}</p>
      <p className="key">
        <kbd>F6</kbd> <span className="vh">{texts.toastKey}</span>
      </p>
      {undo !== undefined && (
        <button
          type="button"
          onClick={() => {
            undo();
            onDismiss(id);
          }}
        >
          {texts.undo}
        </button>
      )}
      <button type="button" onClick={() => onDismiss(id)}>
        {texts.dismiss}
      </button>
    </div>
  );
}

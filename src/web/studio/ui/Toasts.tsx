import { createContext, type ReactNode, use, useCallback, useRef, useState } from 'react';
import { useStudioTexts } from '../texts/index.ts';

interface Toast {
  id: number;
  text: string;
  undo?: () => void;
}

const Add = createContext<(text: string, undo?: () => void) => void>(() => {});

/** Say shortly what was done, and offer to undo it. Never the only place of an error. */
export const useToast = () => use(Add);

const stays = 10_000;

/** The toasts of the page: each stays ten seconds, or until it is dismissed. */
export function Toasts({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<Toast[]>([]);
  const count = useRef(0);
  const remove = useCallback((id: number) => setShown((all) => all.filter((toast) => toast.id !== id)), []);
  const add = useCallback(
    (text: string, undo?: () => void) => {
      const id = count.current++;
      setShown((all) => [...all, { id, text, ...(undo && { undo }) }]);
      setTimeout(() => remove(id), stays);
    },
    [remove],
  );
  return (
    <Add value={add}>
      {children}
      <Shown toasts={shown} remove={remove} />
    </Add>
  );
}

function Shown({ toasts, remove }: { toasts: readonly Toast[]; remove(id: number): void }) {
  const texts = useStudioTexts();
  return (
    <div className="toasts" role="status">
      {toasts.map(({ id, text, undo }) => (
        <div className="toast" key={id}>
          <p>{text}</p>
          {undo !== undefined && (
            <button
              type="button"
              onClick={() => {
                undo();
                remove(id);
              }}
            >
              {texts.undo}
            </button>
          )}
          <button type="button" onClick={() => remove(id)}>
            {texts.dismiss}
          </button>
        </div>
      ))}
    </div>
  );
}

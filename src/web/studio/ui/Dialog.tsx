import { type ReactNode, useEffect, useId, useRef } from 'react';

export interface DialogProps {
  /** The question. */
  title: string;
  children?: ReactNode;
  /** The answers: buttons. */
  ends: ReactNode;
  /** Escape, too, answers no. */
  onClose(): void;
}

/** Asks before what cannot be undone. The browser keeps the focus inside and gives it back. */
export function Dialog({ title, children, ends, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const before = document.activeElement;
    const shown = dialog.current;
    shown?.showModal();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="stack">
        <h2 id={id}>{title}</h2>
        {children}
      </div>
      <div className="ends">{ends}</div>
    </dialog>
  );
}

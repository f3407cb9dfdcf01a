import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { placeOf, returnTo } from './focus.ts';

export interface DialogProps {
  /** The question. */
  title: string;
  children?: ReactNode;
  /** The answers: buttons. */
  ends: ReactNode;
  /** Escape, too, answers no. */
  onClose(): void;
}

/** Asks before what cannot be undone. The browser keeps the focus inside and gives it back; where the button that asked is gone, to what is left around it. */
export function Dialog({ title, children, ends, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Closed while it still stands in the page: the browser then gives the focus back.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const place = placeOf(before);
    const shown = dialog.current;
    shown?.showModal();
    return () => {
      shown?.close();
      if (before?.isConnected !== true) returnTo(place);
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

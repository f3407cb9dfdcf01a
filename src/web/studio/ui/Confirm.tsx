import { type FormEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';
import { useKept } from '../kept.ts';
import { useStudioTexts } from '../texts/index.ts';
import { Dialog } from './Dialog.tsx';
import { Area } from './Field.tsx';
import { Problem } from './Problem.tsx';

export interface ConfirmProps {
  /** The question. */
  title: string;
  /** What will happen, with its numbers. */
  children?: ReactNode;
  /** What the doing button says: what happens. */
  act: string;
  /** What the other one says. */
  keep?: string;
  /** Cannot be undone, or hurts: the button is red. */
  danger?: boolean;
  /** Without it no reason is asked, and '' given. */
  reason?: boolean;
  /** Who reads the reason, where that is not the audit log alone. */
  reasonHelp?: string;
  /** Gives false when something in it needs a look first: the dialog stays open. */
  onAct(reason: string): Promise<unknown>;
  onClose(): void;
}

/**
 * Says what will happen, asks why, and does it; it stays open, with what was typed, when that fails, and leads to what is
 * wrong. After a reload the same question still has its reason.
 */
export function Confirm({
  title,
  children,
  act,
  keep,
  danger = false,
  reason = true,
  reasonHelp,
  onAct,
  onClose,
}: ConfirmProps) {
  const texts = useStudioTexts();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [text, setText, forget] = useKept(`reason.${location.pathname}.${title}`, '');
  const [fault, setFault] = useState<string>();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState(0);
  // As what is wrong is drawn: what is typed next, however soon, goes there.
  useLayoutEffect(() => {
    if (refused > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [refused]);
  const close = () => {
    forget();
    onClose();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // Whatever form of the page it stands in is not sent.
    event.stopPropagation();
    if (reason && text.trim() === '') {
      setFault(texts.reasonMissing);
      return setRefused(refused + 1);
    }
    setBusy(true);
    setError(null);
    try {
      if ((await onAct(text.trim())) !== false) return close();
      setBusy(false);
      setRefused(refused + 1);
    } catch (error) {
      setError(error);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={title}
      onClose={close}
      ends={
        <>
          <button type="submit" form={id} className={danger ? 'btn danger do' : 'btn primary'} aria-disabled={busy}>
            {act}
          </button>
          <button type="button" className="btn" onClick={close}>
            {keep ?? texts.cancel}
          </button>
        </>
      }
    >
      <form
        id={id}
        ref={form}
        className="stack"
        onSubmit={(event) => void (busy ? event.preventDefault() : submit(event))}
        noValidate
      >
        {children}
        {reason && (
          <Area
            label={texts.reason}
            help={reasonHelp ?? texts.reasonHelp}
            fault={fault}
            value={text}
            maxLength={1000}
            onChange={(value) => {
              setText(value);
              setFault(undefined);
            }}
          />
        )}
      </form>
      {error !== null && <Problem error={error} />}
    </Dialog>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { ProblemError } from '../../../api.ts';
import { fill } from '../../../texts/language.ts';
import { useIssuer } from '../../issuer.ts';
import { useIssuerChange } from '../../queries.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { Refusal } from '../../ui/Refusal.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import type { DraftState, Version } from './draft.ts';
import { useTexts } from './texts.ts';

interface SaveButtonsProps {
  latest: Version;
  state: DraftState;
  /** Would keep credentials from being built: nothing such is saved. */
  hasFaults(): Promise<boolean>;
  onAttempt(): void;
}

/** Save what is written, by button or Ctrl+S, or drop it. */
export function SaveButtons({ latest, state, hasFaults, onAttempt }: SaveButtonsProps) {
  const { head } = useTexts();
  const toast = useToast();
  const client = useQueryClient();
  const { slug } = useIssuer();
  const save = useIssuerChange<Version>();
  const [asks, setAsks] = useState(false);
  const { draft, isChanged, isStale } = state;
  const submit = async () => {
    if (save.isPending || isStale) return;
    if (!isChanged) return toast(head.nothingToSave);
    const isWrong = await hasFaults();
    // What is wrong is drawn with it, and takes the focus, also where somebody saves as soon as they typed.
    onAttempt();
    if (isWrong) return;
    const { achievement, evidence, basis } = draft;
    const path = `/achievements/${latest.id}`;
    const body = { achievement, evidence, basis };
    const version = await save.mutateAsync({ path, method: 'PUT', body }).catch((error: unknown) => {
      // Somebody else saved: theirs is shown beside what was typed.
      if (error instanceof ProblemError && error.code === 'conflict')
        void client.invalidateQueries({ queryKey: [slug, path] });
      throw error;
    });
    state.saved(draft, version);
    toast(head.saved1);
  };
  const run = useRef(submit);
  run.current = submit;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      void run.current().catch(() => undefined);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return (
    <div className="save">
      <div className="row">
        <button
          type="button"
          className="btn primary"
          aria-disabled={save.isPending || !isChanged || isStale}
          onClick={() => void submit().catch(() => undefined)}
        >
          {latest.state === 'approved' ? fill(head.saveNext, { version: latest.version + 1 }) : head.save}
        </button>
        {isChanged && (
          <button type="button" className="btn" onClick={() => setAsks(true)}>
            {head.discard}
          </button>
        )}
      </div>
      {save.isError && !isStale && <Refusal error={save.error} title={head.notSaved} />}
      {asks && (
        <Confirm
          title={head.discardTitle}
          act={head.discard}
          keep={head.keep}
          danger
          reason={false}
          onAct={async () => state.discard()}
          onClose={() => setAsks(false)}
        >
          <p>{head.discardMeaning}</p>
        </Confirm>
      )}
    </div>
  );
}

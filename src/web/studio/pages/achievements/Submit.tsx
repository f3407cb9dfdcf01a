import { useState } from 'react';
import { fill } from '../../../texts/language.ts';
import { useIssuerChange } from '../../queries.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import type { Version } from './draft.ts';
import type { AuthorList } from './judge.ts';
import { useTexts } from './texts.ts';

/** Send the saved draft to review. */
export function Submit({ latest, list, isChanged }: { latest: Version; list: AuthorList; isChanged: boolean }) {
  const { submit: texts } = useTexts();
  const toast = useToast();
  const change = useIssuerChange();
  const [asks, setAsks] = useState(false);
  const { missing } = list.count;
  return (
    <div className="submit">
      <button
        type="button"
        className="btn primary wide"
        aria-disabled={isChanged}
        aria-describedby={isChanged ? 'submit-why' : undefined}
        onClick={() => isChanged || setAsks(true)}
      >
        {texts.act}
      </button>
      {isChanged && (
        <p className="small muted" id="submit-why">
          {texts.unsaved}
        </p>
      )}
      {asks && (
        <Confirm
          title={fill(texts.title, { version: latest.version })}
          act={texts.act}
          reason={false}
          onAct={async () => {
            await change.mutateAsync({ path: `/achievements/${latest.id}/submit`, body: {} });
            toast(texts.done);
          }}
          onClose={() => setAsks(false)}
        >
          {missing > 0 && <p>{fill(texts.lacks, { count: missing, class: list.class.label })}</p>}
          <p>{texts.meaning}</p>
        </Confirm>
      )}
    </div>
  );
}

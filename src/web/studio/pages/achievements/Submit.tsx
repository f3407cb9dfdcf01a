import { useState } from 'react';
import type { FoundPolicy } from '../../../../server/policy/policy.ts';
import { fill } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useIssuerChange, useIssuerQuery } from '../../queries.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import type { Version } from './draft.ts';
import type { AuthorList } from './judge.ts';
import { useTexts } from './texts.ts';

export interface SubmitProps {
  latest: Version;
  list: AuthorList;
  isChanged: boolean;
  /** Of a class: what it is called, and whether the draft supports it. */
  askedOf: Asked;
}

type Asked = (wanted: string) => { label: string; isReached: boolean };

/** Send the saved draft to review. What the policy does with credentials of it stands beside. */
export function Submit({ latest, list, isChanged, askedOf }: SubmitProps) {
  const { submit: texts } = useTexts();
  const toast = useToast();
  const change = useIssuerChange();
  const [asks, setAsks] = useState(false);
  const { missing } = list.count;
  return (
    <div className="submit">
      <IssueGate askedOf={askedOf} />
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

/** Which class the policy asks of credentials, and what becomes of those of this draft. */
function IssueGate({ askedOf }: { askedOf: Asked }) {
  const { gate: texts } = useTexts();
  const { data } = useIssuerQuery<FoundPolicy>('/policy');
  if (data === undefined) return null;
  const { gate, gateClass } = data.policy;
  if (gate === 'off') return <p className="small muted">{texts.off}</p>;
  const { label, isReached } = askedOf(gateClass);
  return (
    <div className="note">
      <Icon name="info" />
      <div className="small">
        <p>{fill(texts[gate], { class: label })}</p>
        <p>
          <b>{isReached ? texts.passes : texts.falls[gate]}</b>
        </p>
      </div>
    </div>
  );
}

import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Preview } from '../../../../server/correction/bulk.ts';
import { askJson } from '../../../api.ts';
import { fill } from '../../../texts/language.ts';
import { useIssuer } from '../../issuer.ts';
import { useIssuerChange } from '../../queries.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { Problem } from '../../ui/Problem.tsx';
import { type Filter, selectionOf } from './filter.ts';
import { useTexts } from './texts.ts';

const acts = ['suspend', 'reinstate', 'reissue', 'revoke'] as const;
type Act = (typeof acts)[number];

export interface BulkActionsProps {
  filter: Filter;
  chosen: ReadonlySet<string>;
  onClear(): void;
}

/** An act on all that are chosen, or on all that the filter matches: first what it would do, in numbers. */
export function BulkActions({ filter, chosen, onClear }: BulkActionsProps) {
  const texts = useTexts();
  const navigate = useNavigate();
  const { slug } = useIssuer();
  const change = useIssuerChange<{ id: string }>();
  const [preview, setPreview] = useState<Preview | null>(null);
  const [error, setError] = useState<unknown>(null);
  const matching = selectionOf(filter);
  const selection = chosen.size > 0 ? { ids: [...chosen] } : matching;
  const look = (act: Act) => {
    setError(null);
    askJson<Preview>(`/api/issuers/${slug}/credentials/bulk/preview`, {
      method: 'POST',
      body: { act, selection },
    }).then(setPreview, setError);
  };
  if (selection === null) return <p className="small muted">{texts.chooseFirst}</p>;
  return (
    <section className="bulk" aria-label={texts.bulk}>
      <div className="row">
        <p>
          <b>{chosen.size > 0 ? fill(texts.chosen, { count: chosen.size }) : texts.allMatching}</b>
        </p>
        {acts.map((act) => (
          <button key={act} type="button" className={act === 'revoke' ? 'btn danger' : 'btn'} onClick={() => look(act)}>
            {texts.bulkActs[act]}
          </button>
        ))}
        {chosen.size > 0 && (
          <button type="button" className="btn plain" onClick={onClear}>
            {texts.clear}
          </button>
        )}
      </div>
      {error !== null && <Problem error={error} />}
      {preview !== null && (
        <Confirm
          title={fill(texts.bulkTitles[preview.act], { count: changing(preview) })}
          act={fill(texts.bulkDoes[preview.act], { count: changing(preview) })}
          danger={preview.act === 'revoke'}
          reasonHelp={texts.publicReason}
          onAct={async (reason) => {
            const { id } = await change.mutateAsync({
              path: '/credentials/bulk',
              body: { act: preview.act, selection, reason, digest: preview.digest },
            });
            onClear();
            await navigate({ to: `/${slug}/credentials/changes/${id}` });
          }}
          onClose={() => setPreview(null)}
        >
          <p className="lead">{texts.actLeads[preview.act]}</p>
          <Counts preview={preview} />
          <ul className="effects">
            {texts.actEffects[preview.act].map((effect) => (
              <li key={effect}>{effect}</li>
            ))}
          </ul>
        </Confirm>
      )}
    </section>
  );
}

const changing = ({ changes }: Preview): number =>
  changes.reduce((sum, { to, count }) => sum + (to === null ? 0 : count), 0);

/** How many of which state become what, and how many stay. */
function Counts({ preview: { changes, total, unknown } }: { preview: Preview }) {
  const texts = useTexts();
  return (
    <dl className="facts">
      <div>
        <dt>{texts.inAll}</dt>
        <dd className="num">{fill(texts.credentials, { count: total })}</dd>
      </div>
      {changes.map(({ from, to, count }) => (
        <div key={from}>
          <dt>{texts.states[from]}</dt>
          <dd>
            {to === null
              ? fill(texts.stay, { count })
              : fill(texts.become, { count, state: texts.states[to].toLocaleLowerCase() })}
          </dd>
        </div>
      ))}
      {unknown > 0 && (
        <div>
          <dt>{texts.unknown}</dt>
          <dd className="num">{unknown}</dd>
        </div>
      )}
    </dl>
  );
}

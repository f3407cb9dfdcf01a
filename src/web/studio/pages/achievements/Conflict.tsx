import { useMemo } from 'react';
import { fill, formatDate } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import type { DraftState, Version } from './draft.ts';
import { changesBetween } from './review/changes.ts';
import { labelOf } from './review/labels.ts';
import { useTexts } from './texts.ts';

/** Two people wrote at once: what the other one saved, and which of the two goes on. */
export function Conflict({ latest, state }: { latest: Version; state: DraftState }) {
  const words = useTexts();
  const { conflict: texts, states } = words;
  const toast = useToast();
  const { draft } = state;
  const fields = useMemo(() => {
    const { meaning, reading, hidden } = changesBetween(draft, latest);
    // What they took out is named as it stands in mine.
    const said = [...meaning, ...reading, ...hidden].map(({ change, pointer }) =>
      labelOf(pointer, change === 'removed' ? draft : latest, words),
    );
    return [...new Set(said)];
  }, [draft, latest, words]);
  return (
    <section className="note unsure" role="alert">
      <Icon name="unsure" className="unsure" />
      <div className="fs">
        <p>
          <b>{texts.title}</b> {texts.meaning}
        </p>
        <p>
          {fill(texts.theirs, {
            version: latest.version,
            state: states[latest.state].toLowerCase(),
            time: formatDate(latest.changedAt),
          })}
        </p>
        {fields.length === 0 ? (
          <p>{texts.noDifference}</p>
        ) : (
          <ul className="small">
            {fields.map((field) => (
              <li key={field}>
                <bdi>{field}</bdi>
              </li>
            ))}
          </ul>
        )}
        <div className="row">
          <button type="button" className="btn" onClick={state.rebase} aria-describedby="mine-meaning">
            {texts.useMine}
          </button>
          <button
            type="button"
            className="btn"
            onClick={() => {
              const mine = state.draft;
              state.discard();
              toast(texts.dropped, () => state.change(() => mine));
            }}
          >
            {texts.useTheirs}
          </button>
        </div>
        <p className="small muted" id="mine-meaning">
          {texts.mineMeaning}
        </p>
      </div>
    </section>
  );
}

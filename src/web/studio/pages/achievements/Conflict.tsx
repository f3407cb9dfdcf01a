import { useMemo } from 'react';
import { diffJson } from '../../../../core/json/diff-json.ts';
import { fill, formatDate } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import type { DraftState, Version } from './draft.ts';

import { useTexts } from './texts.ts';

/** Two people wrote at once: what the other one saved, and which of the two goes on. */
export function Conflict({ latest, state }: { latest: Version; state: DraftState }) {
  const { conflict: texts, states } = useTexts();
  const { achievement } = state.draft;
  const places = useMemo(
    () => [...new Set(diffJson(achievement, latest.achievement).map(({ pointer }) => pointer))],
    [achievement, latest],
  );
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
        {places.length === 0 ? (
          <p>{texts.noDifference}</p>
        ) : (
          <ul className="small">
            {places.map((pointer) => (
              <li key={pointer}>
                <code dir="ltr">{pointer}</code>
              </li>
            ))}
          </ul>
        )}
        <div className="row">
          <button type="button" className="btn" onClick={state.rebase} aria-describedby="mine-meaning">
            {texts.useMine}
          </button>
          <button type="button" className="btn" onClick={state.discard}>
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

import { useId, useState } from 'react';
import { renderFinding } from '../../../core/catalogue/render.ts';
import type { Finding } from '../../../core/finding.ts';
import { words } from '../../credential/words.ts';
import { fill, formatDate, texts } from '../../texts/language.ts';
import { chooseFile } from '../../ui/choose-file.ts';
import { Icon } from '../../ui/Icon.tsx';
import type { SourceChoice, TrustChoice } from './use-trust-sources.ts';

/** The lists that say who an issuer is, each on or off, and one's own by file. Shown when somebody asks for it. */
export function TrustSources({ trust, unanswered }: { trust: TrustChoice; unanswered: boolean }) {
  const [faults, setFaults] = useState<readonly Finding[]>([]);
  const [removed, setRemoved] = useState<SourceChoice | null>(null);
  const id = useId();

  const add = async (file: Blob) => {
    setRemoved(null);
    setFaults(await trust.add(file));
  };
  return (
    <>
      <p className="small muted">{texts.trustNote}</p>
      {unanswered && <p className="small">{texts.trustUnanswered}</p>}
      {trust.choices.length === 0 && !unanswered && <p className="small">{texts.trustNone}</p>}
      <ul className="sources">
        {trust.choices.map(({ key, source, own, on }) => (
          <li key={key}>
            <label className="choice">
              <input type="checkbox" checked={on} onChange={({ target }) => trust.setOn(key, target.checked)} />
              <span>
                <b>
                  <bdi>{source.name}</bdi>
                </b>
                <span className="small muted">
                  {fill(own ? texts.trustOwn : texts.trustServed, {
                    date: formatDate(source.date),
                    count: source.issuers.length,
                  })}
                </span>
              </span>
            </label>
            {own && (
              <button
                type="button"
                className="btn plain"
                onClick={() => {
                  trust.remove(key);
                  setRemoved({ key, source, own, on });
                }}
              >
                {texts.trustRemove}
                <span className="vh"> {source.name}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      <div className={faults.length > 0 ? 'field bad' : 'field'}>
        <button
          type="button"
          className="btn"
          aria-describedby={`${id}-help`}
          onClick={() => chooseFile('application/json,.json', add)}
        >
          <Icon name="up" />
          {texts.trustAdd}
        </button>
        <p className="help" id={`${id}-help`}>
          {texts.trustAddHelp}
        </p>
        <div role="alert">
          {faults.slice(0, 5).map((fault) => {
            const { say, todo } = renderFinding(fault, words());
            return (
              <p className="err" key={`${fault.code} ${fault.pointer}`}>
                <Icon name="failed" />
                <span>
                  {say} {todo}
                </span>
              </p>
            );
          })}
        </div>
      </div>
      <div role="status" className="small">
        {!trust.kept && <p>{texts.trustNotKept}</p>}
        {removed !== null && (
          <p>
            <bdi>{fill(texts.trustRemoved, { name: removed.source.name })}</bdi>{' '}
            <button
              type="button"
              className="btn plain"
              onClick={() => {
                void add(new Blob([JSON.stringify(removed.source)]));
              }}
            >
              {texts.trustUndo}
            </button>
          </p>
        )}
      </div>
    </>
  );
}

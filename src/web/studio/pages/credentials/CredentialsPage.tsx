import './credentials.css';
import { useState } from 'react';
import type { ListedCredential } from '../../../../server/credential/routes.ts';
import { fill, formatDate } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useIssuer, useMay } from '../../issuer.ts';
import { type Slice, useIssuerQuery } from '../../queries.ts';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Missing } from '../../ui/Missing.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { BulkActions } from './BulkActions.tsx';
import { Filters } from './Filters.tsx';
import { filterQuery, useFilter } from './filter.ts';
import { Lookup } from './Lookup.tsx';
import { OpenReports } from './OpenReports.tsx';
import { useTexts } from './texts.ts';

const pageSize = 100;
/** As many as one act takes by their ids. */
const mostChosen = 10_000;

/** Every credential, page by page, with filters and acts on many. */
export function Page() {
  const { name, slug } = useIssuer();
  const texts = useTexts();
  const [mayIssue, mayManage] = [useMay('issue'), useMay('manage')];
  const [filter, setFilter] = useFilter();
  return (
    <>
      <PageHead
        title={texts.title}
        within={name}
        lead={texts.lead}
        actions={
          <>
            <IssuerLink to="/credentials/changes" className="btn">
              {texts.toChanges}
            </IssuerLink>
            <a className="btn" href={`/api/issuers/${slug}/credentials/export?${filterQuery(filter)}`}>
              <Icon name="down" />
              {texts.asCsv}
            </a>
            {mayManage && (
              <a className="btn" href={`/api/issuers/${slug}/ledger?format=csv`}>
                <Icon name="down" />
                {texts.ledger}
              </a>
            )}
          </>
        }
      />
      <div className="stack-2">
        <Lookup />
        {mayIssue && <OpenReports />}
        <Filters filter={filter} onChange={setFilter} />
        <Listed key={filterQuery(filter)} query={filterQuery(filter)} />
      </div>
    </>
  );
}

function Listed({ query }: { query: string }) {
  const texts = useTexts();
  const mayIssue = useMay('issue');
  const [filter] = useFilter();
  // Where each page begins that was seen: one page alone is drawn, however long the list is.
  const [places, setPlaces] = useState<(string | null)[]>([null]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const after = places.at(-1);
  const path = `/credentials?limit=${pageSize}${query === '' ? '' : `&${query}`}${after ? `&after=${after}` : ''}`;
  const list = useIssuerQuery<Slice<ListedCredential>>(path);
  const toggle = (ids: readonly string[], on: boolean) => {
    const next = new Set(chosen);
    for (const id of ids) {
      if (!on) next.delete(id);
      else if (next.size < mostChosen) next.add(id);
    }
    setChosen(next);
  };
  return (
    <Loaded query={list} what={texts.listWhat} rows={8}>
      {({ items, next }) => {
        if (items.length === 0 && places.length === 1)
          return query === '' ? (
            <Missing title={texts.none} text={texts.noneMeaning}>
              {mayIssue && (
                <IssuerLink to="/issue" className="btn primary">
                  {texts.toIssue}
                </IssuerLink>
              )}
            </Missing>
          ) : (
            <Missing title={texts.noMatch} text={texts.noMatchMeaning}>
              <IssuerLink to="/credentials" className="btn">
                {texts.allCredentials}
              </IssuerLink>
            </Missing>
          );
        return (
          <>
            {mayIssue && <BulkActions filter={filter} chosen={chosen} onClear={() => setChosen(new Set())} />}
            <div className="card list-table">
              <Rows items={items} chosen={chosen} onToggle={mayIssue ? toggle : null} />
              <div className="more-rows row">
                <p className="small muted" role="status">
                  {fill(texts.pageShown, {
                    from: (places.length - 1) * pageSize + Math.min(1, items.length),
                    to: (places.length - 1) * pageSize + items.length,
                  })}
                </p>
                <div className="row">
                  <button
                    type="button"
                    className="btn"
                    aria-disabled={places.length === 1}
                    onClick={() => places.length > 1 && setPlaces(places.slice(0, -1))}
                  >
                    {texts.previous}
                  </button>
                  <button
                    type="button"
                    className="btn"
                    aria-disabled={next === null}
                    onClick={() => next !== null && setPlaces([...places, String(next)])}
                  >
                    {texts.next}
                  </button>
                </div>
              </div>
            </div>
          </>
        );
      }}
    </Loaded>
  );
}

interface RowsProps {
  items: readonly ListedCredential[];
  chosen: ReadonlySet<string>;
  /** Null where nothing can be chosen. */
  onToggle: ((ids: readonly string[], on: boolean) => void) | null;
}

function Rows({ items, chosen, onToggle }: RowsProps) {
  const texts = useTexts();
  const ids = items.map(({ id }) => id);
  const allChosen = ids.length > 0 && ids.every((id) => chosen.has(id));
  return (
    <table className="blocks">
      <caption className="vh">{texts.title}</caption>
      <thead>
        <tr>
          {onToggle !== null && (
            <th scope="col" className="tick">
              <label>
                <span className="vh">{texts.chooseAll}</span>
                <input type="checkbox" checked={allChosen} onChange={({ target }) => onToggle(ids, target.checked)} />
              </label>
            </th>
          )}
          <th scope="col">{texts.learner}</th>
          <th scope="col">{texts.achievement}</th>
          <th scope="col">{texts.state}</th>
          <th scope="col">{texts.claim}</th>
          <th scope="col">{texts.issued}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => {
          const who = item.learner?.name ?? item.learner?.email ?? texts.unnamed;
          return (
            <tr key={item.id}>
              {onToggle !== null && (
                <td className="tick">
                  <label>
                    <span className="vh">{fill(texts.choose, { who })}</span>
                    <input
                      type="checkbox"
                      checked={chosen.has(item.id)}
                      onChange={({ target }) => onToggle([item.id], target.checked)}
                    />
                  </label>
                </td>
              )}
              <th scope="row">
                <IssuerLink to={`/credentials/${item.id}`}>
                  <bdi>{who}</bdi>
                </IssuerLink>
                {item.learner?.name !== undefined && item.learner.email !== undefined && (
                  <span className="small muted second" dir="ltr">
                    {item.learner.email}
                  </span>
                )}
              </th>
              <td data-l={texts.achievement}>
                <bdi>{item.achievementName || texts.record}</bdi>
              </td>
              <td data-l={texts.state}>
                <span className="tag">{texts.states[item.state]}</span>
                {item.test && <span className="tag">{texts.test}</span>}
              </td>
              <td data-l={texts.claim}>{texts.claimStates[item.claim]}</td>
              <td data-l={texts.issued}>{formatDate(item.issuedAt.slice(0, 10))}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

import './credentials.css';
import { useCallback, useState, useTransition } from 'react';
import type { ListedCredential } from '../../../../server/credential/routes.ts';
import { fill } from '../../../texts/language.ts';
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
import { Rows } from './Rows.tsx';
import { useTexts } from './texts.ts';

/** Few enough to be drawn between two frames. */
const pageSize = 50;
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
  const list = useIssuerQuery<Slice<ListedCredential>>(path, { keeps: true });
  // Rows that are at hand already are drawn between frames too.
  const [isTurning, startTurning] = useTransition();
  const isComing = list.isPlaceholderData || isTurning;
  const turnTo = (next: (string | null)[]) => startTurning(() => setPlaces(next));
  // The same one each time, so that a row whose box did not change is not drawn again.
  const toggle = useCallback((ids: readonly string[], on: boolean) => {
    setChosen((chosen) => {
      const next = new Set(chosen);
      for (const id of ids) {
        if (!on) next.delete(id);
        else if (next.size < mostChosen) next.add(id);
      }
      return next;
    });
  }, []);
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
                  {!isComing &&
                    fill(texts.pageShown, {
                      from: (places.length - 1) * pageSize + Math.min(1, items.length),
                      to: (places.length - 1) * pageSize + items.length,
                    })}
                </p>
                <div className="row">
                  <button
                    type="button"
                    className="btn"
                    aria-disabled={places.length === 1 || isComing}
                    onClick={() => places.length > 1 && !isComing && turnTo(places.slice(0, -1))}
                  >
                    {texts.previous}
                  </button>
                  <button
                    type="button"
                    className="btn"
                    aria-disabled={next === null || isComing}
                    onClick={() => next !== null && !isComing && turnTo([...places, String(next)])}
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

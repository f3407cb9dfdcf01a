import './issue.css';
import type { ShownRoster } from '../../../../server/roster/routes.ts';
import { fill, formatDate, formatNumber } from '../../../texts/language.ts';
import { useIssuer } from '../../issuer.ts';
import { useIssuerList } from '../../queries.ts';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { type Column, ListTable } from '../../ui/ListTable.tsx';
import { Missing } from '../../ui/Missing.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { useTexts } from './texts.ts';

/** The ways to issue, and every list that came in, with how it stands. */
export function Page() {
  const { name } = useIssuer();
  const texts = useTexts();
  const list = useIssuerList<ShownRoster>('/rosters?limit=50');
  const columns: Column<ShownRoster>[] = [
    {
      head: texts.list,
      names: true,
      cell: (roster) => (
        <>
          <IssuerLink to={`/issue/${roster.id}`}>
            <bdi>{roster.name}</bdi>
          </IssuerLink>
          <br />
          <span className="small muted">
            <bdi>{roster.achievementName}</bdi>
          </span>
        </>
      ),
    },
    { head: texts.state, cell: ({ state }) => <span className="tag">{texts.states[state]}</span> },
    { head: texts.issued, numeric: true, cell: ({ issued, rows }) => fill(texts.ofRows, { count: issued, rows }) },
    { head: texts.faulty, numeric: true, cell: ({ faulty, failed }) => formatNumber(faulty + failed) },
    { head: texts.cameIn, cell: ({ createdAt }) => formatDate(createdAt.slice(0, 10)) },
  ];
  return (
    <>
      <PageHead title={texts.title} within={name} lead={texts.lead} />
      <div className="ways">
        <section className="card pad stack" aria-labelledby="way-list">
          <h2 id="way-list">{texts.wayList}</h2>
          <p>{texts.wayListMeaning}</p>
          <p>
            <IssuerLink to="/issue/list" className="btn primary">
              {texts.chooseList}
            </IssuerLink>
          </p>
        </section>
        <section className="card pad stack" aria-labelledby="way-grid">
          <h2 id="way-grid">{texts.wayGrid}</h2>
          <p>{texts.wayGridMeaning}</p>
          <p>
            <IssuerLink to="/issue/grid" className="btn">
              {texts.openGrid}
            </IssuerLink>
          </p>
        </section>
      </div>
      <h2 className="results-h">{texts.lists}</h2>
      <ListTable
        list={list}
        caption={texts.lists}
        what={texts.listsWhat}
        columns={columns}
        keyOf={({ id }) => id}
        empty={<Missing title={texts.noLists} text={texts.noListsMeaning} />}
      />
    </>
  );
}

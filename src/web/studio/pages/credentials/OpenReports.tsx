import type { Dispute } from '../../../../server/dispute/store.ts';
import { fill, formatDate } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useIssuerList } from '../../queries.ts';
import { useStudioTexts } from '../../texts/index.ts';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { useTexts } from './texts.ts';

/** What learners say is wrong and nobody has answered yet; nothing where there is none. */
export function OpenReports() {
  const texts = useTexts();
  const shared = useStudioTexts();
  const list = useIssuerList<Dispute>('/disputes?state=open&limit=20');
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.isPending) return <div aria-busy="true" />;
  if (items.length === 0) return null;
  return (
    <section className="card pad stack" aria-labelledby="reports">
      <h2 id="reports">{texts.openReports}</h2>
      <ul className="report">
        {items.map(({ id, credential, about, words, createdAt }) => (
          <li key={id}>
            <Icon name="unsure" className="unsure" />
            <div>
              <p className="t">
                <IssuerLink to={`/credentials/${credential}`}>
                  {fill(texts.reports.open, { about: texts.about[about] })}
                </IssuerLink>
              </p>
              <p className="d">
                “<bdi>{words}</bdi>” {formatDate(createdAt.slice(0, 10))}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <button type="button" className="btn" onClick={() => void list.fetchNextPage()}>
          {shared.showMore}
        </button>
      )}
    </section>
  );
}

import { formatDate } from '../../../../texts/language.ts';
import { useIssuer } from '../../../issuer.ts';
import { useIssuerList } from '../../../queries.ts';
import { useStudioTexts } from '../../../texts/index.ts';
import { IssuerLink } from '../../../ui/IssuerLink.tsx';
import { ListTable } from '../../../ui/ListTable.tsx';
import { Missing } from '../../../ui/Missing.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { ClassOf, type Listed } from '../Listed.tsx';

import { useTexts } from '../texts.ts';
import { useReviewTexts } from './texts.ts';

/** Versions that wait for an approver. */
export function Page() {
  const texts = useTexts();
  const { queue } = useReviewTexts();
  const { areas } = useStudioTexts();
  const { name } = useIssuer();
  const list = useIssuerList<Listed>('/achievements?state=review');
  return (
    <>
      <PageHead title={areas.review} within={name} lead={queue.lead} />
      <ListTable
        list={list}
        caption={queue.caption}
        what={queue.what}
        keyOf={({ id }) => id}
        columns={[
          {
            head: texts.list.name,
            names: true,
            cell: (item) => (
              <IssuerLink to={`/review/${item.id}`}>
                <bdi>{item.name || texts.list.unnamed}</bdi>
              </IssuerLink>
            ),
          },
          { head: texts.list.class, cell: (item) => <ClassOf id={item.class} /> },
          { head: texts.list.version, numeric: true, cell: ({ version }) => version },
          { head: queue.waits, cell: ({ changedAt }) => formatDate(changedAt) },
        ]}
        empty={<Missing title={queue.empty} text={queue.emptyMeaning} />}
      />
    </>
  );
}

import './credentials.css';
import type { ShownCorrection } from '../../../../server/correction/routes.ts';
import { fill, formatDate } from '../../../texts/language.ts';
import { useIssuer } from '../../issuer.ts';
import { useIssuerList } from '../../queries.ts';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { type Column, ListTable } from '../../ui/ListTable.tsx';
import { Missing } from '../../ui/Missing.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { useTexts } from './texts.ts';

/** Acts on many credentials, the newest first. */
export function Page() {
  const { name } = useIssuer();
  const texts = useTexts();
  const list = useIssuerList<ShownCorrection>('/corrections?limit=50');
  const columns: Column<ShownCorrection>[] = [
    {
      head: texts.what,
      names: true,
      cell: ({ id, kind }) => <IssuerLink to={`/credentials/changes/${id}`}>{texts.kinds[kind]}</IssuerLink>,
    },
    { head: texts.reason, cell: ({ reason }) => <bdi>{reason}</bdi> },
    { head: texts.state, cell: ({ state }) => <span className="tag">{texts.jobStates[state]}</span> },
    { head: texts.done, numeric: true, cell: ({ done, total }) => fill(texts.ofAll, { count: done, total }) },
    { head: texts.when, cell: ({ createdAt }) => formatDate(createdAt.slice(0, 10)) },
  ];
  return (
    <>
      <p className="crumbs">
        <IssuerLink to="/credentials">{texts.title}</IssuerLink>
      </p>
      <PageHead title={texts.changesTitle} within={name} lead={texts.changesLead} />
      <ListTable
        list={list}
        caption={texts.changesTitle}
        what={texts.changesWhat}
        columns={columns}
        keyOf={({ id }) => id}
        empty={<Missing title={texts.noChanges} text={texts.noChangesMeaning} />}
      />
    </>
  );
}

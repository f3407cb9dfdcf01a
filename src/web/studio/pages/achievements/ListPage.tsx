import { useEffect, useState } from 'react';
import { formatDate } from '../../../texts/language.ts';
import { useIssuer, useMay } from '../../issuer.ts';
import { useIssuerList } from '../../queries.ts';
import { useStudioTexts } from '../../texts/index.ts';
import { Chips } from '../../ui/Chips.tsx';
import { Text } from '../../ui/Field.tsx';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { ListTable } from '../../ui/ListTable.tsx';
import { Missing } from '../../ui/Missing.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import './author.css';
import { ClassOf, type Listed } from './Listed.tsx';
import { useTexts } from './texts.ts';

const filters = ['all', 'draft', 'review', 'approved', 'retired'] as const;
type Filter = (typeof filters)[number];

/** All achievements of the issuer. */
export function Page() {
  const texts = useTexts();
  const { areas } = useStudioTexts();
  const { name } = useIssuer();
  const mayWrite = useMay('author');
  const [state, setState] = useState<Filter>('all');
  const [text, setText] = useState('');
  const wanted = usePaused(text.trim());
  const query = new URLSearchParams({
    ...(state !== 'all' && { state }),
    ...(wanted !== '' && { text: wanted }),
  }).toString();
  const list = useIssuerList<Listed>(`/achievements${query === '' ? '' : `?${query}`}`);
  const add = mayWrite && (
    <IssuerLink className="btn primary" to="/achievements/new">
      {texts.list.add}
    </IssuerLink>
  );
  return (
    <>
      <PageHead title={areas.achievements} within={name} lead={texts.list.lead} actions={add} />
      <div className="list-filters">
        <Chips<Filter>
          label={texts.list.filter}
          chosen={state}
          onChoose={setState}
          chips={filters.map((value) => ({ value, label: value === 'all' ? texts.list.all : texts.states[value] }))}
        />
        <Text label={texts.list.find} type="search" value={text} onChange={setText} maxLength={200} />
      </div>
      <ListTable
        list={list}
        caption={texts.list.caption}
        what={texts.list.what}
        keyOf={({ id }) => id}
        columns={[
          { head: texts.list.name, names: true, cell: (item) => <NameOf item={item} /> },
          { head: texts.list.state, cell: (item) => texts.states[item.retiredAt === null ? item.state : 'retired'] },
          { head: texts.list.class, cell: (item) => <ClassOf id={item.class} /> },
          { head: texts.list.version, numeric: true, cell: ({ version }) => version },
          { head: texts.list.changed, cell: ({ changedAt }) => formatDate(changedAt.slice(0, 10)) },
        ]}
        empty={
          query === '' ? (
            <Missing title={texts.list.empty} text={mayWrite ? texts.list.emptyMeaning : texts.list.emptyReader}>
              {add}
            </Missing>
          ) : (
            <Missing title={texts.list.noMatch} text={texts.list.noMatchMeaning} />
          )
        }
      />
    </>
  );
}

function NameOf({ item: { id, name } }: { item: Listed }) {
  const texts = useTexts();
  return (
    <IssuerLink to={`/achievements/${id}`}>
      <bdi>{name || texts.list.unnamed}</bdi>
    </IssuerLink>
  );
}

/** What was typed, after a pause. */
function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), 300);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}

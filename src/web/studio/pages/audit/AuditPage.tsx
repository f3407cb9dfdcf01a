import { useNavigate, useSearch } from '@tanstack/react-router';
import type { AuditPage } from '../../../../server/audit/list-entries.ts';
import { fill, formatDate } from '../../../texts/language.ts';
import { useIssuer } from '../../issuer.ts';
import { type Sent, useIssuerList } from '../../queries.ts';
import { useStudioTexts } from '../../texts/index.ts';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { ListTable } from '../../ui/ListTable.tsx';
import { Missing } from '../../ui/Missing.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { CheckChain } from './CheckChain.tsx';
import { type Asked, Filter, readAsked, toQuery } from './Filter.tsx';
import { useTexts } from './texts.ts';

type Entry = Sent<AuditPage['items'][number]>;

/** The log of the issuer: filtered, checked, and saved whole. */
export function Page() {
  const texts = useTexts();
  const shared = useStudioTexts();
  const { name, slug } = useIssuer();
  const navigate = useNavigate();
  const asked = readAsked(useSearch({ strict: false }));
  const list = useIssuerList<Entry>(`/audit?order=newest&limit=50${toQuery(asked)}`);
  const ask = (search: Asked) => void navigate({ to: `/${slug}/audit`, search });
  const api = `/api/issuers/${slug}`;
  return (
    <>
      <PageHead title={shared.areas.audit} within={name} kicker={<bdi>{name}</bdi>} lead={texts.lead} />
      <div className="stack-2">
        <CheckChain />
        <Filter asked={asked} onAsk={ask} key={JSON.stringify(asked)} />
        <Entries list={list} asked={asked} />
        <div className="row">
          {(['csv', 'jsonl'] as const).map((format) => (
            <a key={format} className="btn" href={`${api}/audit/export?format=${format}`} download>
              {fill(texts.exportAs, { format: format === 'csv' ? 'CSV' : 'JSON Lines' })}
            </a>
          ))}
          <a className="btn" href={`${api}/ledger?format=csv`} download>
            {texts.ledgerAs}
          </a>
        </div>
      </div>
    </>
  );
}

function Entries({ list, asked }: { list: ReturnType<typeof useIssuerList<Entry>>; asked: Asked }) {
  const texts = useTexts();
  const nameOf = useNames();
  const actions: Record<string, string> = texts.actions;
  const { columns } = texts;
  return (
    <ListTable
      list={list}
      caption={texts.caption}
      what={texts.what}
      keyOf={({ number }) => String(number)}
      empty={
        <Missing title={texts.empty} text={texts.emptyMeaning}>
          <IssuerLink to="/audit" className="btn">
            {texts.clear}
          </IssuerLink>
        </Missing>
      }
      columns={[
        {
          head: columns.when,
          cell: ({ at, number }) => (
            <>
              {formatDate(at)}
              <span className="small muted under">{fill(texts.entry, { number })}</span>
            </>
          ),
        },
        {
          head: columns.who,
          cell: ({ actor, actorName }) => (
            <IssuerLink
              to="/audit"
              search={{ ...asked, actor }}
              label={fill(texts.onlyBy, { name: nameOf(actor, actorName) })}
            >
              <bdi>{nameOf(actor, actorName)}</bdi>
            </IssuerLink>
          ),
        },
        { head: columns.did, names: true, cell: ({ action }) => actions[action] ?? <code>{action}</code> },
        {
          head: columns.about,
          cell: ({ subject, subjectName }) => (
            <IssuerLink to="/audit" search={{ ...asked, subject }}>
              {subjectName === null ? (
                <code dir="ltr">{subject.length > 20 ? `${subject.slice(0, 18)}…` : subject}</code>
              ) : (
                <bdi>{subjectName}</bdi>
              )}
            </IssuerLink>
          ),
        },
        { head: columns.why, cell: ({ reason }) => reason && <bdi className="written">{reason}</bdi> },
      ]}
    />
  );
}

/** How people call who acted: the log holds ids alone. */
function useNames(): (actor: string, name?: string | null) => string {
  const texts = useTexts();
  return (actor, name = null) => {
    if (name !== null) return name;
    const [kind, id = ''] = actor.split(' ');
    const short = id.slice(0, 8);
    if (kind === 'user') return fill(texts.person, { id: short });
    if (kind === 'api-key') return fill(texts.apiKey, { id: short });
    const { system, holder, retention, setup } = texts;
    const own: Record<string, string> = { system, holder, retention, setup };
    return own[kind ?? ''] ?? actor;
  };
}

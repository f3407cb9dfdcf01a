import './credentials.css';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { ShownCorrection, ShownItem } from '../../../../server/correction/routes.ts';
import { fill, formatDate, formatNumber } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useFindingWords } from '../../findings.ts';
import { useIssuer, useMay } from '../../issuer.ts';
import { useIssuerChange, useIssuerList, useIssuerQuery } from '../../queries.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { type Column, ListTable } from '../../ui/ListTable.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Problem } from '../../ui/Problem.tsx';
import { useTexts } from './texts.ts';

/** One act on many credentials: what it will do, how far it is, what became of each. */
export function Page() {
  const { name } = useIssuer();
  const texts = useTexts();
  const { change: id = '' } = useParams({ strict: false });
  const query = useIssuerQuery<ShownCorrection>(`/corrections/${id}`, {
    refetchInterval: ({ state: { data } }) => (data?.state === 'running' ? 1000 : false),
  });
  return (
    <>
      <p className="crumbs">
        <IssuerLink to="/credentials/changes">{texts.changesTitle}</IssuerLink>
      </p>
      <PageHead title={query.data === undefined ? texts.changesTitle : texts.kinds[query.data.kind]} within={name} />
      <Loaded query={query} what={texts.changesWhat}>
        {(correction) => (
          <div className="stack-2">
            <Stand correction={correction} />
            <Items correction={correction} />
          </div>
        )}
      </Loaded>
    </>
  );
}

function Stand({ correction }: { correction: ShownCorrection }) {
  const texts = useTexts();
  const mayIssue = useMay('issue');
  const change = useIssuerChange();
  const [stop, setStop] = useState(false);
  const { id, state, total, done, skipped, failed, waiting, reason, createdAt } = correction;
  // Of a corrected list, rows that differ in nothing are in it, too.
  const stands = fill(texts.standing[state], { done, total: state === 'ready' ? waiting : total });
  const counts = [
    [texts.waitingCount, waiting],
    [texts.doneCount, done],
    [texts.skippedCount, skipped],
    [texts.failedCount, failed],
  ] as const;
  return (
    <section className="card pad job" aria-labelledby="stand">
      <div className="split">
        <h2 id="stand">{stands}</h2>
        {state === 'running' && (
          <p className="state passed">
            <Icon name="passed" className="passed" />
            {texts.safe}
          </p>
        )}
      </div>
      <p className="small muted">
        {formatDate(`${createdAt.slice(0, 16)}Z`)}: “<bdi>{reason}</bdi>”
      </p>
      {state !== 'ready' && <progress value={total - waiting} max={Math.max(1, total)} aria-label={texts.doneLabel} />}
      <dl className="counts">
        {counts.map(([term, count]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd className="num">{formatNumber(count)}</dd>
          </div>
        ))}
      </dl>
      <p className="vh" role="status">
        {state === 'running' ? '' : stands}
      </p>
      {change.error !== null && !stop && <Problem error={change.error} />}
      {mayIssue && (state === 'ready' || state === 'running') && (
        <div className="row">
          {state === 'ready' && (
            <button
              type="button"
              className="btn primary"
              aria-disabled={waiting === 0 || change.isPending}
              onClick={() => waiting > 0 && change.mutate({ path: `/corrections/${id}/start` })}
            >
              {fill(texts.startChange, { count: waiting })}
            </button>
          )}
          <button type="button" className="btn danger" onClick={() => setStop(true)}>
            {state === 'ready' ? texts.discardChange : texts.stopChange}
          </button>
        </div>
      )}
      {stop && (
        <Confirm
          title={state === 'ready' ? texts.discardChange : texts.stopChange}
          act={state === 'ready' ? texts.discardChange : texts.stopChange}
          danger
          reason={false}
          onAct={() => change.mutateAsync({ path: `/corrections/${id}/cancel` })}
          onClose={() => setStop(false)}
        >
          <p>{fill(texts.stopChangeMeaning, { done, waiting })}</p>
        </Confirm>
      )}
    </section>
  );
}

function Items({ correction }: { correction: ShownCorrection }) {
  const texts = useTexts();
  const say = useFindingWords();
  const list = useIssuerList<ShownItem>(`/corrections/${correction.id}/items?limit=100`);
  const columns: Column<ShownItem>[] = [
    { head: texts.number, numeric: true, names: true, cell: ({ number }) => number },
    { head: texts.what, cell: ({ act }) => texts.itemActs[act] },
    { head: texts.credential, cell: ({ credential }) => <CredentialLink url={credential} label={texts.credential} /> },
    { head: texts.state, cell: ({ state }) => texts.itemStates[state] },
    { head: texts.newEdition, cell: ({ edition }) => <CredentialLink url={edition} label={texts.newEdition} /> },
    {
      head: texts.wrong,
      cell: ({ faults }) =>
        faults.map((fault) => <p key={JSON.stringify([fault.column, fault.code, fault.params])}>{say(fault).say}</p>),
    },
  ];
  return (
    <ListTable
      list={list}
      caption={texts.itemsTitle}
      what={texts.itemsWhat}
      columns={columns}
      keyOf={({ number }) => String(number)}
      empty={<p className="card pad">{texts.noItems}</p>}
    />
  );
}

function CredentialLink({ url, label }: { url: string | null; label: string }) {
  const id = url?.split('/').at(-1);
  return id === undefined ? '–' : <IssuerLink to={`/credentials/${id}`}>{label}</IssuerLink>;
}

import { useState } from 'react';
import type { ShownLetter } from '../../../../server/mail/routes.ts';
import { catalogue } from '../../../texts/catalogue.ts';
import { fill, formatDate } from '../../../texts/language.ts';
import { useIssuer, useMay } from '../../issuer.ts';
import { useIssuerChange, useIssuerList } from '../../queries.ts';
import { Chips } from '../../ui/Chips.tsx';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { type Column, ListTable } from '../../ui/ListTable.tsx';
import { Missing } from '../../ui/Missing.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Problem } from '../../ui/Problem.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { texts as english } from './en.ts';

const useTexts = catalogue(english, { es: () => import('./es.ts') });
const states = ['all', 'waiting', 'sent', 'failed'] as const;

/** Letters to learners, with what became of each. */
export function Page() {
  const { name } = useIssuer();
  const texts = useTexts();
  const toast = useToast();
  const mayIssue = useMay('issue');
  const change = useIssuerChange();
  const [state, setState] = useState<(typeof states)[number]>('all');
  const list = useIssuerList<ShownLetter>(`/letters?limit=50${state === 'all' ? '' : `&state=${state}`}`);
  const columns: Column<ShownLetter>[] = [
    {
      head: texts.letter,
      names: true,
      cell: ({ kind, credential }) =>
        credential === null ? (
          texts.kinds[kind]
        ) : (
          <IssuerLink to={`/credentials/${credential}`}>{texts.kinds[kind]}</IssuerLink>
        ),
    },
    ...(mayIssue
      ? [{ head: texts.to, cell: ({ to }: ShownLetter) => <span dir="ltr">{to ?? texts.nobody}</span> }]
      : []),
    {
      head: texts.state,
      cell: ({ state, fault, attempts }) => (
        <>
          <span className="tag">{texts.states[state]}</span>
          {fault !== null && <p className="small muted">{fault}</p>}
          {attempts > 1 && <p className="small muted">{fill(texts.attempts, { count: attempts })}</p>}
        </>
      ),
    },
    { head: texts.when, cell: ({ sentAt, createdAt }) => formatDate(`${(sentAt ?? createdAt).slice(0, 16)}Z`) },
    ...(mayIssue
      ? [
          {
            head: texts.act,
            cell: ({ id, state }: ShownLetter) =>
              state === 'waiting' ? null : (
                <button
                  type="button"
                  className="btn"
                  aria-disabled={change.isPending}
                  onClick={() =>
                    change.mutate({ path: `/letters/${id}/resend` }, { onSuccess: () => toast(texts.queued) })
                  }
                >
                  {texts.resend}
                </button>
              ),
          },
        ]
      : []),
  ];
  return (
    <>
      <PageHead title={texts.title} within={name} lead={texts.lead} />
      <div className="stack-2">
        <Chips<(typeof states)[number]>
          label={texts.state}
          chosen={state}
          onChoose={setState}
          chips={states.map((value) => ({ value, label: value === 'all' ? texts.all : texts.states[value] }))}
        />
        {change.error !== null && <Problem error={change.error} />}
        <ListTable
          list={list}
          caption={texts.title}
          what={texts.what}
          columns={columns}
          keyOf={({ id }) => id}
          empty={<Missing title={state === 'all' ? texts.none : texts.noMatch} text={texts.noneMeaning} />}
        />
      </div>
    </>
  );
}

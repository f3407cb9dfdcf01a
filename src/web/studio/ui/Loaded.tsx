import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemError } from '../../api.ts';
import { fill } from '../../texts/language.ts';
import { useStudioTexts } from '../texts/index.ts';
import { Missing } from './Missing.tsx';
import { Problem } from './Problem.tsx';
import { Waiting } from './Waiting.tsx';

export interface LoadedProps<Data> {
  query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'isPending' | 'refetch'>;
  /** What is awaited, as it stands in "Loading …". */
  what: string;
  rows?: number;
  children(data: Data): ReactNode;
}

/** What a query brought; else why it is not here yet, or will not come. What came once stays, also when a later look fails. */
export function Loaded<Data>({ query, what, rows, children }: LoadedProps<Data>) {
  const texts = useStudioTexts();
  const { data, error, refetch } = query;
  const retry = (
    <button type="button" className="btn" onClick={() => void refetch()}>
      {texts.tryAgain}
    </button>
  );
  if (data === undefined && error instanceof ProblemError && error.code === 'not-found')
    return <Missing title={texts.notFound} text={texts.notFoundMeaning} />;
  if (data === undefined && error !== null) return <Problem error={error} title={texts.failed} action={retry} />;
  if (data === undefined) return <Waiting sentence={fill(texts.loading, { what })} {...(rows && { rows })} />;
  return (
    <>
      {error !== null && <Problem error={error} title={texts.failed} action={retry} />}
      {children(data)}
    </>
  );
}

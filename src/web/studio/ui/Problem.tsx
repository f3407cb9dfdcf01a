import type { ReactNode } from 'react';
import { ProblemError } from '../../api.ts';
import { fill } from '../../texts/language.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useStudioTexts } from '../texts/index.ts';

/** Why something did not work, in plain words, and what to do. A bug is none of the reader's faults either. */
export function Problem({ error, title, action }: { error: unknown; title?: string; action?: ReactNode }) {
  const texts = useStudioTexts();
  const problem = error instanceof ProblemError ? error : new ProblemError({});
  const sentences: Record<string, string> = texts.problems;
  const sentence = fill(sentences[problem.code] ?? texts.problems.internal, { seconds: problem.retryAfter ?? 60 });
  const { request } = problem.members;
  // The service says it more exactly than its codes.
  const isExact = problem.message !== '' && problem.code !== 'internal';
  return (
    <div className="note failed" role="alert">
      <Icon name="failed" className="failed" />
      <div className="stack">
        {title !== undefined && <p className="strong">{title}</p>}
        <p>{isExact ? problem.message : sentence}</p>
        {typeof request === 'string' && (
          <p className="small">
            {texts.reference} <code dir="ltr">{request}</code>
          </p>
        )}
        {action}
      </div>
    </div>
  );
}

import type { ReactNode } from 'react';
import { ProblemError } from '../../api.ts';
import { fill, useLanguage } from '../../texts/language.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useStudioTexts } from '../texts/index.ts';

/** Why something did not work, in plain words, and what to do. A bug is none of the reader's faults either. */
export function Problem({ error, title, action }: { error: unknown; title?: string; action?: ReactNode }) {
  const texts = useStudioTexts();
  const language = useLanguage();
  const problem = error instanceof ProblemError ? error : new ProblemError({});
  const sentences: Record<string, string> = texts.problems;
  const sentence = fill(sentences[problem.code] ?? texts.problems.internal, { seconds: problem.retryAfter ?? 60 });
  const { request } = problem.members;
  // The service speaks English, and more exactly than its codes.
  const isExact = problem.message !== '' && problem.code !== 'internal';
  return (
    <div className="note failed" role="alert">
      <Icon name="failed" className="failed" />
      <div className="stack">
        {title !== undefined && <p className="strong">{title}</p>}
        <p>{isExact && language === 'en' ? problem.message : sentence}</p>
        {isExact && language !== 'en' && (
          <p className="small">
            {texts.saysService} <span lang="en">{problem.message}</span>
          </p>
        )}
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

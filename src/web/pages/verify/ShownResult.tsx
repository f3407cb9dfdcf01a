import { memo } from 'react';
import type { Language } from '../../../core/catalogue/language.ts';
import type { TrustSource } from '../../../core/trust/trust-source.ts';
import { Refusal, Result } from '../../credential/Result.tsx';
import { texts, useLanguage } from '../../texts/language.ts';
import { Icon } from '../../ui/Icon.tsx';
import { nameOf } from './check.ts';
import type { Entry } from './use-batch.ts';

/** What every check on the page was made with. */
export interface ShownWith {
  version: string | null;
  sources: readonly TrustSource[];
}

/** One input in full: its assessment, why it was not read, or that nobody answered. */
export const ShownResult = memo(function ShownResult({ entry, shownWith }: { entry: Entry; shownWith: ShownWith }) {
  const language = useLanguage();
  const { id, given, checked } = entry;
  if (checked === null) return null;
  if (checked.kind === 'assessed')
    return (
      <Result
        id={id}
        assessment={checked.assessment}
        checkedWith={{ name: nameOf(given), sha256: checked.sha256, ...shownWith }}
      />
    );
  if (checked.kind === 'refused') return <Refusal id={id} name={nameOf(given)} finding={checked.finding} />;
  const isOurs = checked.detail === null;
  return (
    <article className="card result pad" aria-labelledby={id} data-verdict="unanswered">
      <div className="answer">
        <Icon name="unsure" className="unsure" />
        <div>
          <h2 className="say" id={id}>
            {sayUnanswered(checked.detail, language)}
          </h2>
          <p className="why">{isOurs ? texts.failedHereTodo : texts.notAnsweredTodo}</p>
        </div>
      </div>
    </article>
  );
});

/** Why there is no answer. The server gives its reasons in English. */
export function sayUnanswered(detail: string | null, language: Language): string {
  if (detail === null) return texts.failedHere;
  return (language === 'en' && detail) || texts.notAnswered;
}

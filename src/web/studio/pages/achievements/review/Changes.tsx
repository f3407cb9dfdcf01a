import type { ReactNode } from 'react';
import type { JsonChange } from '../../../../../core/json/diff-json.ts';
import { fill } from '../../../../texts/language.ts';
import type { Version } from '../draft.ts';
import { Change } from './Change.tsx';
import { type ChangeGroup, changesBetween } from './changes.ts';
import { useReviewTexts } from './texts.ts';

const groups: readonly ChangeGroup[] = ['meaning', 'reading', 'hidden'];

interface ChangesProps {
  before: Version | null;
  after: Version;
  /** What can be said about each. */
  about?(change: JsonChange): ReactNode;
}

/** All differences, first those on which somebody would decide. */
export function Changes({ before, after, about }: ChangesProps) {
  const review = useReviewTexts();
  const changes = changesBetween(before, after);
  const words = before === null ? review.firstGroups : review.groups;
  return (
    <div className="stack-2">
      {groups.map((group) => {
        if (changes[group].length === 0) return null;
        const [title, lead] = words[group];
        return (
          <section key={group} aria-labelledby={`group-${group}`} className="fs">
            <div>
              <h2 id={`group-${group}`}>{title}</h2>
              <p className="small muted">{lead}</p>
            </div>
            {changes[group].map((change) => (
              <Change key={`${change.change} ${change.pointer}`} change={change} before={before} after={after}>
                {about?.(change)}
              </Change>
            ))}
          </section>
        );
      })}
    </div>
  );
}

/** How much is different, in a sentence. */
export function useSum(before: Version | null, after: Version): string {
  const review = useReviewTexts();
  if (before === null) return review.leadFirst;
  const changes = changesBetween(before, after);
  const count = groups.reduce((sum, group) => sum + changes[group].length, 0);
  return count === 0 ? review.leadNone : fill(review.lead, { count, meaning: changes.meaning.length });
}

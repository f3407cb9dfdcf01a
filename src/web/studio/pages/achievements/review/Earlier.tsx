import { fill, formatDate } from '../../../../texts/language.ts';
import type { ReviewComment, Version } from '../draft.ts';

import { useTexts } from '../texts.ts';
import { labelOf } from './labels.ts';
import { useReviewTexts } from './texts.ts';

/** What reviews of this version asked for before. */
export function Earlier({ comments, version }: { comments: readonly ReviewComment[]; version: Version }) {
  const texts = useTexts();
  const review = useReviewTexts();
  if (comments.length === 0) return null;
  return (
    <section className="card pad fs" aria-labelledby="earlier">
      <h2 id="earlier">{review.earlier}</h2>
      <ul className="talk">
        {comments.map(({ id, pointer, text, by, at, resolvedAt }) => (
          <li key={id}>
            {pointer !== null && (
              <p className="small strong">
                <bdi>{labelOf(pointer, version, texts)}</bdi>
              </p>
            )}
            <p className="lines" dir="auto">
              {text}
            </p>
            <p className="small muted">
              {fill(resolvedAt === null ? review.earlierOpen : review.earlierOne, {
                name: by ?? review.somebody,
                date: formatDate(at),
              })}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

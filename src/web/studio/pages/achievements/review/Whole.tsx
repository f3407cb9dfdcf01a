import { useEffect, useState } from 'react';
import { fill, translation, useLanguage } from '../../../../texts/language.ts';
import type { Version } from '../draft.ts';
import type { AuthorList } from '../judge.ts';
import { useJudged } from '../judging.ts';
import { useReviewTexts } from './texts.ts';

/** What a receiver reads of the class in both versions, and how many of the required parts are there. */
export function Whole({ before, after }: { before: Version | null; after: Version }) {
  const review = useReviewTexts();
  const [aim, setAim] = useState<string | null>(null);
  return (
    <section className="card pad fs" aria-labelledby="whole">
      <h2 id="whole">{before === null ? review.wholeFirst : review.whole}</h2>
      <div className={before === null ? 'fs' : 'change one'}>
        {before !== null && (
          <div>
            <p className="kicker">{fill(review.version, { version: before.version })}</p>
            <Sentence version={before} aim={aim} />
          </div>
        )}
        <div className="after">
          <p className="kicker">{fill(review.version, { version: after.version })}</p>
          <Sentence version={after} aim={aim} onClass={setAim} />
        </div>
      </div>
      {before !== null && <p className="small muted">{review.issued}</p>}
    </section>
  );
}

/** Counted for the class that the newer version aims at, so that the two can be compared. */
function Sentence({ version, aim, onClass }: { version: Version; aim: string | null; onClass?(id: string): void }) {
  const review = useReviewTexts();
  useLanguage();
  const { judge, judged } = useJudged(version.id, version);
  const list: AuthorList | null =
    judge !== null && judged?.report ? judge.listOf(judged.report, version.achievement, aim, translation) : null;
  const id = list?.class.id;
  useEffect(() => {
    if (id !== undefined) onClass?.(id);
  }, [id, onClass]);
  if (list === null) return null;
  const { met, weak, missing } = list.count;
  return (
    <>
      <p>{list.sentence}</p>
      <p className="small">
        {fill(review.parts, { have: met + weak, all: met + weak + missing, class: list.class.label })}
      </p>
    </>
  );
}

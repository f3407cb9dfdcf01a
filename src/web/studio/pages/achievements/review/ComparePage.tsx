import { useParams } from '@tanstack/react-router';
import { fill } from '../../../../texts/language.ts';
import '../../../../ui/credential.css';
import { useIssuerQuery } from '../../../queries.ts';
import { useStudioTexts } from '../../../texts/index.ts';
import { IssuerLink } from '../../../ui/IssuerLink.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Missing } from '../../../ui/Missing.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import '../author.css';
import type { Achievement, Version } from '../draft.ts';
import { useTexts } from '../texts.ts';
import { Changes, useSum } from './Changes.tsx';
import './review.css';
import { useReviewTexts } from './texts.ts';
import { Whole } from './Whole.tsx';

/** Two versions of an achievement, side by side. */
export function Page() {
  const { head } = useTexts();
  const shared = useStudioTexts();
  const { id, from, to } = useParams({ strict: false });
  const found = useIssuerQuery<Achievement>(`/achievements/${id}`);
  return (
    <Loaded query={found} what={head.what} rows={8}>
      {({ versions }) => {
        const [before, after] = [from, to].map((wanted) => versions.find(({ version }) => String(version) === wanted));
        return before === undefined || after === undefined ? (
          <>
            <PageHead title={shared.notFound} />
            <Missing title={shared.notFound} text={shared.notFoundMeaning} />
          </>
        ) : (
          <Compare before={before} after={after} />
        );
      }}
    </Loaded>
  );
}

function Compare({ before, after }: { before: Version; after: Version }) {
  const texts = useTexts();
  const review = useReviewTexts();
  const name = String(after.achievement.name ?? '') || texts.list.unnamed;
  return (
    <>
      <PageHead
        title={review.title}
        within={name}
        kicker={fill(review.kicker, { name, version: after.version, before: before.version })}
        lead={useSum(before, after)}
        actions={
          <IssuerLink className="btn" to={`/achievements/${after.id}`}>
            {review.toAchievement}
          </IssuerLink>
        }
      />
      <div className="review-cols">
        <Changes before={before} after={after} />
        <aside className="stack-2" aria-label={review.whole}>
          <Whole before={before} after={after} />
        </aside>
      </div>
    </>
  );
}

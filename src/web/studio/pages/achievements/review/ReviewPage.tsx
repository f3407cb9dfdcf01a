import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { fill, formatDate } from '../../../../texts/language.ts';
import '../../../../ui/credential.css';
import { useIssuer } from '../../../issuer.ts';
import { useKept } from '../../../kept.ts';
import { useIssuerChange, useIssuerQuery } from '../../../queries.ts';
import { Confirm } from '../../../ui/Confirm.tsx';
import { Area } from '../../../ui/Field.tsx';
import { focusAfter } from '../../../ui/focus.ts';
import { IssuerLink } from '../../../ui/IssuerLink.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Missing } from '../../../ui/Missing.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { useToast } from '../../../ui/Toasts.tsx';
import '../author.css';
import type { Achievement, Version } from '../draft.ts';

import { useTexts } from '../texts.ts';
import { Changes, useSum } from './Changes.tsx';
import { Earlier } from './Earlier.tsx';
import { labelOf } from './labels.ts';
import { useReviewTexts } from './texts.ts';
import { Whole } from './Whole.tsx';
import './review.css';

/** A version in review beside the one before: comment, return or approve. */
export function Page() {
  const { head } = useTexts();
  const review = useReviewTexts();
  const { id } = useParams({ strict: false });
  const found = useIssuerQuery<Achievement>(`/achievements/${id}`);
  return (
    <Loaded query={found} what={head.what} rows={8}>
      {({ versions }) => {
        const latest = versions.at(-1) as Version;
        const before =
          versions.findLast(({ version, state }) => state === 'approved' && version < latest.version) ?? null;
        return latest.state === 'review' ? (
          <Review before={before} after={latest} key={latest.changedAt} />
        ) : (
          <>
            <PageHead title={review.notInReview} within={review.within} />
            <Missing title={review.notInReview} text={review.notInReviewMeaning}>
              <IssuerLink className="btn" to={`/achievements/${latest.id}`}>
                {review.toAchievement}
              </IssuerLink>
            </Missing>
          </>
        );
      }}
    </Loaded>
  );
}

/** By pointer; the whole under ''. */
type Comments = Record<string, string>;
const noComments: Comments = {};

function Review({ before, after }: { before: Version | null; after: Version }) {
  const texts = useTexts();
  const review = useReviewTexts();
  const sum = useSum(before, after);
  const { slug } = useIssuer();
  // Of this sending alone: another one has other words.
  const [comments, keep, clear] = useKept<Comments>(`review.${slug}.${after.id}.${after.changedAt}`, noComments);
  const name = String(after.achievement.name ?? '') || texts.list.unnamed;
  const date = formatDate(after.changedAt);
  const kicker =
    before === null
      ? fill(review.kickerFirst, { name, version: after.version })
      : fill(review.kicker, { name, version: after.version, before: before.version });
  const sent =
    after.changedBy === null ? fill(review.sentBy, { date }) : fill(review.sent, { name: after.changedBy, date });
  const comment = (pointer: string, text: string | undefined) => {
    const { [pointer]: _, ...others } = comments;
    keep(text === undefined ? others : { ...others, [pointer]: text });
  };
  return (
    <>
      <PageHead
        title={before === null ? review.titleFirst : review.title}
        within={`${name} · ${review.within}`}
        kicker={`${kicker}. ${sent}`}
        lead={sum}
      />
      <div className="review-cols">
        <Changes
          before={before}
          after={after}
          about={(change) => (
            <Comment
              id={`comment${change.pointer}`}
              label={labelOf(change.pointer, change.change === 'removed' ? (before ?? after) : after, texts)}
              text={comments[change.pointer]}
              onChange={(text) => comment(change.pointer, text)}
            />
          )}
        />
        <aside className="stack-2" aria-label={review.decision.title}>
          <Whole before={before} after={after} />
          <Earlier comments={after.comments} version={after} />
          <Decision
            after={after}
            name={name}
            comments={comments}
            onComment={(text) => comment('', text)}
            clear={clear}
          />
        </aside>
      </div>
    </>
  );
}

/** What takes the place of a button that goes away takes the focus. */
function Comment({
  id,
  label,
  text,
  onChange,
}: {
  id: string;
  label: string;
  text: string | undefined;
  onChange(text: string | undefined): void;
}) {
  const review = useReviewTexts();
  if (text === undefined)
    return (
      <div>
        <button type="button" className="btn plain" id={`${id}-add`} onClick={() => focusAfter(() => onChange(''), id)}>
          {review.comment}
          <span className="vh">: {label}</span>
        </button>
      </div>
    );
  return (
    <div className="fs">
      <Area
        id={id}
        label={fill(review.commentOn, { field: label })}
        help={review.commentHelp}
        value={text}
        maxLength={2000}
        onChange={onChange}
      />
      <div>
        <button type="button" className="btn plain" onClick={() => focusAfter(() => onChange(undefined), `${id}-add`)}>
          {review.dropComment}
        </button>
      </div>
    </div>
  );
}

interface DecisionProps {
  after: Version;
  name: string;
  comments: Comments;
  onComment(text: string | undefined): void;
  clear(): void;
}

function Decision({ after, name, comments, onComment, clear }: DecisionProps) {
  const { decision } = useReviewTexts();
  const { slug } = useIssuer();
  const navigate = useNavigate();
  const toast = useToast();
  const change = useIssuerChange();
  const [asks, setAsks] = useState(false);
  const written = Object.entries(comments).flatMap(([pointer, text]) =>
    text.trim() === '' ? [] : [{ pointer: pointer === '' ? null : pointer, text: text.trim() }],
  );
  const count = written.length;
  const done = async (said: string) => {
    clear();
    toast(said);
    await navigate({ to: `/${slug}/review` });
  };
  const giveBack = async () => {
    if (count === 0 || change.isPending) return;
    await change.mutateAsync({ path: `/achievements/${after.id}/return`, body: { comments: written } });
    await done(decision.returned);
  };
  const [label = '', help] = decision.general;
  return (
    <section className="card pad fs" aria-labelledby="decision">
      <h2 id="decision">{decision.title}</h2>
      <Area
        label={label}
        help={help}
        value={comments[''] ?? ''}
        maxLength={2000}
        onChange={(text) => onComment(text === '' ? undefined : text)}
      />
      <button
        type="button"
        className={count > 0 ? 'btn primary wide' : 'btn wide'}
        aria-disabled={count === 0}
        aria-describedby={count === 0 ? 'return-why' : undefined}
        onClick={() => void giveBack().catch(() => undefined)}
      >
        {fill(decision.return, { count })}
      </button>
      {count === 0 && (
        <p className="small muted" id="return-why">
          {decision.returnNothing}
        </p>
      )}
      <button type="button" className={count > 0 ? 'btn wide' : 'btn primary wide'} onClick={() => setAsks(true)}>
        {fill(decision.approve, { version: after.version })}
      </button>
      {change.isError && <Problem error={change.error} />}
      {asks && (
        <Confirm
          title={fill(decision.approveTitle, { version: after.version, name })}
          act={fill(decision.approve, { version: after.version })}
          reason={false}
          onAct={async () => {
            await change.mutateAsync({ path: `/achievements/${after.id}/approve`, body: {} });
            await done(decision.approved);
          }}
          onClose={() => setAsks(false)}
        >
          <p>{fill(decision.approveMeaning, { next: after.version + 1 })}</p>
          {count > 0 && <p>{fill(decision.approveDrops, { count })}</p>}
        </Confirm>
      )}
    </section>
  );
}

import type { ReactNode } from 'react';
import type { JsonChange } from '../../../../../core/json/diff-json.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../../../core/json/json.ts';
import { Ladder } from '../../../../credential/Ladder.tsx';
import { fill } from '../../../../texts/language.ts';
import type { Version } from '../draft.ts';
import { levelsOf, passMarkOf } from '../scale.ts';
import { useTexts } from '../texts.ts';
import { type Leaf, leavesOf, scaleAt } from './changes.ts';
import { diffWords } from './diff-words.ts';
import { labelOf } from './labels.ts';
import { sayValue } from './say-value.ts';
import { useReviewTexts } from './texts.ts';

export interface ChangeProps {
  change: JsonChange;
  before: Version | null;
  after: Version;
  /** What can be said about it. */
  children?: ReactNode;
}

/** One difference, in two boxes: what is taken out is struck through, what is put in is bold and underlined. */
export function Change({ change, before, after, children }: ChangeProps) {
  const texts = useTexts();
  const review = useReviewTexts();
  const { pointer } = change;
  // What was removed has its place in the older version.
  const label = labelOf(pointer, change.change === 'removed' ? (before ?? after) : after, texts);
  const sides = {
    before: change.change === 'added' || before === null ? null : { value: change.before, version: before },
    after: change.change === 'removed' ? null : { value: change.after, version: after },
  };
  const isWhole = [change.change === 'removed' ? change.before : change.change === 'added' ? change.after : null].some(
    (value) => isJsonObject(value),
  );
  const say = (side: { value: JsonValue; version: Version } | null) =>
    side === null
      ? ''
      : leavesOf(side.value, pointer)
          .map((leaf) => sayValue(leaf, side.version, { texts, review }))
          .join('\n');
  const show = (side: 'before' | 'after') => {
    const it = sides[side];
    if (it === null) return <p className="muted">{review.none}</p>;
    if (isWhole) return <Parts leaves={leavesOf(it.value, pointer)} version={it.version} />;
    if (before === null || change.change === 'reordered') return <Lines text={say(it)} />;
    return <Marked old={say(sides.before)} current={say(sides.after)} shows={side === 'before' ? 'out' : 'in'} />;
  };
  return (
    <article className="card chg">
      <h3>
        <bdi>{label}</bdi>
      </h3>
      {before === null ? (
        <div>{show('after')}</div>
      ) : (
        <div className="change">
          <div>
            <p className="kicker">{fill(review.version, { version: before.version })}</p>
            {show('before')}
            <PassMark scale={scaleAt(change, before)} />
          </div>
          <div className="after">
            <p className="kicker">
              {fill(review.now, { version: after.version, state: texts.states[after.state].toLowerCase() })}
            </p>
            {show('after')}
            <PassMark scale={scaleAt(change, after)} />
          </div>
        </div>
      )}
      <p className="path" dir="ltr">
        <span className="vh">{review.at} </span>
        {pointer.startsWith('/evidence') ? 'evidence' : `credentialSubject/achievement${pointer}`}
      </p>
      {children}
    </article>
  );
}

/** Whole parts that came or went, each with what the form calls it. */
function Parts({ leaves, version }: { leaves: readonly Leaf[]; version: Version }) {
  const texts = useTexts();
  const review = useReviewTexts();
  return (
    <dl className="facts">
      {leaves.map((leaf) => (
        <div key={leaf.pointer}>
          <dt>{labelOf(leaf.pointer, version, texts).replace(/^.*: /, '')}</dt>
          <dd className="lines" dir="auto">
            {sayValue(leaf, version, { texts, review })}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Lines({ text }: { text: string }) {
  return (
    <p className="lines" dir="auto">
      {text}
    </p>
  );
}

/** One of the two texts, with what only it has marked. */
function Marked({ old, current, shows }: { old: string; current: string; shows: 'out' | 'in' }) {
  const Mark = shows === 'out' ? 'del' : 'ins';
  return (
    <p className="lines" dir="auto">
      {diffWords(old, current)
        .filter(({ kind }) => kind === 'same' || kind === shows)
        .map(({ kind, text }, index) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: runs of one text
          kind === 'same' ? <span key={index}>{text}</span> : <Mark key={index}>{text}</Mark>,
        )}
    </p>
  );
}

/** The ladder of a scale with its pass mark, where that is what changed. */
function PassMark({ scale }: { scale: JsonObject | null }) {
  if (scale === null || levelsOf(scale.rubricCriterionLevel).length < 2) return null;
  return (
    <div className="skill">
      <Ladder statement={passMarkOf(scale)} />
    </div>
  );
}

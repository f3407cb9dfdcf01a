import type { MasteryStatement } from '../../core/framework/report.ts';
import { fill, texts } from '../texts/language.ts';

/**
 * One cell per level in the issuer's order, lowest first, or one bar for a number; the flag stands where a pass begins.
 * Never coloured by outcome, never on another scale.
 */
export function Ladder({ statement }: { statement: MasteryStatement }) {
  const { position, passMark, achieved, required } = statement;
  if (position === undefined) return null;
  const mark = required === undefined || passMark === undefined ? texts.noPassMark : fill(texts.passMark, { required });
  const place = 'rank' in position ? `${fill(texts.rankOf, position)}, ${mark}` : mark;
  return (
    <div className="ladder">
      <div className="track" role="img" aria-label={`${achieved ?? ''}, ${place}`}>
        {'rank' in position && position.of <= 12 ? <Rungs statement={statement} /> : <Bar statement={statement} />}
      </div>
      <div className="lv">
        <b>
          <bdi>{achieved}</bdi>
        </b>
        <span className="num muted">
          <bdi>{place}</bdi>
        </span>
      </div>
    </div>
  );
}

function Rungs({ statement: { position, passMark } }: { statement: MasteryStatement }) {
  if (position === undefined || !('rank' in position)) return null;
  const begins = passMark !== undefined && 'rank' in passMark ? passMark.rank : 0;
  return (
    <div className="scale">
      {Array.from({ length: position.of }, (_, index) => index + 1).map((level) => (
        <span
          key={level}
          className={`rung${level <= position.rank ? ' on' : ''}${level === begins ? ' begins' : ''}`}
        />
      ))}
    </div>
  );
}

function Bar({ statement: { position, passMark } }: { statement: MasteryStatement }) {
  const reached = fractionOf(position);
  const begins = fractionOf(passMark);
  if (reached === null) return null;
  return (
    <svg className="bar-m" aria-hidden="true">
      <rect className="trough" y="7" width="100%" height="14" rx="2" />
      <rect className="fill" y="7" width={`${reached * 100}%`} height="14" rx="2" />
      {begins !== null && <rect className="flag" x={`${begins * 100}%`} width="4" height="28" rx="1" />}
    </svg>
  );
}

function fractionOf(place: MasteryStatement['position']): number | null {
  if (place === undefined) return null;
  return Math.min(1, Math.max(0, 'rank' in place ? place.rank / place.of : place.fraction));
}

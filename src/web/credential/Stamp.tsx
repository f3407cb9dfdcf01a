import type { FrameworkReport } from '../../core/framework/report.ts';
import type { StampId, Stamp as Struck } from '../../core/hallmark.ts';

interface StampProps {
  id: StampId;
  stamp: Struck;
  framework: FrameworkReport | null;
}

/** One stamp: the outline says which question, the strike says which answer. Words always stand beside it. */
export function Stamp(props: StampProps) {
  const { id, stamp } = props;
  const { outcome } = stamp;
  return (
    <svg className="stamp" data-stamp={id} data-state={outcome} viewBox="0 0 48 48" aria-hidden="true">
      <use href={`#s-${id}`} className="body" mask={outcome === 'failed' ? 'url(#cut)' : undefined} />
      {outcome === 'cannot-tell' && <use href="#g-q" className="glyph" />}
      {outcome === 'inapplicable' && <use href="#g-dash" className="glyph" />}
      {outcome === 'passed' && <Glyph {...props} />}
    </svg>
  );
}

function Glyph(props: StampProps) {
  const { id, stamp } = props;
  if (id === 'class') return <ClassGlyph stamp={stamp} />;
  if (id === 'level') return <LevelGlyph {...props} />;
  return <use href={`#g-${id}`} className="glyph" />;
}

function ClassGlyph({ stamp }: { stamp: Struck }) {
  const letter = String(stamp.params?.class ?? '').charAt(0);
  if (/^[AKR]$/.test(letter)) return <use href={`#g-${letter}`} className="glyph" />;
  return <TextGlyph text={letter} />;
}

/** Rising bars with a dot for each step not reached; a number when the scale has more than five steps. */
function LevelGlyph({ stamp, framework }: StampProps) {
  const statement = framework?.mastery.statements[Number(stamp.params?.statement)];
  const position = statement?.position;
  if (position === undefined || !('rank' in position)) {
    const achieved = statement?.achieved?.replace(/\s*%$/, '') ?? '';
    return achieved.length > 0 && achieved.length <= 3 ? <TextGlyph text={achieved} /> : <DoneGlyph />;
  }
  const { rank, of } = position;
  if (of > 5) return <TextGlyph text={String(rank)} />;
  const start = 24 - ((of - 1) * 7.2 + 5) / 2;
  const passMark = statement?.passMark;
  const begins = passMark !== undefined && 'rank' in passMark ? passMark.rank : 0;
  return (
    <g className="glyph">
      <g strokeWidth="0">
        {Array.from({ length: of }, (_, index) => start + index * 7.2).map((x, index) => {
          const height = index < rank ? ((index + 1) * 24) / of : 2.6;
          return <rect key={x} x={x} y={37 - height} width="5" height={height} />;
        })}
        {begins > 0 && <path d={`M${start + (begins - 1) * 7.2 - 0.5} 43.2l3-4.2 3 4.2Z`} />}
      </g>
    </g>
  );
}

function TextGlyph({ text }: { text: string }) {
  return (
    <text className="glyph" x="24" y="35">
      {text}
    </text>
  );
}

function DoneGlyph() {
  return <path className="glyph done" d="M15 26l6.500 6.500L34 18.500" strokeWidth="3.8" />;
}

import type { Assessment } from '../../core/assess.ts';
import type { StampId } from '../../core/hallmark.ts';
import { fill, formatDate, texts } from '../texts/language.ts';
import { Filled } from '../ui/Filled.tsx';
import { Icon } from '../ui/Icon.tsx';
import { looks } from './outcome.ts';
import { Stamp } from './Stamp.tsx';
import { words } from './words.ts';

const all: readonly StampId[] = ['authentic', 'current', 'issuer', 'class', 'level'];

/** A record has no class and no level of its own. */
function stampsOf({ verification }: Assessment): readonly StampId[] {
  return verification.kind === 'ClrCredential' ? all.slice(0, 3) : all;
}

/** The full row: question, answer, reason and state word of each stamp. */
export function Hallmark({ assessment }: { assessment: Assessment }) {
  const ids = stampsOf(assessment);
  const { hallmarkReasons, outcomeWords, stampNames } = words();
  return (
    <>
      <ul className={ids.length === 3 ? 'hallmark three' : 'hallmark'} aria-label={texts.hallmark}>
        {ids.map((id) => {
          const stamp = assessment.hallmark.stamps[id];
          const { outcome, reason, params = {} } = stamp;
          const { icon, tone } = looks[outcome];
          const shown = typeof params.date === 'string' ? { ...params, date: formatDate(params.date) } : params;
          return (
            <li key={id}>
              <Stamp id={id} stamp={stamp} framework={assessment.framework} />
              <div>
                <div className="q">{stampNames[id]}</div>
                <div className="a">
                  <Filled template={hallmarkReasons[reason].say} params={shown} />
                </div>
                <div className="d">
                  <Filled template={hallmarkReasons[reason].why} params={shown} />
                </div>
                <div className={`state ${tone}`}>
                  <Icon name={icon} className={tone} />
                  {outcomeWords[outcome]}
                </div>
              </div>
            </li>
          );
        })}
      </ul>
      {ids.length === 3 && <p className="small muted">{texts.recordStamps}</p>}
      {!assessment.hallmark.signed && <p className="small muted">{texts.draftStamps}</p>}
    </>
  );
}

/** The small row of a list: one group with one text alternative. */
export function HallmarkRow({ assessment, small = false }: { assessment: Assessment; small?: boolean }) {
  const ids = stampsOf(assessment);
  const { stamps } = assessment.hallmark;
  const { outcomeWords, stampNames } = words();
  const said = ids
    .map((id) => `${stampNames[id].toLowerCase()} ${outcomeWords[stamps[id].outcome].toLowerCase()}`)
    .join(', ');
  return (
    <span className={small ? 'hm' : 'hm md'} role="img" aria-label={fill(texts.hallmarkRow, { stamps: said })}>
      {ids.map((id) => (
        <Stamp key={id} id={id} stamp={stamps[id]} framework={assessment.framework} />
      ))}
    </span>
  );
}

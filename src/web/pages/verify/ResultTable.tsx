import { Fragment, memo, useState } from 'react';
import { buildAnswer, learnerName, titleOf } from '../../../core/answer.ts';
import type { Assessment } from '../../../core/assess.ts';
import { renderFinding } from '../../../core/catalogue/render.ts';
import type { StampId } from '../../../core/hallmark.ts';
import { AnswerText } from '../../credential/Answer.tsx';
import { HallmarkRow } from '../../credential/Hallmark.tsx';
import { IssuerLine } from '../../credential/IssuerLine.tsx';
import { looks, outcomeOfVerdict } from '../../credential/outcome.ts';
import { translated, words } from '../../credential/words.ts';
import { fill, formatDate, texts, useLanguage } from '../../texts/language.ts';
import { Filled } from '../../ui/Filled.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { nameOf } from './check.ts';
import { groupOf } from './order.ts';
import { ShownResult, type ShownWith, sayUnanswered } from './ShownResult.tsx';
import type { Entry } from './use-batch.ts';

const rowsAtFirst = 100;

/** Many results: one line each, and each opens where it stands. */
export function ResultTable({ entries, shownWith }: { entries: readonly Entry[]; shownWith: ShownWith }) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [rows, setRows] = useState(rowsAtFirst);
  const [toggle] = useState(() => (id: string) => {
    setOpened((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  });
  const shown = entries.slice(0, rows);
  const more = Math.min(rowsAtFirst, entries.length - shown.length);
  return (
    <>
      <div className="card batch">
        <table>
          <caption className="vh">{texts.table}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.columns.learner}</th>
              <th scope="col">{texts.columns.credential}</th>
              <th scope="col">{texts.columns.hallmark}</th>
              <th scope="col">{texts.columns.answer}</th>
              <th scope="col">
                <span className="vh">{texts.columns.open}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((entry, index) => {
              const before = shown[index - 1];
              return (
                <Fragment key={entry.id}>
                  <Row
                    entry={entry}
                    isOpen={opened.has(entry.id)}
                    begins={before !== undefined && groupOf(before) !== groupOf(entry)}
                    toggle={toggle}
                  />
                  {opened.has(entry.id) && (
                    <tr className="opened">
                      <td colSpan={5}>
                        <ShownResult entry={entry} shownWith={shownWith} />
                      </td>
                    </tr>
                  )}
                </Fragment>
              );
            })}
          </tbody>
        </table>
      </div>
      {more > 0 && (
        <p className="row more-rows noprint">
          <button type="button" className="btn" onClick={() => setRows(rows + rowsAtFirst)}>
            {fill(texts.showMore, { count: more })}
          </button>
        </p>
      )}
    </>
  );
}

interface RowProps {
  entry: Entry;
  isOpen: boolean;
  /** First of its group. */
  begins: boolean;
  toggle(id: string): void;
}

const Row = memo(function Row({ entry, isOpen, begins, toggle }: RowProps) {
  useLanguage();
  const { checked, given } = entry;
  const assessment = checked?.kind === 'assessed' ? translated(checked.assessment) : null;
  const name = nameOf(given);
  const credential = assessment?.verification.credential ?? null;
  const title = credential === null ? null : titleOf(credential);
  const learner = credential === null ? null : learnerName(credential);
  return (
    <tr className={begins ? 'brk' : undefined} data-group={groupOf(entry)}>
      <td className="ap">
        <bdi>{learner ?? (credential === null ? name : texts.noLearner)}</bdi>
        {credential !== null && (
          <span className="small muted file">
            <bdi>{name}</bdi>
          </span>
        )}
      </td>
      <td className="cr">
        {credential !== null && <bdi>{title ?? texts.unnamed}</bdi>}
        {assessment !== null && (
          <span className="small muted is">
            <IssuerLine assessment={assessment} />
          </span>
        )}
      </td>
      <td className="hc">{assessment !== null && <HallmarkRow assessment={assessment} small />}</td>
      <td className="an">
        {assessment === null ? <NoAnswer entry={entry} /> : <ShortAnswer assessment={assessment} />}
      </td>
      <td className="op">
        <button type="button" className="btn plain" aria-expanded={isOpen} onClick={() => toggle(entry.id)}>
          {isOpen ? texts.close : texts.open}
          <span className="vh">
            {' '}
            {title} {learner ?? name}
          </span>
        </button>
      </td>
    </tr>
  );
});

const stampOrder: readonly StampId[] = ['authentic', 'current', 'issuer', 'class', 'level'];

function ShortAnswer({ assessment }: { assessment: Assessment }) {
  const { verification, hallmark } = assessment;
  const { verdict, sentence } = buildAnswer(verification, hallmark);
  const { icon, tone } = looks[outcomeOfVerdict[verdict]];
  const stamps = stampOrder.map((id) => hallmark.stamps[id]);
  const notable =
    verdict !== 'verified'
      ? undefined
      : (stamps.find(({ outcome }) => outcome === 'failed') ??
        stamps.find(({ outcome }) => outcome === 'cannot-tell') ??
        hallmark.stamps.level);
  const params = notable?.params ?? {};
  return (
    <>
      <span className={`state ${tone}`}>
        <Icon name={icon} className={tone} />
        <span>
          <AnswerText sentence={sentence} />
        </span>
      </span>
      {notable !== undefined && (
        <span className="small muted nt">
          <Filled
            template={words().hallmarkReasons[notable.reason].say}
            params={typeof params.date === 'string' ? { ...params, date: formatDate(params.date) } : params}
          />
        </span>
      )}
    </>
  );
}

function NoAnswer({ entry: { checked } }: { entry: Entry }) {
  const language = useLanguage();
  const isRefused = checked?.kind === 'refused';
  const { icon, tone } = isRefused ? looks.inapplicable : looks['cannot-tell'];
  const say = isRefused
    ? renderFinding(checked.finding, words()).say
    : sayUnanswered(checked?.kind === 'unanswered' ? checked.detail : '', language);
  return (
    <span className={`state ${tone}`}>
      <Icon name={icon} className={tone} />
      <span>{say}</span>
    </span>
  );
}

import type { RosterSummary } from '../../../../server/roster/results.ts';
import type { ShownRoster } from '../../../../server/roster/routes.ts';
import { fill, formatDate, formatNumber } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useIssuerQuery } from '../../queries.ts';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Faults } from './Faults.tsx';
import { JobActions } from './JobActions.tsx';
import { useTimeLeft } from './progress.ts';
import { useTexts } from './texts.ts';

/** A list that is being issued, or was: how far it is, what stands in its way, and what can be done. */
export function Job({ roster }: { roster: ShownRoster }) {
  const texts = useTexts();
  const { state, issued, faulty, failed, waiting } = roster;
  const wanted = issued + failed + waiting;
  const isMoving = state === 'running';
  const summary = useIssuerQuery<RosterSummary>(`/rosters/${roster.id}/summary`, {
    refetchInterval: ({ state: { data } }) => (isMoving || (data?.letters.waiting ?? 0) > 0 ? 5000 : false),
  });
  return (
    <div className="stack-2">
      <section className="card pad job" aria-labelledby="job">
        <div className="split">
          <h2 id="job">{fill(texts.jobTitles[state], { count: issued, of: wanted })}</h2>
          {isMoving && (
            <p className="state passed">
              <Icon name="passed" className="passed" />
              {texts.safe}
            </p>
          )}
        </div>
        <p className="small muted">
          {fill(texts.startedBy, {
            who: roster.startedBy,
            date: formatDate(roster.createdAt.slice(0, 16).concat('Z')),
          })}{' '}
          {isMoving && texts.goesOn}
        </p>
        <progress value={issued + failed} max={Math.max(1, wanted)} aria-label={texts.issuedLabel} />
        <Counts roster={roster} letters={summary.data?.letters} />
        <p className="vh" role="status">
          {isMoving ? '' : fill(texts.jobTitles[state], { count: issued, of: wanted })}
        </p>
        {(summary.data?.letters.failed ?? 0) > 0 && (
          <ul className="report">
            <li>
              <Icon name="failed" className="failed" />
              <div>
                <p className="t">{fill(texts.lettersFailed, { count: summary.data?.letters.failed ?? 0 })}</p>
                <p className="d">
                  {texts.lettersFailedMeaning} <IssuerLink to="/outbox">{texts.toOutbox}</IssuerLink>
                </p>
              </div>
            </li>
          </ul>
        )}
        {roster.waiver !== null && (
          <p className="small">{fill(texts.waivedBy, { who: roster.waiver.by, reason: roster.waiver.reason })}</p>
        )}
        <JobActions roster={roster} refused={summary.data?.refused ?? 0} />
      </section>
      {failed + faulty > 0 && (
        <Loaded query={summary} what={texts.rowsWhat}>
          {(found) => (
            <>
              {failed > 0 && (
                <section className="card" aria-labelledby="failed">
                  <div className="pad">
                    <h2 id="failed">{fill(texts.failedRows, { count: failed })}</h2>
                    <p className="muted">{texts.failedRowsMeaning}</p>
                  </div>
                  <Faults roster={roster} state="failed" summary={{ ...found, faults: [] }} />
                </section>
              )}
              {faulty > 0 && (
                <section className="card" aria-labelledby="faulty">
                  <div className="pad">
                    <h2 id="faulty">{fill(texts.faultyRows, { count: faulty })}</h2>
                    <p className="muted">{texts.faultyRowsMeaning}</p>
                  </div>
                  <Faults roster={roster} state="faulty" summary={found} />
                </section>
              )}
            </>
          )}
        </Loaded>
      )}
    </div>
  );
}

function Counts({ roster, letters }: { roster: ShownRoster; letters: RosterSummary['letters'] | undefined }) {
  const texts = useTexts();
  const left = useTimeLeft(roster);
  const counts: [string, string][] = [
    [texts.counts.waiting, formatNumber(roster.waiting)],
    [texts.counts.signed, formatNumber(roster.issued)],
    [texts.counts.failed, formatNumber(roster.failed)],
    [texts.counts.faulty, formatNumber(roster.faulty)],
    ...(letters === undefined || letters.waiting + letters.sent + letters.failed === 0
      ? []
      : ([
          [texts.counts.sent, formatNumber(letters.sent)],
          [texts.counts.underWay, formatNumber(letters.waiting)],
          [texts.counts.refused, formatNumber(letters.failed)],
        ] as [string, string][])),
    ...(left === null ? [] : ([[texts.counts.about, timeLeft(left, texts)]] as [string, string][])),
  ];
  return (
    <dl className="counts">
      {counts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function timeLeft(seconds: number, texts: ReturnType<typeof useTexts>): string {
  if (seconds < 60) return fill(texts.secondsLeft, { count: Math.max(1, Math.round(seconds)) });
  if (seconds < 5400) return fill(texts.minutesLeft, { count: Math.round(seconds / 60) });
  return fill(texts.hoursLeft, { count: Math.round(seconds / 3600) });
}

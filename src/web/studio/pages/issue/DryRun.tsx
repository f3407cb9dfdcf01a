import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { FoundPolicy } from '../../../../server/policy/policy.ts';
import type { RosterSummary } from '../../../../server/roster/results.ts';
import type { ShownRoster } from '../../../../server/roster/routes.ts';
import { fill, formatDate, formatNumber, useLanguage } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useIssuer, useMay } from '../../issuer.ts';
import { useKept } from '../../kept.ts';
import { useIssuerChange, useIssuerQuery } from '../../queries.ts';
import { useStudioTexts } from '../../texts/index.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { Area, Check, Choices } from '../../ui/Field.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Problem } from '../../ui/Problem.tsx';
import { Faults } from './Faults.tsx';
import { useTexts } from './texts.ts';

/** What the service found in a list, before anything is issued; then the start. */
export function DryRun({ roster }: { roster: ShownRoster }) {
  const texts = useTexts();
  const summary = useIssuerQuery<RosterSummary>(`/rosters/${roster.id}/summary`);
  return (
    <Loaded query={summary} what={texts.listWhat}>
      {(found) => (
        <div className="stack-2">
          <section className="card" aria-labelledby="dry">
            <div className="pad">
              <div className="split">
                <h2 id="dry">{fill(texts.dryRun, { ready: roster.waiting, rows: roster.rows })}</h2>
                <p className="small muted">
                  {fill(texts.readAt, { date: formatDate(roster.createdAt.slice(0, 16).concat('Z')) })}{' '}
                  {texts.nothingIssued} {fill(texts.inZone, { zone: roster.timeZone })}
                </p>
              </div>
              <Tally roster={roster} refused={found.refused} />
            </div>
            {roster.faulty > 0 && <Faults roster={roster} state="faulty" summary={found} />}
          </section>
          <Start roster={roster} summary={found} />
        </div>
      )}
    </Loaded>
  );
}

function Tally({ roster, refused }: { roster: ShownRoster; refused: number }) {
  const texts = useTexts();
  return (
    <ul className="tally">
      <li>
        <Icon name="passed" className="passed" />
        <b className="num">{formatNumber(roster.waiting)}</b>
        <span>{texts.ready}</span>
      </li>
      <li>
        <Icon name="failed" className="failed" />
        <b className="num">{formatNumber(roster.faulty - refused)}</b>
        <span>{texts.cannotBeIssued}</span>
      </li>
      {refused > 0 && (
        <li>
          <Icon name="unsure" className="unsure" />
          <b className="num">{formatNumber(refused)}</b>
          <span>{texts.needDecision}</span>
        </li>
      )}
    </ul>
  );
}

function Start({ roster, summary: { refused } }: { roster: ShownRoster; summary: RosterSummary }) {
  const texts = useTexts();
  const shared = useStudioTexts();
  const language = useLanguage();
  const navigate = useNavigate();
  const { slug } = useIssuer();
  const [mayIssue, mayApprove] = [useMay('issue'), useMay('approve')];
  const policy = useIssuerQuery<FoundPolicy>('/policy');
  const change = useIssuerChange();
  const [letters, setLetters] = useKept<'email' | 'none' | null>(`roster.${roster.id}.letters`, null);
  const [waive, setWaive] = useKept(`roster.${roster.id}.waive`, false);
  const [reason, setReason] = useKept(`roster.${roster.id}.reason`, '');
  const [missing, setMissing] = useState(false);
  const [discard, setDiscard] = useState(false);
  const count = roster.waiting + (waive ? refused : 0);
  if (!mayIssue) return null;
  const start = () => {
    setMissing(waive && reason.trim() === '');
    if (count === 0 || change.isPending || (waive && reason.trim() === '')) return;
    change.mutate({
      path: `/rosters/${roster.id}/start`,
      body: {
        ...(letters === null ? {} : { deliver: letters }),
        ...(waive ? { waiver: { reason: reason.trim() } } : {}),
      },
    });
  };
  return (
    <section className="card pad stack-2" aria-labelledby="go">
      <h2 id="go">{texts.issueTitle}</h2>
      <div className="form">
        <Choices<'email' | 'none'>
          legend={texts.letters}
          value={letters ?? policy.data?.policy.deliver ?? 'email'}
          choices={[
            { value: 'email', label: texts.lettersEmail, help: texts.lettersEmailHelp },
            { value: 'none', label: texts.lettersNone, help: texts.lettersNoneHelp },
          ]}
          onChange={setLetters}
        />
        {refused > 0 && mayApprove && (
          <Check
            label={fill(texts.waive, { count: refused })}
            help={texts.waiveHelp}
            checked={waive}
            onChange={setWaive}
          />
        )}
        {refused > 0 && !mayApprove && <p className="small">{fill(texts.waiveNotAllowed, { count: refused })}</p>}
        {waive && (
          <Area
            label={texts.waiveReason}
            help={shared.reasonHelp}
            fault={missing ? shared.reasonMissing : undefined}
            value={reason}
            maxLength={1000}
            onChange={setReason}
          />
        )}
        {change.error !== null && <Problem error={change.error} />}
      </div>
      <div className="row">
        <button type="button" className="btn primary" aria-disabled={count === 0 || change.isPending} onClick={start}>
          {fill(texts.issueCount, { count })}
        </button>
        {roster.faulty > 0 && (
          <a
            className="btn"
            href={`/api/issuers/${slug}/rosters/${roster.id}/results.csv?state=faulty&lang=${language}`}
          >
            <Icon name="down" />
            {fill(texts.downloadFaults, { count: roster.faulty })}
          </a>
        )}
        <button type="button" className="btn plain" onClick={() => setDiscard(true)}>
          {texts.discard}
        </button>
      </div>
      <p className="small muted">
        {count === 0 ? texts.noneReady : roster.faulty > 0 ? texts.faultyWait : texts.signedNext}
      </p>
      {discard && (
        <Confirm
          title={fill(texts.discardTitle, { name: roster.name })}
          act={texts.discardAct}
          keep={texts.discardKeep}
          danger
          reason={false}
          onAct={async () => {
            await change.mutateAsync({ path: `/rosters/${roster.id}/cancel` });
            await navigate({ to: `/${slug}/issue` });
          }}
          onClose={() => setDiscard(false)}
        >
          <p>{texts.discardMeaning}</p>
        </Confirm>
      )}
    </section>
  );
}

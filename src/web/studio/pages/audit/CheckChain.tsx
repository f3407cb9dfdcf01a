import { useState } from 'react';
import type { AuditFault } from '../../../../server/audit/append.ts';
import type { LedgerFault } from '../../../../server/audit/ledger.ts';
import { fill } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useIssuerQuery } from '../../queries.ts';
import { Problem } from '../../ui/Problem.tsx';
import { useTexts } from './texts.ts';

/** Reads the whole log and ledger, on demand, and says whether they are whole. */
export function CheckChain() {
  const texts = useTexts();
  const [wanted, setWanted] = useState(false);
  const log = useIssuerQuery<{ fault: AuditFault | null }>('/audit/verify', { enabled: wanted });
  const ledger = useIssuerQuery<{ fault: LedgerFault | null }>('/ledger/verify', { enabled: wanted });
  const isBusy = log.isFetching || ledger.isFetching;
  const check = () => {
    setWanted(true);
    if (wanted) void Promise.all([log.refetch(), ledger.refetch()]);
  };
  return (
    <section className="card pad stack">
      <div className="row">
        <button type="button" className="btn primary" onClick={check} aria-disabled={isBusy}>
          {texts.check}
        </button>
      </div>
      <div role="status" className="stack">
        {isBusy && <p>{texts.checking}</p>}
        {!isBusy && log.data !== undefined && (
          <Result
            text={
              log.data.fault === null
                ? texts.whole
                : fill(texts.faults[log.data.fault.fault], { number: log.data.fault.number })
            }
            isWhole={log.data.fault === null}
          />
        )}
        {!isBusy && ledger.data !== undefined && (
          <Result text={ledgerWords(ledger.data.fault, texts)} isWhole={ledger.data.fault === null} />
        )}
        {!isBusy && (log.data?.fault || ledger.data?.fault) && <p className="small">{texts.faultMeaning}</p>}
      </div>
      {log.error !== null && <Problem error={log.error} />}
    </section>
  );
}

function ledgerWords(fault: LedgerFault | null, texts: ReturnType<typeof useTexts>): string {
  if (fault === null) return texts.ledgerWhole;
  return fault.fault === 'missing'
    ? fill(texts.ledgerFaults.missing, { number: fault.entry })
    : fill(texts.ledgerFaults[fault.fault], { credential: fault.credential });
}

function Result({ text, isWhole }: { text: string; isWhole: boolean }) {
  const state = isWhole ? 'passed' : 'failed';
  return (
    <p className={`note ${state}`}>
      <Icon name={state} className={state} />
      <span>{text}</span>
    </p>
  );
}

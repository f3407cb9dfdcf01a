import type { ReactNode } from 'react';
import type { Finding, Outcome } from '../../core/finding.ts';
import { type StepId, stampOfStep, type VerificationReport } from '../../core/verify/report.ts';
import { texts } from '../texts/language.ts';
import { Icon } from '../ui/Icon.tsx';
import { Findings } from './Findings.tsx';
import { looks, outcomeOfVerdict, readingOrder } from './outcome.ts';
import { words } from './words.ts';

interface Row {
  key: string;
  title: ReactNode;
  outcome: Outcome;
  findings: readonly Finding[];
}

function Rows({ rows, base }: { rows: readonly Row[]; base: string }) {
  const sorted = [...rows].sort((a, b) => readingOrder.indexOf(a.outcome) - readingOrder.indexOf(b.outcome));
  return (
    <ul className="report">
      {sorted.map(({ key, title, outcome, findings }) => (
        <li key={key}>
          <Icon name={looks[outcome].icon} className={looks[outcome].tone} />
          <div>
            <p className="t">
              {title}: {words().outcomeWords[outcome].toLowerCase()}
            </p>
            <Findings findings={findings} base={base} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function stepRows({ steps }: VerificationReport): Row[] {
  return (Object.keys(stampOfStep) as StepId[]).map((id) => ({ key: id, title: words().stepNames[id], ...steps[id] }));
}

/** What stands between this credential and a plain yes: steps that did not pass, and the warnings of those that did. */
export function OpenFindings({ report }: { report: VerificationReport }) {
  const rows = stepRows(report)
    .map((row) =>
      row.outcome === 'passed' || row.outcome === 'inapplicable'
        ? { ...row, findings: row.findings.filter(({ severity }) => severity !== 'information') }
        : row,
    )
    .filter(({ outcome, findings }) => outcome === 'failed' || outcome === 'cannot-tell' || findings.length > 0);
  if (rows.length === 0) return null;
  return (
    <section className="part pad">
      <h3>{texts.findings}</h3>
      <Rows rows={rows} base={report.pointer} />
    </section>
  );
}

/** Every step, every proof, every status entry and every endorsement, each with what was seen. */
export function EveryStep({ report }: { report: VerificationReport }) {
  const { proofs, status, endorsements, pointer } = report;
  const rows: Row[] = [
    ...stepRows(report),
    ...proofs.map((proof, index) => ({
      key: `proof-${index}`,
      title: (
        <>
          {texts.proof} <code dir="ltr">{proof.method ?? texts.proofUnknown}</code>{' '}
          <code className="path" dir="ltr">
            {proof.verificationMethod}
          </code>
        </>
      ),
      outcome: proof.outcome,
      findings: proof.findings,
    })),
    ...status.map((entry, index) => ({
      key: `status-${index}`,
      title: (
        <>
          {texts.statusEntry} <bdi>{entry.purpose ?? entry.type}</bdi>
        </>
      ),
      outcome: entry.outcome,
      findings: entry.findings,
    })),
    ...endorsements.map((entry) => ({
      key: entry.pointer,
      title: (
        <>
          {texts.endorsement} <bdi>{entry.report.issuer.verifiedAs?.value}</bdi>
        </>
      ),
      outcome: outcomeOfVerdict[entry.report.verdict],
      findings: [],
    })),
  ];
  return <Rows rows={rows} base={pointer} />;
}

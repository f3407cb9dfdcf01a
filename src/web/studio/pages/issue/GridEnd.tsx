import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { RosterFault } from '../../../../core/issue/roster.ts';
import type { ShownLine, ShownRoster } from '../../../../server/roster/routes.ts';
import { askJson } from '../../../api.ts';
import { fill, formatNumber } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { writeCsv } from '../../delimited.ts';
import { useFindingWords } from '../../findings.ts';
import { useIssuer } from '../../issuer.ts';
import { type Slice, useIssuerChange } from '../../queries.ts';
import { Refusal } from '../../ui/Refusal.tsx';
import { uploadFile } from '../../upload.ts';
import { type GridColumn, type GridRowCells, isDecision, isEmptyRow } from './grid.ts';
import { type Options, optionsQuery } from './ListOptions.tsx';
import { useTexts } from './texts.ts';
import type { Grid } from './use-grid.ts';

export interface GridEndProps {
  achievementId: string;
  grid: Grid;
  columns: readonly GridColumn[];
  faults: readonly (readonly RosterFault[])[];
  options: Options;
  deliver: 'email' | 'none';
  onMissing(missing: boolean): void;
  /** What the service found in a row that looked well. */
  onSaid(row: GridRowCells, faults: RosterFault[]): void;
}

/** What is to be settled, and issuing what is ready: by the same dry run and job as a list. */
export function GridEnd({ achievementId, grid, columns, faults, options, deliver, onMissing, onSaid }: GridEndProps) {
  const texts = useTexts();
  const navigate = useNavigate();
  const { slug } = useIssuer();
  const change = useIssuerChange<ShownRoster>();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const { rows } = grid.state;
  const filled = rows
    .map((row, index) => ({ row, index, faults: faults[index] ?? [] }))
    .filter(({ row }) => !isEmptyRow(row));
  const ready = filled.filter(({ faults }) => faults.length === 0);
  const asking = filled.filter(({ faults }) => faults.length > 0 && faults.every(isDecision));
  const wrong = filled.length - ready.length - asking.length;

  const issue = async () => {
    const isMissing = options.belowPassMark && options.belowReason.trim() === '';
    onMissing(isMissing);
    if (ready.length === 0 || busy || isMissing) return;
    setBusy(true);
    setError(null);
    try {
      const table = [columns.map(({ target }) => target), ...ready.map(({ row }) => row)];
      const query = new URLSearchParams([
        ['achievement', achievementId],
        ['name', texts.gridName],
        ...optionsQuery(options),
      ]);
      const roster = await uploadFile<ShownRoster>({
        path: `/api/issuers/${slug}/rosters?${query}`,
        file: new Blob([writeCsv(table)]),
        type: 'text/csv',
        onProgress: () => {},
      });
      if (roster.faulty > 0) {
        const { items } = await askJson<Slice<ShownLine>>(
          `/api/issuers/${slug}/rosters/${roster.id}/rows?state=faulty&limit=1000`,
        );
        // The header is the first line.
        for (const { line, faults } of items) {
          const row = ready[line - 2]?.row;
          if (row !== undefined)
            onSaid(
              row,
              faults.map(({ column, ...finding }) => ({ column, finding })),
            );
        }
        await change.mutateAsync({ path: `/rosters/${roster.id}/cancel` });
        setBusy(false);
        return;
      }
      await change.mutateAsync({ path: `/rosters/${roster.id}/start`, body: { deliver } });
      const issued = new Set(ready.map(({ row }) => row));
      const left = rows.filter((row) => !issued.has(row) && !isEmptyRow(row));
      if (left.length === 0) grid.clear();
      else grid.setRows(left);
      await navigate({ to: `/${slug}/issue/${roster.id}` });
    } catch (error) {
      setError(error);
      setBusy(false);
    }
  };

  return (
    <>
      <ToSettle rows={filled} columns={columns} />
      {error !== null && (
        <div className="pad">
          <Refusal error={error} title={texts.notTaken} />
        </div>
      )}
      <div className="grid-go">
        <ul className="tally">
          <li>
            <Icon name="passed" className="passed" />
            <b className="num">{formatNumber(ready.length)}</b>
            {texts.ready}
          </li>
          {wrong > 0 && (
            <li>
              <Icon name="failed" className="failed" />
              <b className="num">{formatNumber(wrong)}</b>
              {texts.cannotBeIssued}
            </li>
          )}
          {asking.length > 0 && (
            <li>
              <Icon name="unsure" className="unsure" />
              <b className="num">{formatNumber(asking.length)}</b>
              {texts.needDecision}
            </li>
          )}
        </ul>
        <button
          type="button"
          className="btn primary"
          aria-disabled={ready.length === 0 || busy}
          onClick={() => void issue()}
        >
          {fill(texts.issueCount, { count: ready.length })}
        </button>
      </div>
    </>
  );
}

interface ToSettleProps {
  rows: readonly { row: GridRowCells; index: number; faults: readonly RosterFault[] }[];
  columns: readonly GridColumn[];
}

/** Every fault once more, by row, with a way to its cell. */
function ToSettle({ rows, columns }: ToSettleProps) {
  const texts = useTexts();
  const say = useFindingWords();
  const open = rows.filter(({ faults }) => faults.length > 0);
  if (open.length === 0) return null;
  const go = (row: number, column: number) =>
    document.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`)?.focus();
  return (
    <div className="grid-open">
      <h2>{fill(texts.toSettle, { count: open.length })}</h2>
      <ul className="report">
        {open.flatMap(({ row, index, faults }) =>
          faults.map((fault) => {
            const tone = isDecision(fault) ? 'unsure' : 'failed';
            const words = say(fault.finding);
            const at = (fault.column ?? 1) - 1;
            const column = columns[at];
            return (
              <li key={JSON.stringify([index, fault.column, fault.finding.code])}>
                <Icon name={tone} className={tone} />
                <div>
                  <p className="t">
                    <bdi>{row[0]?.trim() || fill(texts.rowNumber, { number: index + 1 })}</bdi>: {words.say}
                  </p>
                  {words.todo !== undefined && <p className="d">{words.todo}</p>}
                  <p className="row">
                    <button type="button" className="btn plain" onClick={() => go(index, at)}>
                      {fill(texts.goToCell, {
                        column: column?.scale?.name ?? texts.gridColumns[column?.target ?? ''] ?? '',
                      })}
                    </button>
                  </p>
                </div>
              </li>
            );
          }),
        )}
      </ul>
    </div>
  );
}

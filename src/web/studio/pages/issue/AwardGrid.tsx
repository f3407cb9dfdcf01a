import { useMemo, useRef, useState } from 'react';
import type { EvidenceRequirement } from '../../../../core/issue/check-mastery.ts';
import type { RosterFault } from '../../../../core/issue/roster.ts';
import type { JsonObject } from '../../../../core/json/json.ts';
import type { Policy } from '../../../../server/policy/policy.ts';
import { useKept } from '../../kept.ts';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { FillColumn } from './FillColumn.tsx';
import { GridEnd } from './GridEnd.tsx';
import { GridSheet } from './GridSheet.tsx';
import { emptyRow, faultsOf, findTwice, type GridRowCells, gridColumns, isEmptyRow } from './grid.ts';
import { ListOptions, noOptions } from './ListOptions.tsx';
import { useTexts } from './texts.ts';
import { useGrid } from './use-grid.ts';
import { useJudgeRow } from './use-judge-row.ts';

export interface AwardGridProps {
  id: string;
  achievement: JsonObject;
  evidence: EvidenceRequirement | undefined;
  timeZone: string;
  deliver: Policy['deliver'];
  proof: Policy['proof'];
}

const rowsMore = 5;

/** The sheet, what is to be settled under it, and issuing. */
export function AwardGrid({ id, achievement, evidence, timeZone, deliver, proof }: AwardGridProps) {
  const texts = useTexts();
  const columns = useMemo(() => gridColumns(achievement), [achievement]);
  const grid = useGrid(id, columns.length);
  const [options, setOptions] = useKept('issue.options', noOptions);
  const [missing, setMissing] = useState(false);
  // What the service said of a row, until the row changes.
  const said = useRef(new WeakMap<GridRowCells, RosterFault[]>());
  const [, redraw] = useState(0);
  const { rows } = grid.state;
  const allowBelowPassMark = options.belowPassMark;
  const rules = useMemo(
    () => ({ achievement, columns, timeZone, evidence, allowBelowPassMark }),
    [achievement, columns, timeZone, evidence, allowBelowPassMark],
  );
  const { judge: judgeContent, failed } = useJudgeRow(id, rules, proof, options);
  const [fills, setFills] = useState(false);
  const judge = useMemo(() => {
    const known = new WeakMap<GridRowCells, RosterFault[]>();
    return (row: GridRowCells): RosterFault[] => {
      const before = known.get(row) ?? faultsOf(row, rules);
      known.set(row, before);
      return before;
    };
  }, [rules]);
  const twice = options.duplicates === 'allow' ? new Map<number, number>() : findTwice(rows, columns);
  const faults = rows.map((row, index) => {
    const first = twice.get(index);
    const own = said.current.get(row) ?? judge(row);
    return first === undefined ? own : [...own, inTwoRows(first)];
  });
  return (
    <>
      <div className="card">
        <div className="tools">
          <div className="row">
            <button
              type="button"
              className="btn"
              onClick={() =>
                grid.setRows([...rows, ...Array.from({ length: rowsMore }, () => emptyRow(columns.length))])
              }
            >
              {texts.addRows}
            </button>
            <button type="button" className="btn" aria-expanded={fills} onClick={() => setFills(!fills)}>
              {texts.fillColumn}
            </button>
            <button type="button" className="btn" onClick={() => grid.undo()}>
              {texts.undoStep}
            </button>
            <IssuerLink to="/issue/list" className="btn plain">
              {texts.importInstead}
            </IssuerLink>
          </div>
          <p className="keys" id="grid-keys">
            {texts.keys.map(([keys, does]) => (
              <span key={does}>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}{' '}
                {does}
              </span>
            ))}
          </p>
        </div>
        {fills && <FillColumn grid={grid} columns={columns} />}
        <GridSheet grid={grid} rules={rules} faults={faults} judge={judgeContent} />
        <GridEnd
          achievementId={id}
          grid={grid}
          columns={columns}
          faults={faults}
          options={options}
          deliver={deliver}
          onMissing={setMissing}
          onSaid={(row, found) => {
            said.current.set(row, found);
            redraw((count) => count + 1);
          }}
        />
      </div>
      <section className="card pad stack-2" aria-labelledby="options">
        <h2 id="options">{texts.optionsTitle}</h2>
        <ListOptions options={options} onChange={setOptions} timeZone={timeZone} missing={missing} />
      </section>
      {failed && <p className="small">{texts.classNotShown}</p>}
      <p className="small muted">{rows.every(isEmptyRow) ? texts.gridEmpty : texts.gridKept}</p>
    </>
  );
}

const inTwoRows = (first: number): RosterFault => ({
  column: 1,
  finding: { code: 'roster-row-twice', severity: 'error', params: { line: first + 1 } },
});

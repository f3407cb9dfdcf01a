import { useRef } from 'react';
import { useKept } from '../../kept.ts';
import { emptyRow, type GridRowCells } from './grid.ts';

export interface GridState {
  rows: GridRowCells[];
  /** Names of uploaded files, by id. */
  files: Record<string, string>;
}

const rememberedSteps = 100;
const rowsAtFirst = 5;

/** What stands in the grid, kept over a reload, and every step back. Typing in one cell is one step. */
export function useGrid(achievementId: string, width: number) {
  const initial = useRef<GridState>({ rows: Array.from({ length: rowsAtFirst }, () => emptyRow(width)), files: {} });
  const [state, setState, clear] = useKept<GridState>(`grid.${achievementId}`, initial.current);
  const past = useRef<{ state: GridState; step: string }[]>([]);
  const latest = useRef(state);
  latest.current = state;
  const change = (next: GridState, step: string) => {
    if (past.current.at(-1)?.step !== step || step === '') past.current.push({ state: latest.current, step });
    if (past.current.length > rememberedSteps) past.current.shift();
    latest.current = next;
    setState(next);
  };
  return {
    state,
    /** Now, also between two drawings. */
    now: () => latest.current,
    setCell: (row: number, column: number, value: string, file?: string) => {
      const { rows, files } = latest.current;
      const next = rows.map((cells, index) =>
        index === row ? cells.map((cell, at) => (at === column ? value : cell)) : cells,
      );
      change(
        { rows: next, files: file === undefined ? files : { ...files, [value]: file } },
        file === undefined ? `${row} ${column}` : '',
      );
    },
    setRows: (rows: GridRowCells[]) => change({ ...latest.current, rows }, ''),
    undo: () => {
      const last = past.current.pop();
      if (last === undefined) return;
      latest.current = last.state;
      setState(last.state);
    },
    clear: () => {
      past.current = [];
      clear();
    },
  };
}
export type Grid = ReturnType<typeof useGrid>;

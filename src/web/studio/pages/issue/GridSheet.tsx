import { type ClipboardEvent, type KeyboardEvent, useCallback, useRef } from 'react';
import { flushSync } from 'react-dom';
import type { RosterFault } from '../../../../core/issue/roster.ts';
import { fill } from '../../../texts/language.ts';
import { parseDelimited } from '../../delimited.ts';
import { useToast } from '../../ui/Toasts.tsx';
import { GridRow } from './GridRow.tsx';
import { emptyRow, fillColumn, type GridColumn, type GridRules, pasteBlock } from './grid.ts';
import { useTexts } from './texts.ts';
import type { Grid } from './use-grid.ts';
import type { JudgeRow } from './WillReadAs.tsx';

export interface GridSheetProps {
  grid: Grid;
  rules: GridRules;
  /** Of each row. */
  faults: readonly (readonly RosterFault[])[];
  judge: JudgeRow | null;
}

/** The sheet: one Tab stop for each cell, arrows between them, a block pasted from a spreadsheet, and steps back. */
export function GridSheet({ grid, rules, faults, judge }: GridSheetProps) {
  const { columns } = rules;
  const texts = useTexts();
  const toast = useToast();
  const table = useRef<HTMLTableElement>(null);
  const latest = useRef(grid);
  latest.current = grid;
  const width = columns.length;
  const { rows, files } = grid.state;

  const focus = (row: number, column: number) => {
    const cell = table.current?.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`);
    cell?.focus();
    if (cell instanceof HTMLInputElement) cell.select();
  };
  const down = (row: number, column: number) => {
    const { now, setRows } = latest.current;
    // A key that is pressed next, however soon, is for the row below.
    if (row + 1 >= now().rows.length) flushSync(() => setRows([...now().rows, emptyRow(width)]));
    focus(row + 1, column);
  };
  const press = (event: KeyboardEvent) => {
    const place = placeOf(event.target);
    if (place === null) return;
    const [row, column] = place;
    const moves: Record<string, (() => void) | undefined> = {
      ArrowUp: () => focus(Math.max(0, row - 1), column),
      ArrowDown: () => down(row, column),
      Enter: event.target instanceof HTMLInputElement ? () => down(row, column) : undefined,
      ArrowLeft: isAtEdge(event.target, 'start') ? () => focus(row, column - 1) : undefined,
      ArrowRight: isAtEdge(event.target, 'end') ? () => focus(row, column + 1) : undefined,
      F8: () => nextFault(row, column),
    };
    const withControl = (key: string) =>
      event.key.toLowerCase() === key && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    const level = levelOf(columns[column], event);
    const act = withControl('z')
      ? () => latest.current.undo()
      : withControl('d')
        ? () => fillDown(row, column)
        : level !== undefined
          ? () => latest.current.setCell(row, column, level)
          : event.ctrlKey || event.altKey || event.metaKey
            ? undefined
            : moves[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  const fillDown = (row: number, column: number) => {
    const { rows } = latest.current.now();
    const filled = fillColumn(rows, column, rows[row]?.[column] ?? '', row);
    latest.current.setRows(filled);
    const count = filled.filter((cells, index) => index > row && cells !== rows[index]).length;
    toast(fill(texts.filled, { count }), () => latest.current.undo());
  };
  const nextFault = (row: number, column: number) => {
    const places = faults.flatMap((all, index) =>
      all.flatMap((fault): [number, number][] => [[index, (fault.column ?? 1) - 1]]),
    );
    const next = places.find(([y, x]) => y > row || (y === row && x > column)) ?? places[0];
    if (next !== undefined) focus(...next);
  };
  const paste = (event: ClipboardEvent) => {
    const place = placeOf(event.target);
    const given = event.clipboardData.getData('text/plain').replace(/\r?\n$/, '');
    if (place === null || !/[\t\n]/.test(given)) return;
    event.preventDefault();
    const block = parseDelimited(given, '\t');
    latest.current.setRows(pasteBlock(latest.current.now().rows, block, place, width));
    const text = fill(texts.pasted, { rows: block.length, columns: block[0]?.length ?? 0 });
    toast(text, () => latest.current.undo());
  };
  const onCell = useCallback<Grid['setCell']>((...cell) => latest.current.setCell(...cell), []);
  const onRemove = useCallback(
    (row: number) => {
      const { rows } = latest.current.now();
      const left = rows.filter((_, index) => index !== row);
      latest.current.setRows(left.length === 0 ? [emptyRow(width)] : left);
      toast(texts.rowRemoved, () => latest.current.undo());
    },
    [texts, toast, width],
  );

  return (
    <section
      className="scroll sheet-frame"
      aria-label={texts.gridTitle}
      aria-describedby="grid-keys"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
      tabIndex={0}
    >
      <table className="sheet" ref={table} onKeyDown={press} onPaste={paste}>
        <caption className="vh">{texts.gridTitle}</caption>
        <thead>
          <tr>
            <th scope="col">{texts.row}</th>
            {columns.map(({ target, scale }) => (
              <th scope="col" key={target}>
                {scale?.name ?? texts.gridColumns[target]}
                {scale !== null && <span className="pm">{asks(scale, texts)}</span>}
              </th>
            ))}
            <th scope="col">
              <span className="vh">{texts.removeRow}</span>
            </th>
            <th scope="col" className="reads">
              {texts.willReadAs}
              <span className="pm">{texts.willReadAsWhat}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <GridRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is where it stands
              key={index}
              index={index}
              row={row}
              rules={rules}
              faults={faults[index] ?? none}
              files={files}
              judge={judge}
              onCell={onCell}
              onRemove={onRemove}
            />
          ))}
        </tbody>
      </table>
      {columns.map(({ target, scale }, at) =>
        scale === null || scale.levels.length === 0 ? null : (
          <datalist id={`levels-${at}`} key={target}>
            {scale.levels.map((level) => (
              <option value={level} key={level} />
            ))}
          </datalist>
        ),
      )}
    </section>
  );
}

const none: readonly RosterFault[] = [];

function placeOf(target: EventTarget): [number, number] | null {
  if (!(target instanceof HTMLElement) || target.dataset.row === undefined) return null;
  return [Number(target.dataset.row), Number(target.dataset.column)];
}

/** Arrows move the caret inside of a text first. */
function isAtEdge(target: EventTarget, edge: 'start' | 'end'): boolean {
  if (!(target instanceof HTMLInputElement)) return true;
  const { selectionStart: start, selectionEnd: end, value } = target;
  if (start === 0 && end === value.length) return true;
  return start === end && start === (edge === 'start' ? 0 : value.length);
}

/** A digit stands for a level, where the scale has no numbers of its own. */
function levelOf(column: GridColumn | undefined, { key, target, ctrlKey, metaKey, altKey }: KeyboardEvent) {
  if (column?.scale == null || ctrlKey || metaKey || altKey || !/^[1-9]$/.test(key)) return undefined;
  const isNumeric = ['Percent', 'RawScore', 'ScaledScore', 'GradePointAverage', 'RubricScore'].includes(
    String(column.scale.description.resultType),
  );
  const isFree = target instanceof HTMLInputElement && (target.value === '' || isAtEdge(target, 'start'));
  return isNumeric || !isFree ? undefined : column.scale.levels[Number(key) - 1];
}

/** What a scale asks, in short: its pass mark, or its range. */
function asks({ levels, description }: NonNullable<GridColumn['scale']>, texts: ReturnType<typeof useTexts>): string {
  const { requiredLevel, requiredValue, valueMin, valueMax, rubricCriterionLevel } = description;
  const all = Array.isArray(rubricCriterionLevel) ? rubricCriterionLevel : [];
  const at = all.findIndex(
    (level) => typeof level === 'object' && level !== null && 'id' in level && level.id === requiredLevel,
  );
  if (levels.length > 0 && at >= 0)
    return fill(texts.passLevel, { level: levels[at] ?? '', place: at + 1, of: levels.length });
  const range =
    valueMin !== undefined && valueMax !== undefined
      ? fill(texts.range, { from: String(valueMin), to: String(valueMax) })
      : '';
  const pass = requiredValue === undefined ? texts.noPassMark : fill(texts.passValue, { value: String(requiredValue) });
  return [range, pass].filter(Boolean).join(', ');
}

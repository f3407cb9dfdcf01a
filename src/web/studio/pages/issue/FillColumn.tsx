import { useState } from 'react';
import { fill } from '../../../texts/language.ts';
import { Select, Text } from '../../ui/Field.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { fillColumn, type GridColumn, isEmptyRow } from './grid.ts';
import { useTexts } from './texts.ts';
import type { Grid } from './use-grid.ts';

/** What is each learner's own, or no text. */
const ofOne = ['name', 'email', 'identifier:systemId', 'evidence:file'];

/** One value down a column, for everybody who stands in the sheet. */
export function FillColumn({ grid, columns }: { grid: Grid; columns: readonly GridColumn[] }) {
  const texts = useTexts();
  const toast = useToast();
  const open = columns.map((column, index) => ({ ...column, index })).filter(({ target }) => !ofOne.includes(target));
  const [target, setTarget] = useState(open[0]?.target ?? '');
  const [value, setValue] = useState('');
  const chosen = open.find((column) => column.target === target);
  const count = grid.state.rows.filter((row) => !isEmptyRow(row)).length;
  const levels = chosen?.scale?.levels ?? [];
  const run = () => {
    if (chosen === undefined || count === 0) return;
    grid.setRows(fillColumn(grid.now().rows, chosen.index, value.trim()));
    toast(fill(texts.filled, { count }), () => grid.undo());
  };
  return (
    <form
      className="fill"
      onSubmit={(event) => {
        event.preventDefault();
        run();
      }}
    >
      <Select
        label={texts.fillWhich}
        value={target}
        onChange={(next) => {
          setTarget(next);
          setValue('');
        }}
        options={open.map((column): [string, string] => [
          column.target,
          column.scale?.name ?? texts.gridColumns[column.target] ?? column.target,
        ])}
      />
      {levels.length > 0 ? (
        <Select
          label={texts.fillWith}
          value={value}
          onChange={setValue}
          options={[['', texts.fillNothing], ...levels.map((level): [string, string] => [level, level])]}
        />
      ) : (
        <Text label={texts.fillWith} value={value} onChange={setValue} maxLength={2000} />
      )}
      <button type="submit" className="btn" aria-disabled={count === 0}>
        {fill(texts.fillRows, { count })}
      </button>
    </form>
  );
}

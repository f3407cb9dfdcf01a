import { useState } from 'react';
import type { RosterSummary } from '../../../../server/roster/results.ts';
import type { ShownLine, ShownRoster } from '../../../../server/roster/routes.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useFindingWords } from '../../findings.ts';
import { useIssuerList } from '../../queries.ts';
import { Chips } from '../../ui/Chips.tsx';
import { type Column, MoreRows, Table } from '../../ui/ListTable.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { useTexts } from './texts.ts';

export interface FaultsProps {
  roster: ShownRoster;
  state: 'faulty' | 'failed';
  summary: RosterSummary;
}

/** Rows with their faults, by column, page by page. */
export function Faults({ roster, state, summary }: FaultsProps) {
  const texts = useTexts();
  const [column, setColumn] = useState('all');
  const filter = column === 'all' ? '' : `&column=${column}`;
  const list = useIssuerList<ShownLine>(`/rosters/${roster.id}/rows?state=${state}&limit=50${filter}`);
  const columns: Column<ShownLine>[] = [
    { head: texts.row, numeric: true, names: true, cell: ({ line }) => line },
    { head: texts.learner, cell: ({ name }) => <bdi>{name || texts.noName}</bdi> },
    { head: texts.wrong, cell: (line) => <RowFaults line={line} /> },
  ];
  const chips = byColumn(summary);
  return (
    <>
      {chips.length > 1 && (
        <div className="pad-sides">
          <Chips
            label={texts.byColumn}
            chosen={column}
            onChoose={setColumn}
            chips={[
              { value: 'all', label: texts.allColumns },
              ...chips.map(({ column, name, count }) => ({
                value: String(column ?? 0),
                label: column === null ? texts.wholeRow : (name ?? String(column)),
                count,
              })),
            ]}
          />
        </div>
      )}
      <Loaded query={list} what={texts.rowsWhat} rows={4}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return (
            <div className="list-table faults">
              <Table
                caption={texts.rowsWithFaults}
                columns={columns}
                items={items}
                keyOf={({ line }) => String(line)}
              />
              <MoreRows list={list} count={items.length} />
            </div>
          );
        }}
      </Loaded>
    </>
  );
}

function RowFaults({ line: { gate, faults } }: { line: ShownLine }) {
  const say = useFindingWords();
  // Only what the gate refuses can be waived.
  const icon = gate === null ? 'failed' : 'unsure';
  return (
    <ul className="fault-list">
      {faults.map((fault) => {
        const words = say(fault);
        return (
          <li className="fault" key={JSON.stringify([fault.column, fault.code, fault.params])}>
            <Icon name={icon} className={icon} />
            <div>
              <p dir="auto">
                {fault.name !== null && (
                  <b>
                    <bdi>{fault.name}</bdi>:{' '}
                  </b>
                )}
                {words.say}
              </p>
              {words.todo !== undefined && <p className="small muted">{words.todo}</p>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function byColumn({ faults }: RosterSummary): { column: number | null; name: string | null; count: number }[] {
  const columns = new Map<number | null, { column: number | null; name: string | null; count: number }>();
  for (const { column, name, count } of faults)
    columns.set(column, { column, name, count: count + (columns.get(column)?.count ?? 0) });
  return [...columns.values()].sort((a, b) => (a.column ?? 0) - (b.column ?? 0));
}

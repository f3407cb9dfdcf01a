import { memo, useRef, useState } from 'react';
import type { RosterFault } from '../../../../core/issue/roster.ts';
import { askJson } from '../../../api.ts';
import { fill } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useFindingWords } from '../../findings.ts';
import { useIssuer } from '../../issuer.ts';
import { type GridRowCells, type GridRules, isDecision } from './grid.ts';
import { useTexts } from './texts.ts';
import { type JudgeRow, WillReadAs } from './WillReadAs.tsx';

export interface GridRowProps {
  index: number;
  row: GridRowCells;
  rules: GridRules;
  faults: readonly RosterFault[];
  files: Readonly<Record<string, string>>;
  judge: JudgeRow | null;
  onCell(row: number, column: number, value: string, file?: string): void;
  onRemove(row: number): void;
}

/** One learner: a field for each column, with what is wrong in it. Drawn again only when it changes. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { index, row, rules, faults, files, judge, onCell, onRemove } = props;
  const { columns } = rules;
  const texts = useTexts();
  const who = row[0]?.trim() || fill(texts.rowNumber, { number: index + 1 });
  return (
    <tr>
      <th scope="row">
        <span className="num muted">{index + 1}</span>
      </th>
      {columns.map((column, at) => {
        const own = faults.filter((fault) => fault.column === at + 1);
        const asks = own.length > 0 && own.every(isDecision);
        const label = `${column.scale?.name ?? texts.gridColumns[column.target]}, ${who}`;
        const says = own.length > 0 ? `cell-${index}-${at}-says` : undefined;
        const shared = { 'data-row': index, 'data-column': at, 'aria-describedby': says };
        return (
          <td
            key={column.target}
            data-l={column.scale?.name ?? texts.gridColumns[column.target]}
            data-fault={own.length > 0 && !asks ? '' : undefined}
            data-ask={asks ? '' : undefined}
          >
            <span className="cell">
              {column.target === 'evidence:file' ? (
                <FileCell
                  shared={shared}
                  label={label}
                  name={files[row[at] ?? ''] ?? ''}
                  onFile={(id, name) => onCell(index, at, id, name)}
                  onRemove={() => onCell(index, at, '')}
                />
              ) : (
                <input
                  {...shared}
                  aria-label={label}
                  type="text"
                  value={row[at] ?? ''}
                  autoComplete="off"
                  list={column.scale === null || column.scale.levels.length === 0 ? undefined : `levels-${at}`}
                  aria-invalid={own.length > 0 && !asks ? true : undefined}
                  dir={column.target === 'email' || column.target === 'evidence' ? 'ltr' : 'auto'}
                  onChange={({ target }) => onCell(index, at, target.value)}
                />
              )}
            </span>
            {own.length > 0 && <Says id={says} faults={own} asks={asks} />}
          </td>
        );
      })}
      <td className="wide">
        <button type="button" className="btn plain" onClick={() => onRemove(index)}>
          {texts.removeRow}
          <span className="vh"> {who}</span>
        </button>
      </td>
      <td className="reads" data-l={texts.willReadAs}>
        <WillReadAs row={row} rules={rules} judge={judge} />
      </td>
    </tr>
  );
});

function Says({ id, faults, asks }: { id: string | undefined; faults: readonly RosterFault[]; asks: boolean }) {
  const say = useFindingWords();
  const tone = asks ? 'unsure' : 'failed';
  return (
    <span className={`say ${tone}`} id={id}>
      <Icon name={tone} className={tone} />
      <span>{faults.map(({ finding }) => say(finding).say).join(' ')}</span>
    </span>
  );
}

interface FileCellProps {
  shared: object;
  label: string;
  name: string;
  onFile(id: string, name: string): void;
  onRemove(): void;
}

/** A file of evidence: it is uploaded at once, and belongs to nobody until the credential is issued. */
function FileCell({ shared, label, name, onFile, onRemove }: FileCellProps) {
  const texts = useTexts();
  const { slug } = useIssuer();
  const input = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<'none' | 'busy' | string>('none');
  const upload = async (file: File | undefined) => {
    if (file === undefined) return;
    setState('busy');
    try {
      const { id } = await askJson<{ id: string }>(
        `/api/issuers/${slug}/evidence?name=${encodeURIComponent(file.name.slice(0, 500))}`,
        { method: 'POST', body: file },
      );
      onFile(id, file.name);
      setState('none');
    } catch (error) {
      setState(error instanceof Error && error.message !== '' ? error.message : texts.fileNotTaken);
    }
  };
  return (
    <span className="file-cell">
      <input ref={input} type="file" hidden tabIndex={-1} onChange={({ target }) => void upload(target.files?.[0])} />
      <button
        {...shared}
        type="button"
        className="btn"
        aria-disabled={state === 'busy'}
        onClick={() => (name === '' ? input.current?.click() : onRemove())}
      >
        {state === 'busy' ? texts.uploading : name === '' ? texts.addFile : fill(texts.removeFile, { name })}
        <span className="vh"> {label}</span>
      </button>
      {state !== 'none' && state !== 'busy' && (
        <span className="say failed" role="alert">
          <Icon name="failed" className="failed" />
          <span>{state}</span>
        </span>
      )}
    </span>
  );
}

import { type DragEvent, useRef, useState } from 'react';
import { fill, formatNumber } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { type Encoding, encodings } from '../../delimited.ts';
import { Select } from '../../ui/Field.tsx';
import { openTable, type TableFile } from './file.ts';
import { useTexts } from './texts.ts';

/** Drop a list here, or choose it. What it begins with is read in this browser. */
export function ChooseFile({ file, onFile }: { file: TableFile | null; onFile(file: TableFile): void }) {
  const texts = useTexts();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [fault, setFault] = useState<string>();
  const open = async (given: File | undefined, encoding?: Encoding) => {
    if (given === undefined) return;
    setFault(undefined);
    try {
      const opened = await openTable(given, encoding);
      if (isSpreadsheet(given.name)) setFault(texts.isSpreadsheet);
      else if (opened.header.length === 0) setFault(texts.isEmpty);
      else onFile(opened);
    } catch {
      setFault(texts.cannotBeRead);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void open(event.dataTransfer.files[0]);
  };
  return (
    <section
      className="drop"
      aria-label={texts.file}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p className="big">{over ? texts.letGo : texts.dropHere}</p>
      <p className="small muted">{texts.formats}</p>
      <input
        ref={input}
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        hidden
        aria-label={texts.file}
        onChange={({ currentTarget }) => {
          void open(currentTarget.files?.[0]);
          currentTarget.value = '';
        }}
      />
      <div className="row">
        <button type="button" className={file === null ? 'btn primary' : 'btn'} onClick={() => input.current?.click()}>
          <Icon name="up" />
          {file === null ? texts.chooseFile : texts.chooseAnother}
        </button>
        {file !== null && (
          <p role="status">
            <b>
              <bdi>{file.file.name}</bdi>
            </b>
            , {fill(texts.kilobytes, { size: formatNumber(Math.ceil(file.file.size / 1000)) })}
          </p>
        )}
      </div>
      {fault !== undefined && (
        <p className="state failed wrap-text" role="alert">
          <Icon name="failed" className="failed" />
          {fault}
        </p>
      )}
      {file !== null && file.encoding !== 'utf-8' && (
        <Select
          label={texts.encoding}
          help={texts.encodingHelp}
          value={file.encoding}
          onChange={(value) => void open(file.file, value as Encoding)}
          options={encodings.map((encoding) => [encoding, texts.encodings[encoding]])}
        />
      )}
    </section>
  );
}

const isSpreadsheet = (name: string) => /\.(xlsx?|ods|numbers)$/i.test(name);

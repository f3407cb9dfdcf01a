import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { texts } from '../../texts/language.ts';
import { Icon } from '../../ui/Icon.tsx';
import { QrScanner } from './QrScanner.tsx';
import { type Dropped, readDrop, readFiles } from './read-drop.ts';

export interface DropZoneProps {
  onFiles(dropped: Dropped): void;
  onText(text: string): void;
}

/** Drop files or a folder anywhere on the page, choose, paste or scan. Every way works with the keyboard alone. */
export function DropZone({ onFiles, onText }: DropZoneProps) {
  const [empty, setEmpty] = useState(false);
  const [scanning, setScanning] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const scan = useRef<HTMLButtonElement>(null);
  const id = useId();
  const over = useDropAnywhere(onFiles, onText);

  const choose = (folder: boolean) => {
    if (files.current === null) return;
    files.current.webkitdirectory = folder;
    files.current.click();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('given') ?? '').trim();
    setEmpty(text === '');
    if (text !== '') onText(text);
  };
  const endScan = () => {
    setScanning(false);
    scan.current?.focus();
  };

  return (
    <form className="drop" aria-label={texts.form} data-over={over || undefined} noValidate onSubmit={submit}>
      <div className="drop-in">
        <div className="drop-what">
          <p className="big">{over ? texts.letGo : texts.drop}</p>
          <p className="small muted">{texts.formats}</p>
          <input
            ref={files}
            type="file"
            multiple
            hidden
            onChange={({ currentTarget }) => {
              onFiles(readFiles(currentTarget.files ?? []));
              currentTarget.value = '';
            }}
          />
          <div className="row">
            <button className="btn primary" type="button" onClick={() => choose(false)}>
              <Icon name="up" />
              {texts.choose}
            </button>
            <button className="btn" type="button" onClick={() => choose(true)}>
              {texts.chooseFolder}
            </button>
            <button
              ref={scan}
              className="btn"
              type="button"
              aria-expanded={scanning}
              onClick={() => setScanning(!scanning)}
            >
              <Icon name="qr" />
              {texts.scan}
            </button>
          </div>
        </div>
        <div className={empty ? 'field bad' : 'field'}>
          <label htmlFor={id}>{texts.pasteLabel}</label>
          <p className="help" id={`${id}-help`}>
            {texts.pasteHelp}
          </p>
          <div className="paste">
            <textarea
              id={id}
              name="given"
              rows={3}
              dir="ltr"
              spellCheck={false}
              aria-describedby={`${id}-help ${id}-error`}
              aria-invalid={empty || undefined}
            />
            <div id={`${id}-error`} role="alert">
              {empty && (
                <p className="err">
                  <Icon name="failed" />
                  <span>{texts.pasteEmpty}</span>
                </p>
              )}
            </div>
            <button className="btn" type="submit">
              {texts.verify}
            </button>
          </div>
        </div>
      </div>
      {scanning && (
        <QrScanner
          onText={(text) => {
            endScan();
            onText(text);
          }}
          onEnd={endScan}
        />
      )}
    </form>
  );
}

/** True while something is dragged over the page. */
function useDropAnywhere(onFiles: DropZoneProps['onFiles'], onText: DropZoneProps['onText']): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef({ onFiles, onText });
  latest.current = { onFiles, onText };
  useEffect(() => {
    const drag = (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    };
    // Out of the window: there is no element that it goes to.
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = async (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      const transfer = event.dataTransfer;
      if (transfer === null) return;
      const text = transfer.getData('text/plain').trim();
      const dropped = await readDrop(transfer);
      if (dropped.given.length > 0) latest.current.onFiles(dropped);
      else if (text !== '') latest.current.onText(text);
    };
    window.addEventListener('dragover', drag);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', drag);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return over;
}

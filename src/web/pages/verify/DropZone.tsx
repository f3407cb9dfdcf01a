import { type DragEvent, type FormEvent, useId, useRef, useState } from 'react';
import { texts } from '../../texts/language.ts';
import { Icon } from '../../ui/Icon.tsx';

export interface DropZoneProps {
  onFiles(files: File[]): void;
  onText(text: string): void;
}

/** Drop a file, choose one, or paste. Every way works with the keyboard alone. */
export function DropZone({ onFiles, onText }: DropZoneProps) {
  const [over, setOver] = useState(false);
  const [empty, setEmpty] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const id = useId();

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const dropped = [...event.dataTransfer.files];
    const text = event.dataTransfer.getData('text/plain').trim();
    if (dropped.length > 0) onFiles(dropped);
    else if (text !== '') onText(text);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('given') ?? '').trim();
    setEmpty(text === '');
    if (text !== '') onText(text);
  };

  return (
    <form
      className="drop"
      aria-label={texts.form}
      data-over={over || undefined}
      noValidate
      onSubmit={submit}
      onDrop={drop}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
    >
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
              onFiles([...(currentTarget.files ?? [])]);
              currentTarget.value = '';
            }}
          />
          <button className="btn primary" type="button" onClick={() => files.current?.click()}>
            <Icon name="up" />
            {texts.choose}
          </button>
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
    </form>
  );
}

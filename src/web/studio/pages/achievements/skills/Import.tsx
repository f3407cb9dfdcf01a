import { type FormEvent, useState } from 'react';
import { ProblemError } from '../../../../api.ts';
import { fill, formatNumber } from '../../../../texts/language.ts';
import { chooseFile } from '../../../../ui/choose-file.ts';
import { Icon } from '../../../../ui/Icon.tsx';
import { useIssuer } from '../../../issuer.ts';
import { useKept } from '../../../kept.ts';
import { useIssuerChange } from '../../../queries.ts';
import { Text } from '../../../ui/Field.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { useToast } from '../../../ui/Toasts.tsx';
import type { Framework } from './FrameworksPage.tsx';
import { useSkillTexts } from './texts.ts';

interface Fault {
  line: number | null;
  column: number | null;
  pointer?: string;
  say: string;
}

/** Bring a framework in from a file. */
export function Import() {
  const { import: texts } = useSkillTexts();
  const { slug } = useIssuer();
  const change = useIssuerChange<Framework>();
  const toast = useToast();
  const [file, setFile] = useState<File | null>(null);
  const [name, setName, clearName] = useKept(`skills.${slug}.name`, '');
  const [uri, setUri, clearUri] = useKept(`skills.${slug}.uri`, '');
  const [lacks, setLacks] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (change.isPending) return;
    if (file === null) return setLacks(true);
    const query = new URLSearchParams({
      ...(name.trim() !== '' && { name: name.trim() }),
      ...(uri.trim() !== '' && { uri: uri.trim() }),
    });
    // Systems disagree about the type of a CSV.
    const type = /\.csv$/i.test(file.name) ? 'text/csv' : 'application/json';
    const path = `/skill-frameworks${query.size === 0 ? '' : `?${query}`}`;
    const framework = await change.mutateAsync({ path, body: new Blob([file], { type }) });
    toast(fill(texts.done, { name: framework.name, count: framework.items }));
    setFile(null);
    clearName();
    clearUri();
  };
  const [nameLabel = '', nameHelp] = texts.name;
  const [uriLabel = '', uriHelp] = texts.uri;
  return (
    <form
      className="card pad fs"
      aria-labelledby="import"
      noValidate
      onSubmit={(event) => void submit(event).catch(() => undefined)}
    >
      <h2 id="import">{texts.title}</h2>
      <p className="small muted">{texts.lead}</p>
      <div>
        <button
          type="button"
          className="btn"
          aria-describedby="import-file"
          onClick={() =>
            chooseFile('.json,.csv,application/json,text/csv', (chosen) => {
              setFile(chosen);
              setLacks(false);
              change.reset();
            })
          }
        >
          {texts.choose}
        </button>
        <p className={lacks ? 'small failed' : 'small'} id="import-file" role="status">
          {file !== null
            ? fill(texts.chosen, { name: file.name, size: formatNumber(Math.ceil(file.size / 1000)) })
            : lacks
              ? texts.noFile
              : ''}
        </p>
      </div>
      <Text label={nameLabel} help={nameHelp} value={name} onChange={setName} maxLength={300} />
      <Text label={uriLabel} help={uriHelp} value={uri} onChange={setUri} type="url" dir="ltr" maxLength={2000} />
      <div>
        <button type="submit" className="btn primary" aria-disabled={change.isPending}>
          {texts.act}
        </button>
      </div>
      <p className="small muted" role="status">
        {change.isPending ? texts.busy : ''}
      </p>
      {change.isError && <Refused error={change.error} />}
    </form>
  );
}

/** Every fault of the file by its place; anything else as it is. */
function Refused({ error }: { error: unknown }) {
  const { import: texts } = useSkillTexts();
  const faults = error instanceof ProblemError ? (error.members.faults as Fault[] | undefined) : undefined;
  if (faults === undefined) return <Problem error={error} />;
  return (
    <div className="note failed" role="alert">
      <Icon name="failed" className="failed" />
      <div className="fs">
        <p>
          <b>{fill(texts.faults, { count: faults.length })}</b>
        </p>
        <ul className="small">
          {faults.map((fault, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: faults have no names
            <li key={index}>
              <b>{placeOf(fault, texts)}</b> {fault.say}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function placeOf({ line, column, pointer }: Fault, texts: ReturnType<typeof useSkillTexts>['import']): string {
  if (line === null) return pointer ?? '';
  const at = fill(texts.line, { line });
  return column === null ? `${at}:` : `${at}, ${fill(texts.column, { column })}:`;
}

import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import type { JsonObject } from '../../../../core/json/json.ts';
import type { FoundPolicy } from '../../../../server/policy/policy.ts';
import type { ShownRoster } from '../../../../server/roster/routes.ts';
import { fill, formatNumber } from '../../../texts/language.ts';
import { toUtf8 } from '../../delimited.ts';
import { useIssuer } from '../../issuer.ts';
import { useKept } from '../../kept.ts';
import { useIssuerQuery } from '../../queries.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Refusal } from '../../ui/Refusal.tsx';
import { uploadFile } from '../../upload.ts';
import { columnQuery, guessColumns, namesLearner } from './columns.ts';
import type { TableFile } from './file.ts';
import { ListOptions, noOptions, optionsQuery } from './ListOptions.tsx';
import { MatchColumns } from './MatchColumns.tsx';
import { useTexts } from './texts.ts';

interface Achievement {
  versions: { version: number; state: string; achievement: JsonObject }[];
}

/** What the columns of a file mean, what holds for all its rows, and the dry run. */
export function ReadList({ achievement, file }: { achievement: string; file: TableFile }) {
  const texts = useTexts();
  const found = useIssuerQuery<Achievement>(`/achievements/${achievement}`);
  const policy = useIssuerQuery<FoundPolicy>('/policy');
  return (
    <Loaded query={found} what={texts.achievementWhat}>
      {({ versions }) => {
        const approved = versions.findLast(({ state }) => state === 'approved');
        if (approved === undefined) return null;
        return (
          <Loaded query={policy} what={texts.policyWhat}>
            {({ policy: { timeZone } }) => (
              <Ready achievementId={achievement} achievement={approved.achievement} file={file} timeZone={timeZone} />
            )}
          </Loaded>
        );
      }}
    </Loaded>
  );
}

interface ReadyProps {
  achievementId: string;
  achievement: JsonObject;
  file: TableFile;
  timeZone: string;
}

function Ready({ achievementId, achievement, file, timeZone }: ReadyProps) {
  const texts = useTexts();
  const { slug } = useIssuer();
  const navigate = useNavigate();
  const [changed, setChanged] = useKept<Record<string, string>>(`issue.columns.${achievementId}`, noColumns);
  const [options, setOptions, clearOptions] = useKept('issue.options', noOptions);
  const [missing, setMissing] = useState(false);
  const [part, setPart] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const stop = useRef<AbortController>(null);
  const guessed = guessColumns(file.header, file.samples, achievement);
  const targets = file.header.map((name, index) => changed[name] ?? guessed[index] ?? '');
  const isNamed = targets.some(namesLearner);

  const read = async () => {
    setMissing(options.belowPassMark && options.belowReason.trim() === '');
    if (!isNamed || (options.belowPassMark && options.belowReason.trim() === '')) return;
    stop.current = new AbortController();
    setError(null);
    setPart(0);
    const query = new URLSearchParams([
      ['achievement', achievementId],
      ['name', file.file.name.slice(0, 200)],
      ...optionsQuery(options),
      ...columnQuery(file.header, targets),
    ]);
    try {
      const roster = await uploadFile<ShownRoster>({
        path: `/api/issuers/${slug}/rosters?${query}`,
        file: await toUtf8(file.file, file.encoding),
        type: 'text/csv',
        onProgress: setPart,
        signal: stop.current.signal,
      });
      clearOptions();
      await navigate({ to: `/${slug}/issue/${roster.id}` });
    } catch (error) {
      setPart(null);
      if (!(error instanceof DOMException && error.name === 'AbortError')) setError(error);
    }
  };

  return (
    <>
      <section className="card pad stack-2" aria-labelledby="columns">
        <div className="stack">
          <h2 id="columns">{texts.matchTitle}</h2>
          <p className="muted">{texts.matchLead}</p>
        </div>
        <MatchColumns
          file={file}
          achievement={achievement}
          targets={targets}
          onChange={(name, target) => setChanged({ ...changed, [name]: target })}
        />
      </section>
      <section className="card pad stack-2" aria-labelledby="options">
        <h2 id="options">{texts.optionsTitle}</h2>
        <ListOptions options={options} onChange={setOptions} timeZone={timeZone} missing={missing} />
      </section>
      <section className="card pad stack-2" aria-labelledby="dry">
        <div className="stack">
          <h2 id="dry">{texts.dryTitle}</h2>
          <p className="muted">{texts.dryLead}</p>
        </div>
        {error !== null && <Refusal error={error} title={texts.notTaken} />}
        {part === null ? (
          <div className="row">
            <button type="button" className="btn primary" aria-disabled={!isNamed} onClick={() => void read()}>
              {texts.read}
            </button>
            {!isNamed && <p className="small">{texts.nobodyNamed}</p>}
          </div>
        ) : (
          <div className="stack" role="status">
            <p>{fill(texts.reading, { name: file.file.name, part: formatNumber(Math.floor(part * 100)) })}</p>
            <progress value={part} max={1} aria-label={texts.readingLabel} />
            <button type="button" className="btn" onClick={() => stop.current?.abort()}>
              {texts.stopReading}
            </button>
          </div>
        )}
      </section>
    </>
  );
}

const noColumns: Record<string, string> = {};

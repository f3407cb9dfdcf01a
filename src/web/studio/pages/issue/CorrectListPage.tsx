import './issue.css';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { JsonObject } from '../../../../core/json/json.ts';
import type { ShownCorrection } from '../../../../server/correction/routes.ts';
import type { ShownRoster } from '../../../../server/roster/routes.ts';
import { fill, formatNumber } from '../../../texts/language.ts';
import { toUtf8 } from '../../delimited.ts';
import { useIssuer } from '../../issuer.ts';
import { useKept } from '../../kept.ts';
import { useIssuerQuery } from '../../queries.ts';
import { useStudioTexts } from '../../texts/index.ts';
import { Area, Choices } from '../../ui/Field.tsx';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Refusal } from '../../ui/Refusal.tsx';
import { uploadFile } from '../../upload.ts';
import { ChooseFile } from './ChooseFile.tsx';
import { columnQuery, guessColumns } from './columns.ts';
import type { TableFile } from './file.ts';
import { MatchColumns } from './MatchColumns.tsx';
import { useTexts } from './texts.ts';

interface Achievement {
  versions: { version: number; state: string; achievement: JsonObject }[];
}

/** A corrected list: what differs from the first is issued anew, and who is missing can be revoked. */
export function Page() {
  const { name } = useIssuer();
  const texts = useTexts();
  const { roster: id = '' } = useParams({ strict: false });
  const roster = useIssuerQuery<ShownRoster>(`/rosters/${id}`);
  const of = roster.data?.achievement;
  const achievement = useIssuerQuery<Achievement>(`/achievements/${of}`, { enabled: of !== undefined });
  return (
    <>
      <p className="crumbs">
        <IssuerLink to="/issue">{texts.title}</IssuerLink>,{' '}
        <IssuerLink to={`/issue/${id}`}>{roster.data?.name ?? texts.list}</IssuerLink>
      </p>
      <PageHead title={texts.correctTitle} within={name} lead={texts.correctLead} />
      <Loaded query={roster} what={texts.listWhat}>
        {(found) => (
          <Loaded query={achievement} what={texts.achievementWhat}>
            {({ versions }) => (
              <Correct
                roster={found}
                achievement={versions.find(({ version }) => version === found.version)?.achievement ?? {}}
              />
            )}
          </Loaded>
        )}
      </Loaded>
    </>
  );
}

function Correct({ roster, achievement }: { roster: ShownRoster; achievement: JsonObject }) {
  const texts = useTexts();
  const shared = useStudioTexts();
  const navigate = useNavigate();
  const { slug } = useIssuer();
  const [file, setFile] = useState<TableFile | null>(null);
  const [changed, setChanged, clearChanged] = useKept<Record<string, string>>(`correct.${roster.id}.columns`, {});
  const [match, setMatch, clearMatch] = useKept<'learner' | 'line'>(`correct.${roster.id}.match`, 'learner');
  const [missing, setMissing, clearMissing] = useKept<'keep' | 'revoke'>(`correct.${roster.id}.missing`, 'keep');
  const [reason, setReason, clearReason] = useKept(`correct.${roster.id}.reason`, '');
  const [fault, setFault] = useState<string>();
  const [part, setPart] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const guessed = file === null ? [] : guessColumns(file.header, file.samples, achievement);
  const targets = file === null ? [] : file.header.map((name, index) => changed[name] ?? guessed[index] ?? '');
  const read = async (given: TableFile) => {
    if (reason.trim() === '') return setFault(shared.reasonMissing);
    setError(null);
    setPart(0);
    const query = new URLSearchParams([
      ['reason', reason.trim()],
      ['match', match],
      ['missing', missing],
      ...columnQuery(given.header, targets),
    ]);
    try {
      const correction = await uploadFile<ShownCorrection>({
        path: `/api/issuers/${slug}/rosters/${roster.id}/correct?${query}`,
        file: await toUtf8(given.file, given.encoding),
        type: 'text/csv',
        onProgress: setPart,
      });
      for (const forget of [clearChanged, clearMatch, clearMissing, clearReason]) forget();
      await navigate({ to: `/${slug}/credentials/changes/${correction.id}` });
    } catch (error) {
      setPart(null);
      setError(error);
    }
  };
  return (
    <div className="stack-2">
      <div className="card pad">
        <ChooseFile file={file} onFile={setFile} />
      </div>
      {file !== null && (
        <>
          <section className="card pad stack-2" aria-labelledby="columns">
            <h2 id="columns">{texts.matchTitle}</h2>
            <MatchColumns
              file={file}
              achievement={achievement}
              targets={targets}
              onChange={(name, target) => setChanged({ ...changed, [name]: target })}
            />
          </section>
          <section className="card pad stack-2" aria-labelledby="how">
            <h2 id="how">{texts.howTitle}</h2>
            <div className="form">
              <Choices<'learner' | 'line'>
                legend={texts.match}
                value={match}
                choices={[
                  { value: 'learner', label: texts.matchLearner, help: texts.matchLearnerHelp },
                  { value: 'line', label: texts.matchLine, help: texts.matchLineHelp },
                ]}
                onChange={setMatch}
              />
              <Choices<'keep' | 'revoke'>
                legend={texts.missing}
                value={missing}
                choices={[
                  { value: 'keep', label: texts.missingKeep },
                  { value: 'revoke', label: texts.missingRevoke, help: texts.missingRevokeHelp },
                ]}
                onChange={setMissing}
              />
              <Area
                label={shared.reason}
                help={shared.reasonHelp}
                fault={fault}
                value={reason}
                maxLength={1000}
                onChange={(value) => {
                  setReason(value);
                  setFault(undefined);
                }}
              />
            </div>
            {error !== null && <Refusal error={error} title={texts.notTaken} />}
            {part === null ? (
              <div className="row">
                <button type="button" className="btn primary" onClick={() => void read(file)}>
                  {texts.compare}
                </button>
                <p className="small muted">{texts.compareMeaning}</p>
              </div>
            ) : (
              <div className="stack" role="status">
                <p>{fill(texts.reading, { name: file.file.name, part: formatNumber(Math.floor(part * 100)) })}</p>
                <progress value={part} max={1} aria-label={texts.readingLabel} />
              </div>
            )}
          </section>
        </>
      )}
    </div>
  );
}

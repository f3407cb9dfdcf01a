import './credentials.css';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { JsonObject } from '../../../../core/json/json.ts';
import type { ShownCredential } from '../../../../server/credential/routes.ts';
import { fill } from '../../../texts/language.ts';
import { useFindingWords } from '../../findings.ts';
import { useIssuer, useMay } from '../../issuer.ts';
import { useKept } from '../../kept.ts';
import { useIssuerChange, useIssuerQuery } from '../../queries.ts';
import { useStudioTexts } from '../../texts/index.ts';
import { Area, Check, Text } from '../../ui/Field.tsx';
import { FormFaults } from '../../ui/FormFaults.tsx';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Missing } from '../../ui/Missing.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Refusal } from '../../ui/Refusal.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { changesOf, type Edition, editionFields, readEdition, scalesOf } from './edition.ts';
import { ResultField } from './ResultField.tsx';
import { useTexts } from './texts.ts';

interface Achievement {
  versions: { version: number; state: string; achievement: JsonObject }[];
}

/** A corrected edition of a credential, which replaces it. */
export function Page() {
  const { name } = useIssuer();
  const texts = useTexts();
  const { credential: id = '' } = useParams({ strict: false });
  const credential = useIssuerQuery<ShownCredential>(`/credentials/${id}`);
  const of = credential.data?.achievement;
  const achievement = useIssuerQuery<Achievement>(`/achievements/${of}`, { enabled: typeof of === 'string' });
  return (
    <>
      <p className="crumbs">
        <IssuerLink to="/credentials">{texts.title}</IssuerLink>,{' '}
        <IssuerLink to={`/credentials/${id}`}>{credential.data?.learner?.name ?? texts.credential}</IssuerLink>
      </p>
      <PageHead title={texts.correctTitle} within={name} lead={texts.correctLead} />
      <Loaded query={credential} what={texts.recordWhat}>
        {(found) =>
          found.version === null ? (
            <Missing title={texts.recordNotCorrected} text={texts.recordNotCorrectedMeaning}>
              <IssuerLink to={`/credentials/${id}`} className="btn">
                {texts.backToRecord}
              </IssuerLink>
            </Missing>
          ) : (
            <Loaded query={achievement} what={texts.achievementWhat}>
              {({ versions }) => <Correct credential={found} version={found.version ?? 0} versions={versions} />}
            </Loaded>
          )
        }
      </Loaded>
    </>
  );
}

const noException = { below: false, waive: false };

interface CorrectProps {
  credential: ShownCredential;
  version: number;
  versions: Achievement['versions'];
}

function Correct({ credential, version: issued, versions }: CorrectProps) {
  const texts = useTexts();
  const shared = useStudioTexts();
  const say = useFindingWords();
  const toast = useToast();
  const navigate = useNavigate();
  const { slug } = useIssuer();
  const mayApprove = useMay('approve');
  const change = useIssuerChange<{ id: string }>();
  const own = versions.find(({ version }) => version === issued);
  const newest = versions.findLast(({ state }) => state === 'approved');
  const [useNewest, setUseNewest, clearNewest] = useKept(`correct.${credential.id}.newest`, false);
  const achievement = (useNewest ? newest : own)?.achievement ?? {};
  const document = credential.credential ?? {};
  const [before] = useState(() => readEdition(document, credential.learner ?? {}, own?.achievement ?? {}));
  const [after, setAfter, clear] = useKept<Edition>(`correct.${credential.id}`, before);
  const [reason, setReason, clearReason] = useKept(`correct.${credential.id}.reason`, '');
  const [exception, setException, clearException] = useKept(`correct.${credential.id}.exception`, noException);
  const [attempt, setAttempt] = useState(0);
  const asked = changesOf(before, after, document, achievement);
  const isNothing = asked.ok && Object.keys(asked.learner).length === 0 && !useNewest;
  const faults = [
    ...(asked.ok
      ? []
      : asked.faults.map(({ scale, finding }) => ({
          id: scale,
          label: nameOf(achievement, scale),
          say: say(finding).say,
        }))),
    ...(reason.trim() === '' ? [{ id: 'reason', label: shared.reason, say: shared.reasonMissing }] : []),
  ];
  const shownFaults = attempt === 0 ? [] : faults;
  const faultOf = (id: string) => shownFaults.find((fault) => fault.id === id)?.say;
  const set = (part: Partial<Edition>) => setAfter({ ...after, ...part });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAttempt(attempt + 1);
    if (!asked.ok || faults.length > 0 || isNothing || change.isPending) return;
    const because = { reason: reason.trim() };
    const { id } = await change.mutateAsync({
      path: `/credentials/${credential.id}/reissue`,
      body: {
        ...because,
        learner: asked.learner,
        version: useNewest ? 'newest' : 'same',
        ...(exception.below ? { allowBelowPassMark: because } : {}),
        ...(exception.waive ? { waiver: because } : {}),
      },
    });
    for (const forget of [clear, clearNewest, clearReason, clearException]) forget();
    toast(texts.corrected);
    await navigate({ to: `/${slug}/credentials/${id}` });
  };
  if (credential.state !== 'active' || credential.credential === null)
    return <p className="card pad">{fill(texts.cannotCorrect, { state: texts.states[credential.state] })}</p>;
  return (
    <form className="card pad stack-2" onSubmit={(event) => void submit(event).catch(() => {})} noValidate>
      <FormFaults faults={shownFaults} attempt={attempt} />
      <div className="form">
        <Text label={texts.name} value={after.name} onChange={(name) => set({ name })} />
        <Text label={texts.email} type="email" value={after.email} onChange={(email) => set({ email })} dir="ltr" />
        {scalesOf(achievement).map((scale) => (
          <ResultField
            key={String(scale.id)}
            scale={scale}
            value={after.results[String(scale.id)] ?? ''}
            fault={faultOf(String(scale.id))}
            onChange={(value) => set({ results: { ...after.results, [String(scale.id)]: value } })}
          />
        ))}
        <Area label={texts.narrative} value={after.narrative} onChange={(narrative) => set({ narrative })} />
        <Text label={texts.term} value={after.term} onChange={(term) => set({ term })} />
        <Text
          label={texts.validUntilField}
          type="date"
          value={after.validUntil}
          onChange={(validUntil) => set({ validUntil })}
        />
        {newest !== undefined && newest.version !== issued && (
          <Check
            label={fill(texts.useNewest, { version: newest.version })}
            help={fill(texts.useNewestHelp, { version: issued })}
            checked={useNewest}
            onChange={setUseNewest}
          />
        )}
        <Check
          label={texts.below}
          help={texts.belowHelp}
          checked={exception.below}
          onChange={(below) => setException({ ...exception, below })}
        />
        {mayApprove && (
          <Check
            label={texts.waive}
            help={texts.waiveHelp}
            checked={exception.waive}
            onChange={(waive) => setException({ ...exception, waive })}
          />
        )}
      </div>
      <section aria-labelledby="changes" className="stack">
        <h2 id="changes">{texts.whatChanges}</h2>
        <Changes before={before} after={after} achievement={achievement} />
        <ul className="effects">
          {texts.correctEffects.map((effect) => (
            <li key={effect}>{effect}</li>
          ))}
        </ul>
      </section>
      <div className="form">
        <Area
          id="reason"
          label={shared.reason}
          help={texts.publicReason}
          fault={faultOf('reason')}
          value={reason}
          maxLength={1000}
          onChange={setReason}
        />
      </div>
      {change.error !== null && <Refusal error={change.error} title={texts.notCorrected} />}
      <div className="row">
        <button type="submit" className="btn primary" aria-disabled={isNothing || change.isPending}>
          {texts.correctAct}
        </button>
        {isNothing && <p className="small">{texts.nothingChanged}</p>}
        <IssuerLink to={`/credentials/${credential.id}`} className="btn plain">
          {shared.cancel}
        </IssuerLink>
      </div>
    </form>
  );
}

const nameOf = (achievement: JsonObject, scale: string) =>
  String(scalesOf(achievement).find(({ id }) => id === scale)?.name ?? scale);

function Changes({ before, after, achievement }: { before: Edition; after: Edition; achievement: JsonObject }) {
  const texts = useTexts();
  const rows = [
    ...editionFields.map((field) => [texts.fields[field], before[field], after[field]] as const),
    ...Object.keys(after.results).map(
      (scale) => [nameOf(achievement, scale), before.results[scale] ?? '', after.results[scale] ?? ''] as const,
    ),
  ].filter(([, old, current]) => old.trim() !== current.trim());
  if (rows.length === 0) return <p className="muted">{texts.nothingChanged}</p>;
  return (
    <dl className="facts">
      {rows.map(([label, old, current]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {old !== '' && (
              <del>
                <bdi>{old}</bdi>
              </del>
            )}{' '}
            {current !== '' && (
              <ins>
                <bdi>{current}</bdi>
              </ins>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

import { useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { fill, formatDate, translation, useLanguage } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import '../../../ui/credential.css';
import { useFindingWords } from '../../findings.ts';
import { useIssuer, useMay } from '../../issuer.ts';
import { useKept } from '../../kept.ts';
import { useIssuerQuery } from '../../queries.ts';
import { useStudioTexts } from '../../texts/index.ts';
import { FormFaults } from '../../ui/FormFaults.tsx';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { AssessmentSection } from './AssessmentSection.tsx';
import './author.css';
import { BasicsSection } from './BasicsSection.tsx';
import { Blocked } from './Blocked.tsx';
import { Checklist } from './Checklist.tsx';
import { ClassChoice, isAim } from './ClassChoice.tsx';
import { Conflict } from './Conflict.tsx';
import { setAt } from './document.ts';
import { type Achievement, useDraft, type Version } from './draft.ts';
import { EvidenceSection } from './EvidenceSection.tsx';
import { EditingContext, fieldId } from './editing.ts';
import { ImageSection } from './ImageSection.tsx';
import { useJudged } from './judging.ts';
import { MoreSection } from './MoreSection.tsx';
import { Asked } from './review/Asked.tsx';
import './review/review.css';
import { useReviewTexts } from './review/texts.ts';
import { Versions } from './review/Versions.tsx';
import { SaveButtons } from './SaveButtons.tsx';
import { SkillsSection } from './SkillsSection.tsx';
import { Submit } from './Submit.tsx';
import { useTexts } from './texts.ts';

/** The page of an achievement: what it says, and beside it what a receiver needs. */
export function Page() {
  const texts = useTexts();
  const { id } = useParams({ strict: false });
  const found = useIssuerQuery<Achievement>(`/achievements/${id}`);
  return (
    <Loaded query={found} what={texts.head.what} rows={8}>
      {(achievement) => <Author achievement={achievement} latest={achievement.versions.at(-1) as Version} />}
    </Loaded>
  );
}

function Author({ achievement, latest }: { achievement: Achievement; latest: Version }) {
  const texts = useTexts();
  const { areas } = useStudioTexts();
  const { versions } = useReviewTexts();
  const { slug, name: issuerName } = useIssuer();
  useLanguage();
  const mayWrite = useMay('author');
  const state = useDraft(latest);
  const { draft, isStale } = state;
  const { judge, judged, judgeNow, failed } = useJudged(latest.id, draft);
  const [aim, setAim] = useKept<string | null>(`aim.${slug}.${latest.id}`, null);
  const [attempt, setAttempt] = useState(0);
  const isRetired = achievement.retiredAt !== null;
  const canWrite = mayWrite && latest.state !== 'review' && !isRetired;
  const report = judged?.report ?? null;
  const list = judge !== null && report !== null ? judge.listOf(report, draft.achievement, aim, translation) : null;
  const [packId, setPackId] = useKept(`pack.${slug}`, '');
  const shown = useMemo(
    () => (judge !== null && judged !== null ? judge.reportBy(packId, judged) : null),
    [judge, judged, packId],
  );
  const shownList =
    judge === null || shown === null || shown === report
      ? list
      : judge.listOf(shown, draft.achievement, aim, translation);
  const packs = judge?.packChoices(translation) ?? [];
  const say = useFindingWords();
  const faults =
    judge !== null && judged !== null && attempt > 0
      ? judge.faultsOf(judged.findings, say)
      : { places: new Map<string, string>(), rest: [] };
  const name = String(draft.achievement.name ?? '') || texts.list.unnamed;
  const stateNow = texts.states[isRetired ? 'retired' : latest.state].toLowerCase();
  const { change } = state;

  return (
    <EditingContext
      value={{
        address: latest.address,
        achievement: draft.achievement,
        evidence: draft.evidence,
        faults: faults.places,
        comments: latest.state === 'draft' ? latest.comments.filter(({ resolvedAt }) => resolvedAt === null) : [],
        set: (pointer, value) =>
          change((before) => ({ ...before, achievement: setAt(before.achievement, pointer, value) })),
        setEvidence: (evidence) => change((before) => ({ ...before, evidence })),
      }}
    >
      <PageHead
        title={name}
        within={`${areas.achievements} · ${issuerName}`}
        kicker={`${fill(texts.head.kicker, { version: latest.version, state: stateNow })}, ${
          state.isChanged
            ? texts.head.unsaved
            : fill(texts.head.saved, { time: formatDate(latest.changedAt.slice(0, 10)) })
        }`}
        actions={
          <>
            <IssuerLink className="btn" to={`/achievements/${latest.id}/preview`}>
              {versions.preview}
            </IssuerLink>
            {canWrite && (
              <SaveButtons
                latest={latest}
                state={state}
                hasFaults={async () => ((await judgeNow())?.findings.length ?? 0) > 0}
                onAttempt={() => setAttempt((count) => count + 1)}
              />
            )}
          </>
        }
      />
      <Standing isRetired={isRetired} latest={latest} mayWrite={mayWrite} />
      <Asked version={latest} />
      {isStale && canWrite && <Conflict latest={latest} state={state} />}
      <FormFaults
        attempt={attempt}
        faults={[...faults.places].map(([pointer, say]) => ({ id: fieldId(pointer), label: say }))}
      />
      {faults.rest.length > 0 && (
        <div className="note failed" role="alert">
          <Icon name="failed" className="failed" />
          <div>
            <b>{texts.rest}</b>
            {faults.rest.map((say) => (
              <p key={say}>{say}</p>
            ))}
          </div>
        </div>
      )}
      <div className="author-cols">
        <fieldset className="author-form" disabled={!canWrite}>
          <legend className="vh">{name}</legend>
          {list !== null && isAim(list.class.id) && (
            <section className="card pad fs class-choice">
              <ClassChoice legend={texts.sections.class} value={list.class.id} onChange={setAim} />
            </section>
          )}
          <BasicsSection />
          <SkillsSection />
          <AssessmentSection />
          <EvidenceSection />
          <ImageSection />
          <MoreSection />
        </fieldset>
        <aside id="check" aria-label={texts.check.title} tabIndex={-1}>
          {failed && (
            <div className="note failed" role="alert">
              <Icon name="failed" className="failed" />
              <p>{texts.check.failed}</p>
            </div>
          )}
          {judge !== null && judged !== null && list === null && (
            <Blocked faults={judge.faultsOf(judged.findings, say)} />
          )}
          {judged === null && !failed && <Waiting sentence={texts.check.waiting} rows={6} />}
          {list !== null && shownList !== null && (
            <Checklist
              list={shownList}
              judgedBy={{ packId: packId || (packs[0]?.[0] ?? ''), choices: packs, onChoose: setPackId }}
            >
              {canWrite && latest.state === 'draft' && judge !== null && report !== null && (
                <Submit
                  latest={latest}
                  list={list}
                  isChanged={state.isChanged}
                  askedOf={(wanted) => judge.askedOf(report, wanted, translation)}
                />
              )}
            </Checklist>
          )}
          <Versions achievement={achievement} />
        </aside>
      </div>
      {shownList !== null && (
        <a className="mini" href="#check">
          <b className="num">
            {fill(texts.check.count, {
              class: shownList.class.label,
              have: shownList.count.met + shownList.count.weak,
              all: shownList.count.met + shownList.count.weak + shownList.count.missing,
            })}
          </b>
          <span>
            {shownList.count.missing > 0
              ? fill(texts.check.seeMissing, { count: shownList.count.missing })
              : texts.check.seeAll}
          </span>
        </a>
      )}
    </EditingContext>
  );
}

/** Why the page may not be written on, or what becomes of what is written. */
function Standing({ isRetired, latest, mayWrite }: { isRetired: boolean; latest: Version; mayWrite: boolean }) {
  const { head } = useTexts();
  const say = isRetired
    ? head.retired
    : latest.state === 'review'
      ? head.inReview
      : !mayWrite
        ? head.readOnly
        : latest.state === 'approved'
          ? fill(head.approved, { version: latest.version + 1 })
          : null;
  if (say === null) return null;
  return (
    <div className="note">
      <Icon name="info" />
      <p>{say}</p>
    </div>
  );
}

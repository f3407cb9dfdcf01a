import type { FrameworkReport } from '../../core/framework/report.ts';
import { texts } from '../texts/language.ts';
import { Ladder } from './Ladder.tsx';
import { words } from './words.ts';

const skillsAtMost = 12;

/** What the learner showed and how well: each statement in words, with its ladder and the skills it speaks of. */
export function Mastery({ report: { mastery }, verified }: { report: FrameworkReport; verified: boolean }) {
  if (mastery.statements.length === 0 && mastery.summary === null) return null;
  const { masterySentences } = words();
  return (
    <section className="part pad">
      <h3>{texts.shown}</h3>
      {!verified && <p className="small muted">{texts.notVerified}</p>}
      {mastery.statements.some(({ position }) => position !== undefined) && (
        <p className="small muted levels-note">{texts.levelsNote}</p>
      )}
      {mastery.statements.map((statement) => (
        <div className="skill" key={statement.result}>
          <div>
            <h4>
              <bdi>{statement.scale?.name || masterySentences['unnamed-scale']}</bdi>
            </h4>
            <p className="small" dir="auto">
              {statement.sentence}
            </p>
            {statement.skills.slice(0, skillsAtMost).map(({ targetUrl, targetName, targetFramework }) => (
              <p className="small muted" key={targetUrl}>
                <bdi>{targetName}</bdi>
                {targetFramework !== undefined && (
                  <>
                    {', '}
                    <bdi>{targetFramework}</bdi>
                  </>
                )}
              </p>
            ))}
          </div>
          <Ladder statement={statement} />
        </div>
      ))}
      {mastery.statements.length === 0 && mastery.summary !== null && <p>{masterySentences[mastery.summary]}</p>}
    </section>
  );
}

import { renderFinding } from '../../core/catalogue/render.ts';
import type { Finding } from '../../core/finding.ts';
import { fill, texts } from '../texts/language.ts';
import { words } from './words.ts';

const shownAtMost = 20;

/** Findings in plain words, equal ones once, each with where it is and what to do. `base` is where the document stands. */
export function Findings({ findings, base }: { findings: readonly Finding[]; base: string }) {
  const distinct = [...new Map(findings.map((finding) => [keyOf(finding), finding]))];
  return (
    <>
      {distinct.slice(0, shownAtMost).map(([key, finding]) => {
        const { say, todo } = renderFinding(finding, words());
        return (
          <div className="d" key={key}>
            <p dir="auto">{say}</p>
            {finding.pointer !== undefined && finding.pointer !== '' && (
              <p>
                {texts.at}{' '}
                <code className="path" dir="ltr">
                  {base}
                  {finding.pointer}
                </code>
              </p>
            )}
            {todo !== undefined && (
              <p className="todo">
                <b>{texts.toDo}</b> {todo}
              </p>
            )}
          </div>
        );
      })}
      {distinct.length > shownAtMost && (
        <p className="d">{fill(texts.andMore, { count: distinct.length - shownAtMost })}</p>
      )}
    </>
  );
}

function keyOf({ code, pointer, params }: Finding): string {
  return JSON.stringify([code, pointer, params]);
}

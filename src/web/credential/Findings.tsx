import { renderFinding } from '../../core/catalogue/render.ts';
import type { Finding } from '../../core/finding.ts';
import { formatDate, texts } from '../texts/en.ts';

const shownAtMost = 20;

/** Findings in plain words, equal ones once, each with where it is and what to do. `base` is where the document stands. */
export function Findings({ findings, base }: { findings: readonly Finding[]; base: string }) {
  const distinct = [...new Map(findings.map((finding) => [keyOf(finding), finding]))];
  return (
    <>
      {distinct.slice(0, shownAtMost).map(([key, finding]) => {
        const { say, todo } = renderFinding(withDates(finding));
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
        <p className="d">{texts.andMore.replace('{count}', String(distinct.length - shownAtMost))}</p>
      )}
    </>
  );
}

function keyOf({ code, pointer, params }: Finding): string {
  return JSON.stringify([code, pointer, params]);
}

function withDates(finding: Finding): Finding {
  const { params } = finding;
  if (typeof params?.date !== 'string') return finding;
  return { ...finding, params: { ...params, date: formatDate(params.date) } };
}

import { fill } from '../../../../texts/language.ts';
import { Icon } from '../../../../ui/Icon.tsx';
import type { Version } from '../draft.ts';
import { goTo } from '../places.ts';
import { useTexts } from '../texts.ts';
import { labelOf } from './labels.ts';
import { useReviewTexts } from './texts.ts';

/** What the last review asked for, with the way to each field. */
export function Asked({ version }: { version: Version }) {
  const texts = useTexts();
  const { asked, somebody } = useReviewTexts();
  const open = version.comments.filter(({ resolvedAt }) => resolvedAt === null);
  if (open.length === 0 || version.state !== 'draft') return null;
  return (
    <section className="note unsure" aria-labelledby="asked">
      <Icon name="unsure" className="unsure" />
      <div className="fs">
        <h2 id="asked">{fill(asked.title, { count: open.length })}</h2>
        <p className="small">{asked.lead}</p>
        <ul className="talk">
          {open.map(({ id, pointer, text, by }) => (
            <li key={id}>
              <p className="small strong">
                <bdi>{pointer === null ? asked.whole : labelOf(pointer, version, texts)}</bdi>
                <span className="muted"> · {by ?? somebody}</span>
              </p>
              <p className="lines" dir="auto">
                {text}
              </p>
              {pointer !== null && (
                <button type="button" className="btn plain" onClick={() => goTo(pointer)}>
                  {asked.go}
                  <span className="vh">: {labelOf(pointer, version, texts)}</span>
                </button>
              )}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

import type { FrameworkReport } from '../../core/framework/report.ts';
import { texts } from '../texts/language.ts';
import { Icon } from '../ui/Icon.tsx';

const shownAtMost = 20;

/** What stands in the document and was not counted by the framework, and why: for whoever asks the issuer to mend it. */
export function NearMisses({ report, base }: { report: FrameworkReport; base: string }) {
  const rules = report.rules.filter(({ nearMisses, mistakes }) => nearMisses.length + mistakes.length > 0);
  if (rules.length === 0) return null;
  return (
    <>
      <h4>{texts.nearMisses}</h4>
      <ul className="report">
        {rules.map(({ id, field, nearMisses, mistakes }) => (
          <li key={id}>
            <Icon name="info" className="na" />
            <div>
              <p className="t">{field}</p>
              {nearMisses.slice(0, shownAtMost).map(({ pointer, errors }) => (
                <div className="d" key={pointer}>
                  <p>
                    {texts.nearMiss}{' '}
                    <code className="path" dir="ltr">
                      {base}
                      {pointer}
                    </code>
                  </p>
                  {errors.slice(0, shownAtMost).map((error) => (
                    <p key={error} dir="auto">
                      {error}
                    </p>
                  ))}
                </div>
              ))}
              {mistakes.slice(0, shownAtMost).map(({ pointer, say }) => (
                <div className="d" key={`${pointer} ${say}`}>
                  <p dir="auto">
                    {texts.mistake} {say}
                  </p>
                  <p>
                    {texts.at}{' '}
                    <code className="path" dir="ltr">
                      {base}
                      {pointer}
                    </code>
                  </p>
                </div>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

import type { FrameworkReport, RuleOutcome, RuleResult } from '../../core/framework/report.ts';
import { fill, texts } from '../texts/language.ts';
import { Disclosure } from '../ui/Disclosure.tsx';
import { Icon } from '../ui/Icon.tsx';
import { looks } from './outcome.ts';
import { words } from './words.ts';

const icons: Record<RuleOutcome, { icon: string; tone: string }> = {
  met: looks.passed,
  weak: { icon: 'weak', tone: 'na' },
  missing: { icon: 'todo', tone: 'na' },
  inapplicable: looks.inapplicable,
  'cannot-tell': looks['cannot-tell'],
};

/** Reader's order (framework.md §9): class line, what is shown by group, what is not stated, contradictions, notice. */
export function Framework({ report, verified }: { report: FrameworkReport; verified: boolean }) {
  const { classes, rules, pack } = report;
  const shown = rules.filter(({ outcome }) => outcome === 'met' || outcome === 'weak');
  const open = rules.filter((rule) => rule.outcome === 'cannot-tell' || isNotStated(rule, classes.headline));
  const groups = [...new Set(shown.map(({ group }) => group))];
  return (
    <section className="part pad">
      <h3>{texts.framework}</h3>
      {!verified && <p className="small muted">{texts.notVerified}</p>}
      <ThreeStatements report={report} />
      {report.bindingNotProtected && <p className="small">{texts.bindingNotProtected}</p>}
      {shown.length > 0 && (
        <Disclosure summary={texts.stated}>
          {groups.map((group) => (
            <div key={group}>
              <h4>{words().groupNames[group] ?? group}</h4>
              <Rules rules={shown.filter((rule) => rule.group === group)} />
            </div>
          ))}
        </Disclosure>
      )}
      {open.length > 0 && (
        <Disclosure summary={texts.notStated}>
          <Rules rules={open} />
        </Disclosure>
      )}
      <Contradictions report={report} />
      <p className="small muted">
        {fill(texts.pack, { title: pack.title, version: pack.version })} {pack.notice}
      </p>
    </section>
  );
}

/** Declared, supported and attested are three statements, and never one. */
function ThreeStatements({ report: { classes, pack } }: { report: FrameworkReport }) {
  const label = (id: string) => pack.classes.find((entry) => entry.id === id)?.label ?? id;
  const attested = classes.attested.map((entry) => fill(texts.attestedBy, { class: label(entry.class), by: entry.by }));
  return (
    <dl className="facts">
      <div>
        <dt>{texts.declared}</dt>
        <dd>{classes.declared.map(label).join(', ') || texts.declaredNothing}</dd>
      </div>
      <div>
        <dt>{texts.supported}</dt>
        <dd>{classes.sentence}</dd>
      </div>
      <div>
        <dt>{texts.attested}</dt>
        <dd>
          <bdi>{attested.join('; ') || texts.attestedNobody}</bdi>
        </dd>
      </div>
    </dl>
  );
}

function Contradictions({ report: { classes } }: { report: FrameworkReport }) {
  if (classes.contradictions.length === 0) return null;
  return (
    <>
      <h4>{texts.contradictions}</h4>
      <ul className="report">
        {classes.contradictions.map(({ code, sentence, pointer, class: id }) => (
          <li key={`${code}-${id}-${pointer}`}>
            <Icon name="failed" className="failed" />
            <div>
              <p className="t">{sentence}</p>
              {pointer !== undefined && (
                <code className="path" dir="ltr">
                  {pointer}
                </code>
              )}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What the class in view does not expect is not missing (framework.md §9). */
function isNotStated({ outcome, expects }: RuleResult, headline: string | null): boolean {
  if (outcome !== 'missing') return false;
  const wanted = headline === null ? undefined : expects[headline];
  if (wanted !== undefined) return wanted !== 'not-expected';
  return Object.values(expects).some((expectation) => expectation !== 'not-expected');
}

function Rules({ rules }: { rules: readonly RuleResult[] }) {
  return (
    <ul className="report">
      {rules.map(({ id, field, outcome, sentence }) => (
        <li key={id}>
          <Icon name={icons[outcome].icon} className={icons[outcome].tone} />
          <div>
            <p className="t">
              {field}: {words().ruleWords[outcome].toLowerCase()}
            </p>
            <p className="d" dir="auto">
              {sentence}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

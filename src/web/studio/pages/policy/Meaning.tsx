import type { PolicyChange, PolicyName } from '../../../../server/policy/policy.ts';
import type { PolicyPreview } from '../../../../server/policy/preview.ts';
import type { ShownPolicy } from '../../../../server/policy/routes.ts';
import { fill } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useIssuerPreview } from '../../queries.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { useTexts } from './texts.ts';
import { valueWords } from './words.ts';

export interface MeaningProps {
  name: PolicyName;
  /** Null leaves it to what comes from above. */
  wanted: PolicyChange[PolicyName];
  of: ShownPolicy;
}

/** What a decision would change, before it is made. */
export function Meaning({ name, wanted, of }: MeaningProps) {
  const texts = useTexts();
  const before = valueWords(texts, name, of.policy[name]);
  const after = valueWords(texts, name, wanted === 'never' ? null : (wanted ?? of.inherited[name]));
  const isSame = before === after && name in of.own === (wanted !== null);
  const preview = useIssuerPreview<PolicyPreview>('/policy/preview', { change: { [name]: wanted } }, !isSame);
  return (
    <section className="note" aria-live="polite">
      <Icon name="info" />
      <div className="stack">
        <h3>{texts.preview}</h3>
        {isSame ? (
          <p>{texts.same}</p>
        ) : (
          <>
            {before !== after && <p>{fill(texts.changes, { before, after })}</p>}
            <Loaded query={preview} what={texts.previewing} rows={2}>
              {(data) => <Consequences of={data} />}
            </Loaded>
          </>
        )}
      </div>
    </section>
  );
}

function Consequences({ of: { units, removed, gate } }: { of: PolicyPreview }) {
  const texts = useTexts();
  const names = (list: readonly { name: string }[]) => list.map(({ name }) => name).join(', ');
  const lines = [
    units.follow + units.apart.length === 0 ? texts.noUnits : fill(texts.follow, { count: units.follow }),
    ...(units.apart.length > 0 ? [fill(texts.apart, { names: names(units.apart) })] : []),
    ...(['evidence', 'rosters', 'letters'] as const)
      .filter((what) => removed[what] > 0)
      .map((what) => fill(texts.removes[what], { count: removed[what] })),
    ...(gate === null ? [] : [gateWords(gate)]),
  ];
  function gateWords({ checked, below }: NonNullable<PolicyPreview['gate']>): string {
    if (checked === 0) return texts.gateNone;
    return below.length === 0
      ? fill(texts.gateAll, { count: checked })
      : fill(texts.gateBelow, { count: checked, below: below.length, names: names(below) });
  }
  return (
    <ul>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

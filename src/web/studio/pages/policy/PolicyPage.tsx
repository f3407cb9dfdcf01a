import { useState } from 'react';
import type { PolicyName } from '../../../../server/policy/policy.ts';
import type { ShownPolicy } from '../../../../server/policy/routes.ts';
import { fill } from '../../../texts/language.ts';
import { useIssuer, useMay } from '../../issuer.ts';
import { useIssuerQuery } from '../../queries.ts';
import { useStudioTexts } from '../../texts/index.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Decide } from './Decide.tsx';
import { groups } from './decisions.ts';
import { useTexts } from './texts.ts';
import { sourceWords, valueWords } from './words.ts';

/** What holds in the issuer: what it decided itself, and what comes to it from above. */
export function Page() {
  const texts = useTexts();
  const shared = useStudioTexts();
  const { name } = useIssuer();
  const policy = useIssuerQuery<ShownPolicy>('/policy');
  const [deciding, setDeciding] = useState<PolicyName | null>(null);
  return (
    <>
      <PageHead title={shared.areas.policy} within={name} kicker={<bdi>{name}</bdi>} lead={texts.lead} />
      <Loaded query={policy} what={texts.what} rows={8}>
        {(data) => (
          <div className="stack-2">
            {(Object.keys(groups) as (keyof typeof groups)[]).map((group) => (
              <section className="card pad stack" key={group} aria-labelledby={group}>
                <h2 id={group}>{texts.groups[group]}</h2>
                <ul className="ruled">
                  {groups[group].map((one) => (
                    <Decision key={one} name={one} of={data} onDecide={() => setDeciding(one)} />
                  ))}
                </ul>
              </section>
            ))}
            {deciding !== null && <Decide name={deciding} of={data} onClose={() => setDeciding(null)} />}
          </div>
        )}
      </Loaded>
    </>
  );
}

function Decision({ name, of, onDecide }: { name: PolicyName; of: ShownPolicy; onDecide(): void }) {
  const texts = useTexts();
  const mayManage = useMay('manage');
  const [title = '', meaning = ''] = texts.names[name];
  const isOwn = name in of.own;
  const source = sourceWords(texts, of, name);
  return (
    <li className="decision">
      <div>
        <p className="strong">{title}</p>
        <p className="small muted">{meaning}</p>
      </div>
      <div>
        <p className="value">
          {valueWords(texts, name, of.policy[name])}{' '}
          <span className={isOwn ? 'tag own' : 'tag'}>{isOwn ? texts.here : source}</span>
        </p>
        {isOwn && (
          <p className="small muted">
            {fill(texts.instead, { value: valueWords(texts, name, of.inherited[name]), source })}
          </p>
        )}
      </div>
      {mayManage && (
        <button type="button" className="btn" aria-label={fill(texts.changeOf, { name: title })} onClick={onDecide}>
          {texts.change}
        </button>
      )}
    </li>
  );
}

import type { Assessment } from '../../core/assess.ts';
import { limits, texts } from '../texts/language.ts';
import { Disclosure } from '../ui/Disclosure.tsx';
import { Content } from './Content.tsx';
import { Framework } from './Framework.tsx';
import { Issuer } from './Issuer.tsx';
import { Mastery } from './Mastery.tsx';
import { NearMisses } from './NearMisses.tsx';
import { NewerEdition } from './NewerEdition.tsx';
import { RecordTree } from './RecordTree.tsx';
import { EveryStep, OpenFindings } from './Steps.tsx';

/** Everything under the hallmark: why, what was shown, who stands behind it, what it does not tell, every check. */
export function Parts({ assessment }: { assessment: Assessment }) {
  const { verification, framework, credentials } = assessment;
  const { credential } = verification;
  const verified = verification.verdict === 'verified';
  const isRecord = verification.kind === 'ClrCredential';
  return (
    <>
      <OpenFindings report={verification} />
      {assessment.refreshed !== undefined && <NewerEdition assessment={assessment.refreshed} />}
      {credentials.length > 0 && <RecordTree record={assessment} />}
      {credential !== null && <Content credential={credential} verified={verified} />}
      {framework !== null && !isRecord && <Mastery report={framework} verified={verified} />}
      {credential !== null && <Issuer assessment={assessment} />}
      {framework !== null && !isRecord && <Framework report={framework} verified={verified} />}
      <section className="part pad">
        <h3>{texts.limits}</h3>
        <ul className="not">
          {limits[isRecord ? 'record' : 'credential'].map(([what, why]) => (
            <li key={what}>
              <b>{what}</b> {why}
            </li>
          ))}
        </ul>
      </section>
      <div className="part pad">
        <Disclosure summary={texts.steps}>
          <EveryStep report={verification} />
          {framework !== null && <NearMisses report={framework} base={verification.pointer} />}
        </Disclosure>
      </div>
    </>
  );
}

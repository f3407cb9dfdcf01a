import type { Assessment } from '../../core/assess.ts';
import { fill, formatDate, texts } from '../texts/language.ts';

/** The verified domain or key first; the name is what the issuer calls itself until the Issuer stamp is passed. */
export function Issuer({ assessment: { verification, trust, hallmark } }: { assessment: Assessment }) {
  const { issuer } = verification;
  const { authentic, issuer: known } = hallmark.stamps;
  const proven = authentic.outcome === 'passed' ? issuer.verifiedAs : null;
  const listed = known.outcome === 'passed' ? known.params?.name : undefined;
  return (
    <section className="part pad">
      <h3>{texts.issuer}</h3>
      <dl className="facts">
        <div>
          <dt>{proven?.kind === 'key' ? texts.verifiedKey : texts.verifiedDomain}</dt>
          <dd>{proven === null ? texts.notProven : <code dir="ltr">{proven.value}</code>}</dd>
        </div>
        {(listed ?? issuer.name) !== null && (
          <div>
            <dt>{listed !== undefined ? texts.knownAs : proven !== null ? texts.callsItself : texts.saysItIs}</dt>
            <dd>
              <bdi>{listed ?? issuer.name}</bdi>
            </dd>
          </div>
        )}
        {proven !== null &&
          trust.listings.map(({ source, sourceDate, issuer: entry, state }) => (
            <div key={`${source}-${entry.id}-${state}`}>
              <dt>{texts.listingStates[state]}</dt>
              <dd>
                <bdi>{fill(texts.listed, { source, date: formatDate(sourceDate) })}</bdi>
                {entry.vouchesFor !== undefined && <p className="small muted">{entry.vouchesFor}</p>}
              </dd>
            </div>
          ))}
      </dl>
      {trust.listings.length === 0 && (
        <p className="small muted">{trust.sourcesAsked === 0 ? texts.noSource : texts.inNoSource}</p>
      )}
    </section>
  );
}

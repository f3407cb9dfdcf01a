import type { Assessment } from '../../core/assess.ts';
import { texts } from '../texts/language.ts';

/** Who issued it, in one line: what was verified first, and whose words the name is. */
export function IssuerLine({ assessment: { verification, hallmark } }: { assessment: Assessment }) {
  const { verifiedAs, name } = verification.issuer;
  const { authentic, issuer } = hallmark.stamps;
  const proven = authentic.outcome === 'passed';
  if (!proven && name === null) return null;
  return (
    <>
      {proven && verifiedAs !== null && (
        <code className="path" dir="ltr">
          {verifiedAs.value}
        </code>
      )}{' '}
      {!proven ? texts.saysItIs : issuer.outcome === 'passed' ? texts.knownAs : texts.callsItselfInside}{' '}
      <bdi>{name}</bdi>
    </>
  );
}

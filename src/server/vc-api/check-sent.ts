import type { Finding } from '../../core/finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../../core/json/json.ts';
import type { Network } from '../../core/network.ts';
import type { VerifyOptions } from '../../core/verify/options.ts';
import type { StepResult } from '../../core/verify/report.ts';
import { verifyCredential } from '../../core/verify/verify-credential.ts';
import { verifyPresentation } from '../../core/verify/verify-presentation.ts';
import { sharingCryptography } from '../../node/cryptography.ts';

export type Checked = { verified: true } | { verified: false; findings: Finding[] };

/** Where a verifier looks; `ledger`: of the instance that answers. */
export type Sources = { network: Network } & Pick<VerifyOptions, 'ledger'>;

const optionsOf = ({ network, ledger }: Sources) => ({
  cryptography: sharingCryptography,
  network,
  now: new Date(),
  ...(ledger === undefined ? {} : { ledger }),
});

/** Is this credential authentic and current? */
export async function checkSentCredential(credential: JsonObject, sources: Sources): Promise<Checked> {
  const report = await verifyCredential(credential, optionsOf(sources));
  return report.verdict === 'verified' ? { verified: true } : { verified: false, findings: faultsOf(report.steps) };
}

/** Is this presentation made for who asked, and is all in it authentic and current? `wanted`: what the verifier had asked. */
export async function checkSentPresentation(
  presentation: JsonObject,
  wanted: JsonValue | undefined,
  sources: Sources,
): Promise<Checked> {
  const { challenge, domain } = isJsonObject(wanted) ? wanted : {};
  const texts = toList(domain).filter((item): item is string => typeof item === 'string');
  const report = await verifyPresentation(presentation, {
    ...optionsOf(sources),
    ...(typeof challenge === 'string' ? { challenge } : {}),
    ...(texts.length > 0 ? { domain: texts } : {}),
  });
  if (report.verdict === 'verified') return { verified: true };
  const inside = report.credentials.filter(({ verdict }) => verdict !== 'verified');
  return { verified: false, findings: [...faultsOf(report.steps), ...inside.flatMap(({ steps }) => faultsOf(steps))] };
}

function faultsOf(steps: Record<string, StepResult>): Finding[] {
  return Object.values(steps).flatMap(({ outcome, findings }) =>
    outcome === 'passed' || outcome === 'inapplicable'
      ? findings.filter(({ severity }) => severity === 'error')
      : findings,
  );
}

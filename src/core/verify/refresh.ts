import type { ParsedCredential } from '../credential/types.ts';
import type { Finding } from '../finding.ts';
import { isJsonObject, showJson, toList } from '../json/json.ts';
import { fetchRefreshed } from '../status/refresh.ts';
import type { VerifyOptions } from './options.ts';
import type { StepResult, VerificationReport } from './report.ts';
import { readDate } from './validity-period.ts';
import { type Place, verifyCredential } from './verify-credential.ts';

interface RefreshCheck {
  step: StepResult;
  refreshed?: VerificationReport;
}

const inapplicable = (findings: Finding[] = []): RefreshCheck => ({ step: { outcome: 'inapplicable', findings } });

/**
 * Ask a 1EdTechCredentialRefresh service once (OB 3.0 §5 step 3), after a valid proof only. A newer edition that is itself
 * genuine supersedes this document; a service that does not answer, or answers with something unusable, changes nothing.
 */
export async function checkRefresh(
  parsed: ParsedCredential,
  options: VerifyOptions,
  place: Place,
  askable: boolean,
): Promise<RefreshCheck> {
  const services = toList(parsed.document.refreshService).filter(isJsonObject);
  if (services.length === 0 || place.inside === 'refresh' || place.inside === 'status-list') return inapplicable();
  const service = services.find(({ type }) => toList(type).includes('1EdTechCredentialRefresh'));
  if (service === undefined)
    return inapplicable([
      {
        code: 'refresh-type-unknown',
        severity: 'information',
        pointer: '/refreshService',
        params: { type: showJson(toList(services[0]?.type)[0] ?? '') },
      },
    ]);
  if (!askable) return inapplicable();
  const fetched = await fetchRefreshed(service, parsed, options);
  if (!fetched.ok) return { step: { outcome: 'passed', findings: [unusable, ...fetched.findings.map(soften)] } };
  const refreshed = await verifyCredential(fetched.document, options, {
    ...place,
    depth: place.depth + 1,
    inside: 'refresh',
  });
  const authentic = (['document', 'terms', 'proof', 'issuer-key'] as const).every((id) =>
    ['passed', 'inapplicable'].includes(refreshed.steps[id].outcome),
  );
  if (!authentic || refreshed.proofs.length === 0) return { step: { outcome: 'passed', findings: [unusable] } };
  const theirs = readDate(refreshed.credential?.validFrom) ?? 0;
  const ours = readDate(parsed.credential.validFrom) ?? 0;
  if (!(theirs > ours))
    return {
      step: {
        outcome: 'passed',
        findings: [{ code: 'refresh-not-better', severity: 'information', pointer: '/refreshService' }],
      },
    };
  return {
    step: {
      outcome: 'failed',
      findings: [
        {
          code: 'refresh-newer-edition',
          severity: 'error',
          pointer: '/refreshService',
          params: { date: showJson(refreshed.credential?.validFrom ?? '') },
        },
      ],
    },
    refreshed,
  };
}

const unusable: Finding = { code: 'refresh-not-usable', severity: 'information', pointer: '/refreshService' };

function soften(finding: Finding): Finding {
  return { ...finding, severity: 'information' };
}

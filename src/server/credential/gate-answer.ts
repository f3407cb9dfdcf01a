import { renderFinding } from '../../core/catalogue/render.ts';
import type { GateOutcome } from '../../core/issue/gate.ts';

/** How a credential falls short of the gate, in words too. */
export function showGate({ findings, ...outcome }: GateOutcome) {
  return { ...outcome, findings: findings.map((finding) => ({ ...finding, ...renderFinding(finding) })) };
}

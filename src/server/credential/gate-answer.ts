import type { GateOutcome } from '../../core/issue/gate.ts';
import { inWords } from '../in-words.ts';

/** How a credential falls short of the gate, in words too. */
export function showGate({ findings, ...outcome }: GateOutcome) {
  return { ...outcome, findings: inWords(findings) };
}

import { renderFinding } from '../core/catalogue/render.ts';
import type { Finding } from '../core/finding.ts';
import type { RosterFault } from '../core/issue/roster.ts';

/** Findings as answers carry them: the code for programs, and what it says for people. */
export const inWords = (findings: readonly Finding[]) =>
  findings.map((finding) => ({ ...finding, ...renderFinding(finding) }));

/** Faults of a table in the same way, each with the name of its column in the file. */
export const faultsInWords = (faults: readonly RosterFault[], header: readonly string[]) =>
  faults.map(({ column, finding }) => ({
    column,
    name: column === null ? null : (header[column - 1] ?? null),
    ...finding,
    ...renderFinding(finding),
  }));

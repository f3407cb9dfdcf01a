import { checkMastery, type EvidenceRequirement } from '../../../../core/issue/check-mastery.ts';
import type { Learner } from '../../../../core/issue/learner.ts';
import { placeFinding, type RosterFault, readRosterHeader, readRosterRow } from '../../../../core/issue/roster.ts';
import { isJsonObject, type JsonObject, toList } from '../../../../core/json/json.ts';
import { scalesOf } from './columns.ts';

/** A column of the award grid; `target` is how the service knows it. */
export interface GridColumn {
  target: string;
  /** Of a scale: what it is called, its levels in order, and what it asks. */
  scale: { name: string; levels: string[]; description: JsonObject } | null;
}
export type GridRowCells = readonly string[];

const before = ['name', 'email', 'identifier:systemId'];
const after = ['evidence', 'evidence:file', 'awardedDate', 'validUntil', 'creditsEarned'];
const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** The columns for an achievement: who it is, a column for each scale, evidence, dates, credit. */
export function gridColumns(achievement: JsonObject): GridColumn[] {
  const plain = (target: string): GridColumn => ({ target, scale: null });
  const scales = scalesOf(achievement).map(({ target, name, description }) => ({
    target,
    scale: {
      name,
      description,
      levels: toList(description.rubricCriterionLevel)
        .filter(isJsonObject)
        .map((level) => text(level.name)),
    },
  }));
  return [...before.map(plain), ...scales, ...after.map(plain)];
}

export interface GridRules {
  achievement: JsonObject;
  columns: readonly GridColumn[];
  timeZone: string;
  evidence: EvidenceRequirement | undefined;
  allowBelowPassMark: boolean;
}

export const isEmptyRow = (row: GridRowCells): boolean => row.every((cell) => cell.trim() === '');

/** What is wrong in a row, as the service will say it of a list: by column from 1, null for the row as a whole. */
export function faultsOf(row: GridRowCells, rules: GridRules): RosterFault[] {
  if (isEmptyRow(row)) return [];
  const { achievement, timeZone, evidence, allowBelowPassMark } = rules;
  const header = readRosterHeader(
    rules.columns.map(({ target }) => target),
    achievement,
  );
  if (!header.ok) return header.faults;
  const read = readRosterRow(header.columns, row, { timeZone });
  if (!read.ok) return read.faults;
  const { result = [], evidence: pieces = [] } = read.learner;
  const credential = {
    credentialSubject: { type: ['AchievementSubject'], achievement, ...(result.length > 0 ? { result } : {}) },
    ...(pieces.length > 0 ? { evidence: pieces } : {}),
  } as JsonObject;
  return checkMastery(credential, { allowBelowPassMark, evidence }).map((finding) => {
    if (finding.pointer === '/evidence') return { column: columnOf(rules.columns, 'evidence'), finding };
    return placeFinding(header.columns, finding);
  });
}

/** What the service will understand of a row; null while something in it cannot be read. */
export function readRow(row: GridRowCells, { achievement, columns, timeZone }: GridRules): Learner | null {
  const header = readRosterHeader(
    columns.map(({ target }) => target),
    achievement,
  );
  const read = header.ok ? readRosterRow(header.columns, row, { timeZone }) : null;
  return read?.ok ? read.learner : null;
}

/** Somebody may decide otherwise: what falls under a pass mark can be issued with a reason. */
export const isDecision = ({ finding }: RosterFault): boolean =>
  ['issue-result-below-pass-mark', 'issue-result-not-completed'].includes(finding.code);

export const columnOf = (columns: readonly GridColumn[], target: string): number =>
  columns.findIndex((column) => column.target === target) + 1;

/** Rows that name a learner whom an earlier row names: the row's place, and the earlier one's. */
export function findTwice(rows: readonly GridRowCells[], columns: readonly GridColumn[]): Map<number, number> {
  const [email, id] = [columnOf(columns, 'email') - 1, columnOf(columns, 'identifier:systemId') - 1];
  const seen = new Map<string, number>();
  const twice = new Map<number, number>();
  rows.forEach((row, index) => {
    const who = (row[email] ?? '').trim().toLowerCase() || (row[id] ?? '').trim();
    if (who === '') return;
    const first = seen.get(who);
    if (first === undefined) seen.set(who, index);
    else twice.set(index, first);
  });
  return twice;
}

/** Rows with a block put over them, which begins at a cell; as many rows more as it needs. */
export function pasteBlock(
  rows: readonly GridRowCells[],
  block: readonly (readonly string[])[],
  [top, left]: readonly [number, number],
  width: number,
): GridRowCells[] {
  const pasted = [...rows];
  while (pasted.length < top + block.length) pasted.push(emptyRow(width));
  block.forEach((cells, down) => {
    const row = [...(pasted[top + down] ?? [])];
    cells.slice(0, width - left).forEach((cell, right) => {
      row[left + right] = cell.replace(/\s*[\r\n]+\s*/g, ' ').trim();
    });
    pasted[top + down] = row;
  });
  return pasted;
}

/** One value for a column, from a row on, for everybody who stands in the sheet. */
export function fillColumn(rows: readonly GridRowCells[], column: number, value: string, from = 0): GridRowCells[] {
  return rows.map((row, index) =>
    index < from || isEmptyRow(row) ? row : row.map((cell, at) => (at === column ? value : cell)),
  );
}

export const emptyRow = (width: number): string[] => Array.from({ length: width }, () => '');

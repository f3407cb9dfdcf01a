import type { Finding, FindingCode } from '../finding.ts';
import { isJsonObject, type JsonObject, toList } from '../json/json.ts';
import { isEvidenceAddress } from './evidence.ts';
import { isEmail, isIdentifier, type Learner, readMoment } from './learner.ts';
import { resultFromText } from './result-text.ts';

/** A fault in a table: the finding, and the column it is about, counted from 1; null when it is about the whole row. */
export interface RosterFault {
  column: number | null;
  finding: Finding;
}

const textFields = ['name', 'narrative', 'licenseNumber', 'role', 'term'] as const;
const dateFields = ['activityStartDate', 'activityEndDate', 'awardedDate', 'validFrom', 'validUntil'] as const;
const simpleFields = ['id', 'email', 'nameConsent', 'creditsEarned', ...textFields, ...dateFields] as const;
type SimpleField = (typeof simpleFields)[number];
const evidenceFields = ['id', 'file', 'name', 'description', 'genre', 'audience', 'narrative'] as const;

type Column =
  | { kind: 'field'; field: SimpleField }
  | { kind: 'identifier'; type: string }
  | { kind: 'result'; description: JsonObject; status: boolean }
  | { kind: 'evidence'; item: string; field: (typeof evidenceFields)[number] }
  | { kind: 'ignored' };

export type RosterColumns = readonly Column[];

export interface RosterOptions {
  /** From a column's name in the file to the name it stands for. */
  rename?: ReadonlyMap<string, string>;
  ignore?: ReadonlySet<string>;
}

/**
 * What each column of a roster means, from its header line. Names are compared without case, spaces, `-` and `_`: the
 * fields of a learner (`name`, `email`, `id`, …), `identifier:systemId`, `result:Name of a scale`, `status:Name of a
 * scale`, `evidence` (its address) or `evidence:file` (an uploaded file), `evidence:name` …; more evidence as `evidence 2`,
 * `evidence 2:name`. Unknown columns are faults, since a misspelt one would silently lose results.
 */
export function readRosterHeader(
  header: readonly string[],
  achievement: JsonObject,
  options: RosterOptions = {},
): { ok: true; columns: RosterColumns } | { ok: false; faults: RosterFault[] } {
  const faults: RosterFault[] = [];
  const seen = new Set<string>();
  const columns = header.map((written, index): Column => {
    const name = written.trim();
    if (options.ignore?.has(name)) return { kind: 'ignored' };
    if (/[\uFFFD\0]/.test(name)) {
      faults.push(fault(index + 1, 'issue-not-text', { value: name }));
      return { kind: 'ignored' };
    }
    const column = readColumn(options.rename?.get(name) ?? name, achievement);
    if ('code' in column) {
      faults.push(fault(index + 1, column.code, { name, ...column.params }));
      return { kind: 'ignored' };
    }
    const key = JSON.stringify(column.kind === 'result' ? [column.description.id, column.status] : column);
    if (seen.has(key)) faults.push(fault(index + 1, 'roster-column-twice', { name }));
    seen.add(key);
    return column;
  });
  if (header.length === 0) faults.push(fault(null, 'roster-empty', {}));
  else if (faults.length === 0 && !columns.some(saysWho)) faults.push(fault(null, 'roster-no-learner-column', {}));
  return faults.length === 0 ? { ok: true, columns } : { ok: false, faults };
}

/** The learner of one row, dates without a zone read in `timeZone`; or every fault of the row. Empty cells say nothing. */
export function readRosterRow(
  columns: RosterColumns,
  cells: readonly string[],
  { timeZone }: { timeZone?: string } = {},
): { ok: true; learner: Learner } | { ok: false; faults: RosterFault[] } {
  if (cells.length !== columns.length)
    return {
      ok: false,
      faults: [fault(null, 'roster-cells-differ', { found: cells.length, expected: columns.length })],
    };
  const learner: Learner = {};
  const results = new Map<JsonObject, JsonObject>();
  const evidence = new Map<string, JsonObject>();
  const faults: RosterFault[] = [];
  columns.forEach((column, index) => {
    const cell = (cells[index] ?? '').trim();
    const wrong = (code: FindingCode, params: Finding['params'] = {}) =>
      faults.push(fault(index + 1, code, { value: cell, ...params }));
    if (cell === '' || column.kind === 'ignored') return;
    if (cell.includes('\uFFFD')) wrong('issue-not-text');
    else if (column.kind === 'field') readField(learner, column.field, cell, timeZone, wrong);
    else if (column.kind === 'identifier') learner.identifiers = { ...learner.identifiers, [column.type]: cell };
    else if (column.kind === 'evidence') {
      if (column.field === 'id' && !isEvidenceAddress(cell)) wrong('issue-evidence-address-wrong');
      evidence.set(column.item, { type: ['Evidence'], ...evidence.get(column.item), [column.field]: cell });
    } else {
      const read = resultFromText(
        column.status ? { ...column.description, resultType: 'Status' } : column.description,
        cell,
      );
      if (read.ok) results.set(column.description, { ...results.get(column.description), ...read.result });
      else wrong(read.code, read.params);
    }
  });
  if (learner.id === undefined && learner.email === undefined && learner.name === undefined && !learner.identifiers)
    if (faults.length === 0) faults.push(fault(null, 'issue-learner-unidentified', {}));
  if (results.size > 0) learner.result = [...results.values()];
  if (evidence.size > 0) learner.evidence = [...evidence.values()];
  return faults.length === 0 ? { ok: true, learner } : { ok: false, faults };
}

/** A finding about the learner of a row, in the column that it is about where one alone names its scale. */
export function placeFinding(columns: RosterColumns, finding: Finding): RosterFault {
  const scale = finding.params?.scale;
  const isOfScale = (column: Column) => column.kind === 'result' && !column.status && column.description.name === scale;
  const of = columns.filter(isOfScale).length === 1 ? columns.findIndex(isOfScale) + 1 : null;
  return { column: scale === undefined ? null : of, finding };
}

function readField(
  learner: Learner,
  field: SimpleField,
  cell: string,
  timeZone: string | undefined,
  wrong: (code: FindingCode, params?: Finding['params']) => void,
): void {
  if (field === 'email') {
    if (isEmail(cell)) learner.email = cell;
    else wrong('issue-email-wrong');
  } else if (field === 'id') {
    if (isIdentifier(cell)) learner.id = cell;
    else wrong('issue-id-wrong');
  } else if (field === 'nameConsent') {
    if (!/^(yes|no|true|false|1|0|sí|si)$/i.test(cell)) wrong('issue-yes-no-wrong');
    else learner.nameConsent = !/^(no|false|0)$/i.test(cell);
  } else if (field === 'creditsEarned') {
    if (/^\d+(\.\d+)?$/.test(cell)) learner.creditsEarned = Number(cell);
    else wrong('issue-number-wrong');
  } else if (isOneOf(dateFields, field)) {
    const moment = readMoment(cell, timeZone);
    if (moment === undefined) wrong('issue-date-wrong');
    else learner[field] = moment;
  } else learner[field] = cell;
}

function readColumn(
  name: string,
  achievement: JsonObject,
): Column | { code: FindingCode; params: Record<string, string> } {
  const [head = '', ...rest] = name.split(':');
  const detail = rest.join(':').trim();
  const plain = normal(head);
  const field = simpleFields.find((known) => normal(known) === plain);
  if (field !== undefined && detail === '') return { kind: 'field', field };
  if (plain === 'identifier' && /^(ext:)?[A-Za-z0-9._-]+$/.test(detail)) return { kind: 'identifier', type: detail };
  const item = /^evidence(\d*)$/.exec(plain)?.[1];
  const evidenceField = detail === '' ? 'id' : evidenceFields.find((known) => normal(known) === normal(detail));
  if (item !== undefined && evidenceField !== undefined) return { kind: 'evidence', item, field: evidenceField };
  if (plain === 'result' || plain === 'status') return readScale(detail, plain === 'status', achievement);
  const result = scalesOf(achievement).map(({ name: scale }) => `result:${scale}`);
  return {
    code: 'roster-column-unknown',
    params: { possible: `Known columns: ${[...simpleFields, ...result, 'evidence', 'evidence:name'].join(', ')}.` },
  };
}

function readScale(
  wanted: string,
  status: boolean,
  achievement: JsonObject,
): Column | { code: FindingCode; params: Record<string, string> } {
  const scales = scalesOf(achievement);
  const byId = scales.filter(({ description }) => description.id === wanted);
  const byName = scales.filter(({ name }) => normal(name) === normal(wanted));
  // A plain `result` column means the only scale there is.
  const matches = wanted === '' && scales.length === 1 ? scales : byId.length > 0 ? byId : byName;
  const [match] = matches;
  if (match === undefined)
    return {
      code: 'roster-scale-unknown',
      params: { name: wanted, possible: scales.map(({ name }) => name).join(', ') || '–' },
    };
  if (matches.length > 1) return { code: 'roster-scale-ambiguous', params: { name: wanted } };
  return { kind: 'result', description: match.description, status };
}

function scalesOf(achievement: JsonObject): { name: string; description: JsonObject }[] {
  return toList(achievement.resultDescription)
    .filter(isJsonObject)
    .map((description) => ({ name: typeof description.name === 'string' ? description.name : '', description }));
}

function saysWho(column: Column): boolean {
  return column.kind === 'identifier' || (column.kind === 'field' && ['id', 'email', 'name'].includes(column.field));
}

function normal(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '');
}

function isOneOf<T extends string>(list: readonly T[], value: string): value is T {
  return (list as readonly string[]).includes(value);
}

function fault(column: number | null, code: FindingCode, params: Record<string, string | number> = {}): RosterFault {
  return { column, finding: { code, severity: 'error', ...(Object.keys(params).length > 0 ? { params } : {}) } };
}

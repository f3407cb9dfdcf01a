import type { Readable } from 'node:stream';
import type { FindingCode } from '../../core/finding.ts';
import { readCsv } from '../../node/csv/read-csv.ts';
import { checkItem, maximumFaults, type SkillFile, type SkillItem, targetTypes } from './item.ts';

const columns = ['statement', 'uri', 'code', 'name', 'parent', 'type', 'kind', 'framework'] as const;
type Column = (typeof columns)[number];

/** Skills of a CSV, row by row; what is wrong and what the file says of itself goes into `file`. Other columns are left out. */
export async function* readCsvSkills(source: Readable, file: SkillFile): AsyncGenerator<SkillItem> {
  const rows = readCsv(source);
  const first = await rows.next();
  const header = (first.value?.cells ?? []) as string[];
  const places = placesOf(header, file);
  if (file.faults.length > 0) return;
  for await (const { line, cells } of rows) {
    if (file.faults.length >= maximumFaults) return;
    const wrong = (column: Column | null, code: FindingCode, params: Record<string, string | number> = {}) =>
      file.faults.push({
        line,
        column: column === null ? null : (places.get(column) ?? 0) + 1,
        finding: { code, severity: 'error', params },
      });
    if (cells === null) {
      wrong(null, 'roster-row-unreadable');
      continue;
    }
    if (cells.length !== header.length) {
      wrong(null, 'roster-cells-differ', { found: cells.length, expected: header.length });
      continue;
    }
    const cell = (column: Column) => cells[places.get(column) ?? -1]?.trim() ?? '';
    const framework = cell('framework');
    file.framework.name ??= framework === '' ? null : framework;
    if (framework !== '' && framework !== file.framework.name)
      wrong('framework', 'skill-framework-differs', { value: framework.slice(0, 200) });
    const type = cell('type');
    if (type !== '' && !targetTypes.includes(type as (typeof targetTypes)[number]))
      wrong('type', 'skill-type-unknown', { value: type.slice(0, 200), possible: targetTypes.join(', ') });
    const [code, uri] = [cell('code') || null, cell('uri')];
    const item: SkillItem = {
      line,
      keys: [uri, ...(code === null ? [] : [code])],
      code,
      name: cell('name') || null,
      statement: cell('statement'),
      uri,
      kind: cell('kind') || null,
      targetType: type || targetTypes[0],
      parent: cell('parent') || null,
    };
    file.faults.push(...checkItem(item, (member) => ({ line, column: (places.get(member) ?? 0) + 1 })));
    yield item;
  }
}

/** Where each column stands. */
function placesOf(header: readonly string[], file: SkillFile): Map<Column, number> {
  const places = new Map<Column, number>();
  const wrong = (column: number | null, code: FindingCode, params: Record<string, string | number> = {}) =>
    file.faults.push({ line: 1, column, finding: { code, severity: 'error', params } });
  if (header.length === 0) wrong(null, 'roster-empty');
  for (const [index, cell] of header.entries()) {
    if (/[\uFFFD\0]/.test(cell)) wrong(index + 1, 'issue-not-text');
    const name = cell.trim().toLowerCase() as Column;
    if (!columns.includes(name)) continue;
    if (places.has(name)) wrong(index + 1, 'roster-column-twice', { name });
    places.set(name, index);
  }
  if (file.faults.length > 0) return places;
  for (const name of ['statement', 'uri'] as const)
    if (!places.has(name)) wrong(null, 'skill-column-missing', { name });
  return places;
}

import type { Finding, FindingCode } from '../finding.ts';
import { type JsonObject, type JsonValue, showJson } from '../json/json.ts';
import { toPointer } from '../json/pointer.ts';
import { checkAlignment } from './alignment-health.ts';
import type { AuthoredAlignment } from './authored-fields.ts';
import { readDateRange } from './dates.ts';
import { compareDecimals, parseDecimal } from './decimal.ts';

export type Tokens = (string | number)[];

const webAddress = /^https?:\/\/[^\s/]+\S*$/;
const uri = /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const volatile =
  /^https?:\/\/([^/]+\.)?(docs\.google\.com|drive\.google\.com|dropbox\.com|onedrive\.live\.com|1drv\.ms|sharepoint\.com|icloud\.com|notion\.so|notion\.site|youtube\.com|youtu\.be)(\/|$)/;

/** Collects what is wrong with typed fields; pointers are those of the fields (the "never" column of framework.md §7). */
export class FieldChecks {
  readonly findings: Finding[] = [];

  add(
    code: FindingCode,
    at: Tokens,
    params: Record<string, string> = {},
    severity: Finding['severity'] = 'error',
  ): void {
    this.findings.push({ code, severity, pointer: toPointer(at), params });
  }

  /** Required text; HTML in it is a fault because readers see the tags. */
  text(value: unknown, at: Tokens): void {
    if (value === undefined || value === '') this.add('field-required', at);
    else if (typeof value !== 'string' || value.trim() === '') this.add('field-not-text', at);
    else this.optionalText(value, at);
  }

  optionalText(value: unknown, at: Tokens): void {
    if (value === undefined) return;
    if (typeof value !== 'string') this.add('field-not-text', at);
    else if (/<\/?[A-Za-z][A-Za-z0-9]*(\s[^<>]{0,500})?\/?>/.test(value)) this.add('field-html', at);
  }

  uri(value: unknown, at: Tokens): void {
    if (value === undefined || value === '') this.add('field-required', at);
    else if (typeof value !== 'string' || !uri.test(value))
      this.add('field-identifier', at, { value: showJson(value) });
  }

  web(value: unknown, at: Tokens): void {
    if (value === undefined || value === '') this.add('field-required', at);
    else if (typeof value !== 'string' || !webAddress.test(value))
      this.add('field-web-address', at, { value: showJson(value) });
  }

  matches(value: string | undefined, pattern: RegExp, code: FindingCode, at: Tokens): void {
    if (value !== undefined && !pattern.test(value)) this.add(code, at, { value });
  }

  /** Date and time with a zone. */
  instant(value: string | undefined, at: Tokens): void {
    if (value !== undefined && (!instant.test(value) || readDateRange(value) === undefined))
      this.add('field-date', at, { value, example: '2026-05-18T00:00:00Z' });
  }

  day(value: string | undefined, at: Tokens): void {
    if (value !== undefined && (!/^\d{4}-\d{2}-\d{2}$/.test(value) || readDateRange(value) === undefined))
      this.add('field-date', at, { value, example: '2026-05-18' });
  }

  positive(value: unknown, at: Tokens): void {
    if (value !== undefined && !(typeof value === 'number' && Number.isFinite(value) && value > 0))
      this.add('field-number', at);
  }

  decimal(value: string | number | undefined, at: Tokens): void {
    if (value !== undefined && parseDecimal(value) === undefined)
      this.add('field-not-decimal', at, { value: String(value) });
  }

  /** `null` entries are skipped; the rest must rise strictly. */
  rising(values: readonly (string | number | undefined)[], at: Tokens): void {
    const numbers = values.map(parseDecimal);
    const rises = numbers.every(
      (number, index) =>
        number !== undefined && (index === 0 || compareDecimals(numbers[index - 1] ?? number, number) < 0),
    );
    if (!rises) this.add('field-points-not-rising', at);
  }

  evidence(id: string | undefined, at: Tokens): void {
    if (id === undefined) return;
    if (id.startsWith('data:')) this.add('field-evidence-data', at);
    else if (volatile.test(id)) this.add('field-evidence-not-durable', at, {}, 'warning');
    else this.uri(id, at);
  }

  alignments(alignments: readonly AuthoredAlignment[] | undefined, at: Tokens, own: (string | undefined)[]): void {
    for (const [index, alignment] of (alignments ?? []).entries()) {
      this.text(alignment.targetName, [...at, index, 'targetName']);
      for (const finding of checkAlignment(compact({ ...alignment }), own))
        this.findings.push({ ...finding, pointer: toPointer([...at, index]) });
    }
  }
}

/** Without undefined members and empty lists, which a credential does not carry (ob3.md §2). */
export function compact(members: Record<string, JsonValue | undefined>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter(
      (entry): entry is [string, JsonValue] =>
        entry[1] !== undefined && !(Array.isArray(entry[1]) && entry[1].length === 0),
    ),
  );
}

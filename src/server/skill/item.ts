import type { Finding, FindingCode } from '../../core/finding.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { readUrl } from '../../core/read-url.ts';

/** One skill or standard, as it stood in a file. */
export interface SkillItem {
  /** Of a CSV. */
  line?: number;
  /** By which others of the file name it: an address, a code, an identifier. */
  keys: string[];
  code: string | null;
  /** A short form of the statement. */
  name: string | null;
  statement: string;
  uri: string;
  kind: string | null;
  targetType: string;
  /** A key of the one above. */
  parent: string | null;
}

/** What is wrong in a file: in a CSV by line and column, from 1; in JSON by the pointer of the finding. */
export interface SkillFault {
  line: number | null;
  column: number | null;
  finding: Finding;
}

export interface SkillFile {
  /** As the file says; null when it says none. */
  framework: { name: string | null; uri: string | null };
  /** Which skill stands above which, by their keys, where that is told apart from the skills. */
  parents: [child: string, parent: string][];
  faults: SkillFault[];
}

export const maximumItems = 100_000;
export const maximumFaults = 100;

/** Types of targets that an Alignment may name (Open Badges 3.0), of those that a skill can be. */
export const targetTypes = ['ceasn:Competency', 'CFItem', 'CTDL'] as const;

const lengths = { code: 200, name: 500, statement: 5000, uri: 2000, kind: 100 } as const;

/** Faults of one item. `place` says where a member of it stands. */
export function checkItem(
  item: SkillItem,
  place: (member: keyof typeof lengths) => Pick<SkillFault, 'line' | 'column'> & { pointer?: string },
): SkillFault[] {
  const faults: SkillFault[] = [];
  const wrong = (member: keyof typeof lengths, code: FindingCode, params: Finding['params'] = {}) => {
    const { line, column, pointer } = place(member);
    const finding: Finding = { code, severity: 'error', params, ...(pointer === undefined ? {} : { pointer }) };
    faults.push({ line, column, finding });
  };
  for (const [member, limit] of Object.entries(lengths) as [keyof typeof lengths, number][]) {
    const text = item[member] ?? '';
    if (text.length > limit) wrong(member, 'skill-text-too-long', { limit });
    if (/\0|\p{Cs}/u.test(text)) wrong(member, 'skill-text-unusable');
    if (text.includes('\uFFFD')) wrong(member, 'issue-not-text');
  }
  if (item.statement === '') wrong('statement', 'skill-text-missing', { name: 'statement' });
  if (item.uri === '') wrong('uri', 'skill-text-missing', { name: 'uri' });
  else if (!isAddress(item.uri)) wrong('uri', 'skill-uri-wrong', { value: item.uri.slice(0, 200) });
  return faults;
}

const isAddress = (uri: string) => /^(https?|urn):$/.test(readUrl(uri)?.protocol ?? '') && !/\s/.test(uri);

const longestName = 120;

/** What an author puts into the achievement (Open Badges 3.0, Alignment). */
export function alignmentOf(
  item: { code: string | null; name: string | null; statement: string; uri: string; target_type: string },
  framework: string,
): JsonObject {
  const { code, statement, uri } = item;
  const short = statement.length > longestName ? `${statement.slice(0, longestName - 1).trimEnd()}…` : statement;
  const targetName = item.name ?? short;
  return {
    type: ['Alignment'],
    targetName,
    targetUrl: uri,
    ...(code === null ? {} : { targetCode: code }),
    ...(targetName === statement ? {} : { targetDescription: statement }),
    targetFramework: framework,
    targetType: item.target_type,
  };
}

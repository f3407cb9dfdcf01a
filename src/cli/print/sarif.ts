import type { ClassId, FrameworkReport, RuleResult } from '../../core/framework/report.ts';
import type { JsonValue } from '../../core/json/json.ts';
import { resolvePointer } from '../../core/json/pointer.ts';
import { classInView } from './framework.ts';
import { locateInJson, type Region } from './json-regions.ts';
import { safeLine } from './safe-text.ts';

/** What SARIF needs of a pack's rule. */
export interface SarifRuleSource {
  id: string;
  field: string;
  purpose: string;
  group: string;
  help?: { write?: string; example?: string; mistake?: string };
}

export interface CheckedInput {
  /** As given: a path, a URL, or `-`. */
  name: string;
  /** The JSON text when the input is one; else null, and only logical locations are given. */
  text: string | null;
  document: JsonValue;
  /** The class that the author asked for. */
  asked?: ClassId | undefined;
  /** Null when the input could not be read as a credential. */
  report: FrameworkReport | null;
}

type Level = 'error' | 'warning' | 'note' | 'none';

interface Result {
  ruleId: string;
  ruleIndex: number;
  level: Level;
  kind: 'fail' | 'open';
  message: { text: string };
  locations: object[];
}

const contradictionRules = [
  ['declared-two', 'Two classes are declared'],
  ['declared-not-supported', 'A declared class is not supported by the content'],
  ['result-below-pass-mark', 'A result is under the issuer’s pass mark'],
  ['status-contradictory', 'Statuses contradict each other'],
  ['unreadable', 'Not a credential that can be read'],
] as const;

/** A SARIF 2.1.0 log: one result for each missing or weak rule and each contradiction. */
export function toSarif(inputs: readonly CheckedInput[], rules: readonly SarifRuleSource[], version: string): object {
  const ids = [...rules.map(({ id }) => id), ...contradictionRules.map(([id]) => id)];
  const results = inputs.flatMap((input) => resultsOf(input, (id) => ids.indexOf(id)));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Assay',
            semanticVersion: version,
            rules: [
              ...rules.map(describeRule),
              ...contradictionRules.map(([id, text]) => ({
                id,
                shortDescription: { text },
                defaultConfiguration: { level: 'error' },
              })),
            ],
          },
        },
        columnKind: 'utf16CodeUnits',
        artifacts: inputs.map(({ name }) => ({ location: artifactLocation(name) })),
        results,
      },
    ],
  };
}

function describeRule({ id, field, purpose, group, help }: SarifRuleSource): object {
  const text = [
    help?.write,
    help?.example && `Example: ${help.example}`,
    help?.mistake && `A common mistake: ${help.mistake}`,
  ]
    .filter(Boolean)
    .join(' ');
  return {
    id,
    name: field,
    shortDescription: { text: field },
    fullDescription: { text: purpose },
    ...(text === '' ? {} : { help: { text } }),
    defaultConfiguration: { level: 'warning' },
    properties: { tags: [group] },
  };
}

function resultsOf(input: CheckedInput, indexOf: (id: string) => number): Result[] {
  const locate = input.text === null ? null : locateInJson(input.text);
  const result = (ruleId: string, level: Level, kind: Result['kind'], text: string, pointers: string[]): Result => ({
    ruleId,
    ruleIndex: indexOf(ruleId),
    level: kind === 'open' ? 'none' : level,
    kind,
    message: { text: safeLine(text, 2000) },
    locations: (pointers.length > 0 ? pointers.slice(0, 10) : ['']).map((pointer) =>
      locationOf(input, pointer, locate),
    ),
  });
  const { report } = input;
  if (report === null) return [result('unreadable', 'error', 'fail', 'This is not a credential that can be read.', [])];
  const judge = (one: FrameworkReport, base: string): Result[] => [
    ...one.classes.contradictions.map(({ code, sentence, pointer }) =>
      result(code, 'error', 'fail', sentence, pointer === undefined ? [base] : [base + pointer]),
    ),
    ...one.rules.flatMap((rule) => {
      const level = levelOf(rule, one, input.asked);
      if (level === null) return [];
      const kind = rule.outcome === 'cannot-tell' ? 'open' : 'fail';
      return [result(rule.id, level, kind, messageOf(rule), pointersOf(rule, input.document, base))];
    }),
  ];
  return [
    ...(report.inner === undefined ? judge(report, '') : []),
    ...(report.inner ?? []).flatMap((inner, index) =>
      inner === null ? [] : judge(inner, `/credentialSubject/verifiableCredential/${index}`),
    ),
  ];
}

/** For the class asked for, else the one in view. What a declared or asked class requires is an error when missing. */
function levelOf(rule: RuleResult, report: FrameworkReport, asked: ClassId | undefined): Level | null {
  if (rule.outcome === 'met' || rule.outcome === 'inapplicable') return null;
  const classes = asked !== undefined ? [asked] : report.classes.declared.length > 0 ? report.classes.declared : null;
  const wanted = (classes ?? [classInView(report)]).map((id) => rule.expects[id]);
  if (wanted.includes('required')) return rule.outcome === 'missing' && classes !== null ? 'error' : 'warning';
  return wanted.some((expectation) => expectation?.startsWith('recommended')) ? 'note' : null;
}

function messageOf({ field, outcome, sentence, mistakes, place }: RuleResult): string {
  const word = { missing: 'missing', weak: 'weak', 'cannot-tell': 'cannot tell' }[outcome as 'missing'] ?? outcome;
  const where = place === undefined ? '' : ` Place: ${place.path}.`;
  return [`${field}: ${word}.`, sentence, ...mistakes.map(({ say }) => say)].filter(Boolean).join(' ') + where;
}

/** Where to look: what was found, else where it was put wrongly, else the deepest part of its place that exists. */
function pointersOf(rule: RuleResult, document: JsonValue, base: string): string[] {
  const seen = [...rule.mistakes, ...rule.nearMisses].map(({ pointer }) => pointer);
  if (rule.found.length + seen.length > 0)
    return [...new Set([...seen, ...rule.found])].map((pointer) => base + pointer);
  const path = /^\$((?:\.[A-Za-z][\w]*)*)/.exec(rule.place?.path ?? '')?.[1] ?? '';
  let pointer = base;
  for (const name of path.split('.').filter(Boolean)) {
    if (resolvePointer(document, `${pointer}/${name}`) === undefined) break;
    pointer = `${pointer}/${name}`;
  }
  return [pointer];
}

function locationOf(input: CheckedInput, pointer: string, locate: ((pointer: string) => Region) | null): object {
  return {
    physicalLocation: {
      artifactLocation: artifactLocation(input.name),
      ...(locate === null ? {} : { region: locate(pointer) }),
    },
    logicalLocations: [{ fullyQualifiedName: pointer, kind: kindOf(resolvePointer(input.document, pointer)) }],
  };
}

function kindOf(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'object' && value !== null ? 'object' : 'value';
}

function artifactLocation(name: string): object {
  if (name === '-') return { uri: 'stdin' };
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(name)) return { uri: encodeURI(name) };
  const path = name.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? { uri: `file://${path}` } : { uri: path, uriBaseId: '%SRCROOT%' };
}

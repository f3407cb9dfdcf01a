import type { Finding, FindingCode } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue, showJson } from '../json/json.ts';
import { fromPointer, resolvePointer, toPointer } from '../json/pointer.ts';
import { compilePack } from './compile-pack.ts';
import { maximumPlaces, maximumRules, type Pack, type PackRule, packFile } from './pack-file.ts';
import type { PatternEngine } from './pattern-engine.ts';

export type { Pack, PackClass, PackPlace, PackRule } from './pack-file.ts';

export interface ParsePackOptions {
  /** Finds the pack that `extends` names, by `id@version`. Packs never cause a network request. */
  resolve?: (idVersion: string) => Pack | undefined;
}

export type ParsePackResult = { ok: true; pack: Pack } | { ok: false; findings: Finding[] };

const maximumDepth = 60;
const maximumValues = 100_000;

/**
 * Read a pack file that has been parsed as JSON (framework.md §2). Every refusal of §2.3 is a finding with a pointer into
 * the file: a wrong or unknown property, repeated ids, paths, schemas and patterns that do not compile, unknown classes,
 * an `extends` that does not resolve. `patterns` runs the pack's patterns.
 */
export function readPack(value: unknown, options: ParsePackOptions, patterns: PatternEngine): ParsePackResult {
  if (!isJsonObject(value)) return refuse([fault('pack-not-object', [])]);
  if (!isBounded(value)) return refuse([fault('pack-too-large', [], { limit: maximumValues })]);
  const stripped = withoutExtensions(value) as JsonObject;
  const read = packFile.safeParse(stripped);
  if (!read.success) return refuse(read.error.issues.flatMap((issue) => fromIssue(issue, stripped)));
  const own = read.data;
  const base = own.extends === undefined ? undefined : options.resolve?.(own.extends);
  if (own.extends !== undefined && (base === undefined || base.extends !== undefined))
    return refuse([
      fault(base === undefined ? 'pack-extends-unknown' : 'pack-extends-twice', ['extends'], { pack: own.extends }),
    ]);
  const findings = repeatedIds(own);
  const pack = base === undefined ? own : extend(base, own);
  findings.push(...wrongReferences(pack));
  if (pack.rules.length > maximumRules) findings.push(fault('pack-too-many', ['rules'], { limit: maximumRules }));
  findings.push(...compilePack(pack, patterns).findings);
  if (findings.length === 0) return { ok: true, pack };
  return refuse(findings.map((finding) => inOwnFile(finding, pack, own)));
}

function refuse(findings: Finding[]): ParsePackResult {
  return { ok: false, findings };
}

function fault(
  code: FindingCode,
  tokens: readonly (string | number)[],
  params: Record<string, string | number> = {},
): Finding {
  return { code, severity: 'error', pointer: toPointer(tokens), params };
}

/** A rule with the same id replaces the base's rule whole, new ones are appended (framework.md §2, `extends`). */
function extend(base: Pack, own: Pack): Pack {
  const replaced = base.rules.map((rule) => own.rules.find(({ id }) => id === rule.id) ?? rule);
  const added = own.rules.filter(({ id }) => !base.rules.some((rule) => rule.id === id));
  return { ...own, $defs: { ...base.$defs, ...own.$defs }, rules: [...replaced, ...added] };
}

/** Positions in the merged rules are translated to the file at hand; what only the base holds is reported at `extends`. */
function inOwnFile(finding: Finding, pack: Pack, own: Pack): Finding {
  const [first, index, ...rest] = fromPointer(finding.pointer ?? '') ?? [];
  if (first === '$defs' && index !== undefined && !Object.hasOwn(own.$defs ?? {}, index))
    return { ...finding, pointer: '/extends' };
  if (first !== 'rules' || index === undefined || pack === own) return finding;
  const position = own.rules.indexOf(pack.rules[Number(index)] as PackRule);
  return { ...finding, pointer: position < 0 ? '/extends' : toPointer(['rules', position, ...rest]) };
}

function repeatedIds(pack: Pack): Finding[] {
  return (['sources', 'classes', 'rules'] as const).flatMap((list) => {
    const ids = pack[list].map(({ id }) => id);
    return ids.flatMap((id, index) =>
      ids.indexOf(id) < index ? [fault('pack-id-repeated', [list, index, 'id'], { id })] : [],
    );
  });
}

function wrongReferences(pack: Pack): Finding[] {
  const findings: Finding[] = [];
  const classes = pack.classes.map(({ id }) => id);
  for (const [index, entry] of pack.classes.entries())
    if (entry.fallback && pack.classes.findIndex(({ fallback }) => fallback) < index)
      findings.push(fault('pack-two-fallbacks', ['classes', index, 'fallback'], { class: entry.id }));
  for (const [index, rule] of pack.rules.entries()) {
    const at = ['rules', index];
    if (!rule.places?.length && !rule.derived?.length) findings.push(fault('pack-rule-empty', at, { rule: rule.id }));
    for (const id of classes)
      if (!Object.hasOwn(rule.expects, id))
        findings.push(fault('pack-expects-missing', [...at, 'expects'], { rule: rule.id, class: id }));
    for (const id of Object.keys(rule.expects))
      if (!classes.includes(id)) findings.push(fault('pack-class-unknown', [...at, 'expects', id], { class: id }));
    for (const [position, id] of (rule.marks ?? []).entries())
      if (!classes.includes(id)) findings.push(fault('pack-class-unknown', [...at, 'marks', position], { class: id }));
  }
  return findings;
}

type Issue = NonNullable<ReturnType<typeof packFile.safeParse>['error']>['issues'][number];

function fromIssue(issue: Issue, file: JsonObject): Finding[] {
  const tokens = issue.path.map((token) => (typeof token === 'symbol' ? token.toString() : token));
  const name = String(tokens.at(-1) ?? '');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => fault('pack-property-unknown', [...tokens, key], { name: key }));
  if (resolvePointer(file, toPointer(tokens)) === undefined)
    return [fault('pack-property-missing', tokens.slice(0, -1), { name })];
  if (name === 'fact' || tokens.at(-2) === 'blockedBy')
    return [fault('pack-fact-unknown', tokens, { fact: showJson(resolvePointer(file, toPointer(tokens))) })];
  if (issue.code === 'too_big') {
    const code = name === 'places' || name === 'rules' ? 'pack-too-many' : 'pack-value-too-large';
    return [fault(code, tokens, { name, limit: name === 'places' ? maximumPlaces : String(issue.maximum) })];
  }
  return [fault('pack-value', tokens, { name })];
}

/** Without `x-*` members, which anyone may add. Schemas and maps whose keys are names are left as they are. */
function withoutExtensions(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutExtensions);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !name.startsWith('x-'))
      .map(([name, member]) => [
        name,
        name === 'schema' || name === '$defs' || name === 'expects' ? member : withoutExtensions(member),
      ]),
  );
}

/** No deeper and no larger than a pack can need; without recursion, since the depth is what is asked. */
function isBounded(value: JsonValue): boolean {
  let level: JsonValue[] = [value];
  let values = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    values += level.length;
    if (depth > maximumDepth || values > maximumValues) return false;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return true;
}

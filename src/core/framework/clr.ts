import { english } from '../catalogue/en/index.ts';
import { parseCredential } from '../credential/parse.ts';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../json/json.ts';
import type { CheckOptions } from './check-credential.ts';
import { deriveFacts } from './facts.ts';
import { textOf } from './mastery-reading.ts';
import type { Pack } from './pack-file.ts';
import type { FrameworkReport, RuleResult } from './report.ts';
import { factValues, reportHead } from './report-head.ts';
import { renderRule } from './rule-sentence.ts';
import { readViews } from './views.ts';

/** More nested credentials than a person has; the rest are listed as not judged. */
const maximumCredentials = 500;

interface Nested {
  document: JsonObject;
  report: FrameworkReport;
}

/**
 * A ClrCredential has no class: each nested credential has a report of its own, null where it is not judged (framework.md
 * §5, CLR). What one lacks and a child credential of the same subject shows is pointed to, without a change of outcome.
 */
export function checkRecord(
  document: JsonObject,
  options: CheckOptions,
  check: (document: JsonObject, options: CheckOptions) => FrameworkReport,
): FrameworkReport {
  const views = readViews(document, options.contexts);
  const subjects = toList(document.credentialSubject).filter(isJsonObject);
  const entries = subjects.flatMap((subject) => toList(subject.verifiableCredential));
  const nested = entries.map((entry, index): Nested | null => {
    if (index >= maximumCredentials) return null;
    const inner = openNested(entry, document['@context']);
    if (inner === null) return null;
    const report = check(inner, { ...options, nestedProofVerified: [] });
    if (report.classes.outcome === 'inapplicable') return null;
    const bound = options.nestedProofVerified?.[index] === true;
    return { document: inner, report: bound ? report : { ...report, bindingNotProtected: true } };
  });
  const children = childrenByAchievement(subjects);
  const facts = deriveFacts(views, []);
  return {
    ...reportHead(options.pack, views),
    classes: {
      outcome: 'inapplicable',
      headline: null,
      declared: [],
      supported: [],
      candidates: [],
      attested: [],
      contradictions: [],
      sentence: english.classSentences.record,
    },
    rules: [],
    mastery: { statements: [], summary: null },
    facts: factValues(facts),
    inner: nested.map((entry) => (entry === null ? null : withDerived(entry, nested, children, options.pack))),
  };
}

/** The credential inside an envelope or a compact JWS, else the entry itself. A record inside a record is not opened. */
function openNested(entry: JsonValue, outerContext: JsonValue | undefined): JsonObject | null {
  const types = isJsonObject(entry) ? toList(entry.type ?? entry['@type']) : [];
  if (typeof entry === 'string' || types.includes('EnvelopedVerifiableCredential')) {
    const parsed = parseCredential(entry);
    return parsed.ok ? notRecord(parsed.parsed.document) : null;
  }
  if (!isJsonObject(entry)) return null;
  // Without a context of its own it stands under the record's, JSON-LD 1.1 §3.1.
  const own = entry['@context'] === undefined && outerContext !== undefined;
  return notRecord(own ? { '@context': outerContext, ...entry } : entry);
}

function notRecord(document: JsonObject): JsonObject | null {
  return toList(document.type ?? document['@type']).includes('ClrCredential') ? null : document;
}

/** Children of each achievement by its id, from associations: isChildOf and isPartOf, and isParentOf the other way round. */
function childrenByAchievement(subjects: JsonObject[]): Map<string, Set<string>> {
  const children = new Map<string, Set<string>>();
  for (const association of subjects.flatMap((subject) => toList(subject.association))) {
    if (!isJsonObject(association)) continue;
    const [source, target] = [textOf(association.sourceId), textOf(association.targetId)];
    if (source === undefined || target === undefined) continue;
    const type = association.associationType;
    const pair =
      type === 'isChildOf' || type === 'isPartOf' ? [target, source] : type === 'isParentOf' ? [source, target] : null;
    if (pair === null) continue;
    const [parent, child] = pair as [string, string];
    children.set(parent, (children.get(parent) ?? new Set()).add(child));
  }
  return children;
}

/** Transitive; an achievement met before is not entered again, so cycles end. */
function descendants(achievement: string, children: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const found = new Set<string>();
  const open = [achievement];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const child of children.get(next) ?? [])
      if (child !== achievement && !found.has(child)) {
        found.add(child);
        open.push(child);
      }
  return found;
}

function withDerived(
  { document, report }: Nested,
  nested: (Nested | null)[],
  children: ReadonlyMap<string, ReadonlySet<string>>,
  pack: Pack,
): FrameworkReport {
  const id = achievementId(document);
  const below = id === undefined ? new Set<string>() : descendants(id, children);
  if (below.size === 0) return report;
  const credentials = nested.filter(
    (other) =>
      other !== null &&
      other.report !== report &&
      below.has(achievementId(other.document) ?? '') &&
      isSameSubject(other.document, document),
  ) as Nested[];
  return { ...report, rules: report.rules.map((rule) => deriveRule(rule, credentials, pack)) };
}

/**
 * Evidence, results and skills of a child say something of the whole; a name or a date does not. Which rules ask for them is
 * told by the places they look in, since no code may know the rule ids of a pack.
 */
const derivablePaths = ['$.evidence[*]', '$.credentialSubject.result[*]', '$.credentialSubject.result[*].alignment[*]'];

function deriveRule(rule: RuleResult, credentials: Nested[], pack: Pack): RuleResult {
  const places = pack.rules.find(({ id }) => id === rule.id)?.places ?? [];
  if (rule.outcome !== 'missing' || !places.some(({ path }) => derivablePaths.includes(path))) return rule;
  const shown = credentials.flatMap(({ document, report: child }) => {
    const same = child.rules.find(({ id }) => id === rule.id);
    if (same?.outcome !== 'met') return [];
    return same.found.map((pointer) => ({ credential: child.credential ?? '', pointer, name: nameOf(document) }));
  });
  if (shown.length === 0) return rule;
  const derived: RuleResult = {
    ...rule,
    derivedFrom: shown.map(({ credential, pointer }) => ({ credential, pointer })),
    params: { ...rule.params, child: [...new Set(shown.map(({ name }) => name))] },
  };
  return { ...derived, sentence: renderRule(derived, { met: '', missing: '' }) };
}

function subjectOf(document: JsonObject): JsonObject {
  const [subject] = toList(document.credentialSubject);
  return isJsonObject(subject) ? subject : {};
}

function achievementOf(document: JsonObject): JsonObject {
  const [achievement] = toList(subjectOf(document).achievement);
  return isJsonObject(achievement) ? achievement : {};
}

function achievementId(document: JsonObject): string | undefined {
  return textOf(achievementOf(document).id);
}

function nameOf(document: JsonObject): string {
  return textOf(achievementOf(document).name) ?? textOf(document.name) ?? textOf(document.id) ?? '';
}

/** The same id, or the same hashed identifier with the same salt. */
function isSameSubject(left: JsonObject, right: JsonObject): boolean {
  const [a, b] = [subjectOf(left), subjectOf(right)];
  const id = textOf(a.id);
  if (id !== undefined && id === textOf(b.id)) return true;
  const keys = (subject: JsonObject) =>
    toList(subject.identifier).flatMap((identifier) =>
      isJsonObject(identifier) && typeof identifier.identityHash === 'string'
        ? [JSON.stringify([identifier.identityType, identifier.identityHash, identifier.salt ?? ''])]
        : [],
    );
  const known = new Set(keys(a));
  return keys(b).some((key) => known.has(key));
}

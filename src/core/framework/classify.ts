import type { Pointer } from '../finding.ts';
import { isJsonObject } from '../json/json.ts';
import { toPointer } from '../json/pointer.ts';
import { type Budget, LimitReached, stepsPerRule } from './budget.ts';
import { renderClass, renderContradiction } from './class-sentence.ts';
import type { CompiledPack } from './compile-pack.ts';
import type { Facts } from './facts.ts';
import { textOf } from './mastery-reading.ts';
import type { Pack, PackClass } from './pack-file.ts';
import type { ClassId, ClassReport, Contradiction, MasteryStatement, RuleResult } from './report.ts';
import type { Views } from './views.ts';

/** An endorsement whose proof was verified elsewhere; `pointer` is where it stands. */
export interface VerifiedEndorsement {
  pointer: Pointer;
  issuer: string;
  subject: string;
}

/** Whom the reader lets attest classes. */
export interface Attester {
  id: string;
  classes: readonly ClassId[];
}

export interface ClassifyInput {
  pack: Pack;
  compiled: CompiledPack;
  views: Views;
  rules: RuleResult[];
  facts: Facts;
  statements: MasteryStatement[];
  endorsements: readonly VerifiedEndorsement[];
  attesters: readonly Attester[];
}

type Standing =
  | { is: 'blocked' }
  | { is: 'supported'; weak: string[] }
  | { is: 'cannot-tell' | 'unsupported'; missing: string[] };

/**
 * Which class the metadata supports, and what it says of itself (framework.md §5). No proof is looked at here; attested
 * classes come from endorsements verified elsewhere. Pointers are those of the canonical form.
 */
export function classify(input: ClassifyInput): ClassReport {
  const { pack } = input;
  const applies = appliesTo(input);
  const declared = pack.classes.filter(({ id }) => isDeclared(id, input)).map(({ id }) => id);
  const standings = new Map(pack.classes.map((entry) => [entry.id, standingOf(entry, input)]));
  const standing = (id: ClassId) => standings.get(id)!;
  const { outcome, headline } = headlineOf(pack, applies, declared, standings);
  const report: ClassReport = {
    outcome,
    headline,
    declared,
    supported: [],
    candidates: [],
    attested: applies === true ? attestedClasses(input) : [],
    contradictions: [],
    sentence: '',
  };
  if (applies === true) {
    report.supported = pack.classes.flatMap(({ id, fallback }) => {
      const found = standing(id);
      if (fallback || found.is !== 'supported') return [];
      return [{ class: id, basis: found.weak.length > 0 ? 'weak' : 'full', weak: found.weak }];
    });
    report.candidates = pack.classes.flatMap((entry) => {
      const found = standing(entry.id);
      if (entry.fallback || !('missing' in found) || !isCandidate(entry, found.missing, declared, input)) return [];
      return [{ class: entry.id, missing: found.missing }];
    });
    report.contradictions = contradictions(input, declared, standings);
  }
  report.sentence = renderClass(report, { ...pack, otherwise: pack.appliesTo.otherwise });
  return report;
}

/** Undefined when the schema did more work than it may. */
function appliesTo({ compiled, views }: ClassifyInput): boolean | undefined {
  return bounded((budget) => compiled.appliesTo.accepts(views.pruned, budget));
}

function isDeclared(id: ClassId, { compiled, views }: ClassifyInput): boolean {
  const declared = compiled.declared.get(id);
  if (declared === undefined) return false;
  const found = bounded((budget) =>
    declared.select(views.pruned, budget).some(({ value }) => declared.schema.accepts(value, budget)),
  );
  return found ?? false;
}

function bounded<T>(work: (budget: Budget) => T): T | undefined {
  try {
    return work({ steps: stepsPerRule });
  } catch (error) {
    if (error instanceof LimitReached) return undefined;
    throw error;
  }
}

function requiredRules(id: ClassId, { compiled, rules }: ClassifyInput): RuleResult[] {
  return compiled.required.get(id)!.map((index) => rules[index]!);
}

function standingOf({ id, blockedBy = [] }: PackClass, input: ClassifyInput): Standing {
  if (blockedBy.some((fact) => input.facts[fact].value === true)) return { is: 'blocked' };
  const weak: string[] = [];
  const missing: string[] = [];
  let is: 'supported' | 'cannot-tell' | 'unsupported' = 'supported';
  for (const rule of requiredRules(id, input)) {
    if (rule.outcome === 'weak') weak.push(rule.id);
    if (rule.outcome !== 'missing' && rule.outcome !== 'cannot-tell') continue;
    missing.push(rule.id);
    if (is !== 'unsupported') is = rule.outcome === 'missing' ? 'unsupported' : 'cannot-tell';
  }
  return is === 'supported' ? { is, weak } : { is, missing };
}

/** Claimed, or near enough that the author plainly aimed at it: a telling rule holds and at most a third is lacking. */
function isCandidate({ id }: PackClass, missing: string[], declared: ClassId[], input: ClassifyInput): boolean {
  if (declared.includes(id)) return true;
  const telling = input.rules.some(
    (rule, index) =>
      input.pack.rules[index]?.marks?.includes(id) && (rule.outcome === 'met' || rule.outcome === 'weak'),
  );
  return telling && missing.length * 3 <= requiredRules(id, input).length;
}

function headlineOf(
  pack: Pack,
  applies: boolean | undefined,
  declared: ClassId[],
  standings: ReadonlyMap<ClassId, Standing>,
): Pick<ClassReport, 'outcome' | 'headline'> {
  const having = (is: Standing['is']) => pack.classes.filter(({ id }) => standings.get(id)?.is === is);
  if (applies === undefined) return { outcome: 'cannot-tell', headline: null };
  if (!applies) return { outcome: 'inapplicable', headline: null };
  if (having('blocked').length === pack.classes.length) return { outcome: 'blocked', headline: null };
  const supported = having('supported');
  const proper = supported.filter(({ fallback }) => !fallback);
  const headline = proper.find(({ id }) => declared.includes(id)) ?? proper[0];
  if (headline !== undefined) return { outcome: 'supported', headline: headline.id };
  if (having('cannot-tell').some(({ fallback }) => !fallback)) return { outcome: 'cannot-tell', headline: null };
  const [fallback] = supported;
  return fallback === undefined ? { outcome: 'none', headline: null } : { outcome: 'fallback', headline: fallback.id };
}

/** A class is attested by somebody else than issuer and creator, about this credential or its achievement. */
function attestedClasses({ pack, views, endorsements, attesters }: ClassifyInput): ClassReport['attested'] {
  const { pruned } = views;
  const subject = isJsonObject(pruned.credentialSubject) ? pruned.credentialSubject : {};
  const achievement = isJsonObject(subject.achievement) ? subject.achievement : {};
  const about = [textOf(pruned.id), textOf(achievement.id)];
  const idOf = (value: unknown) => (isJsonObject(value) ? textOf(value.id) : undefined);
  const insiders = [idOf(pruned.issuer), idOf(achievement.creator)];
  return pack.classes.flatMap(({ id }) =>
    endorsements
      .filter(
        ({ issuer, subject: endorsed }) =>
          about.includes(endorsed) &&
          !insiders.includes(issuer) &&
          attesters.some((attester) => attester.id === issuer && attester.classes.includes(id)),
      )
      .map(({ issuer, pointer }) => ({ class: id, by: issuer, pointer })),
  );
}

function contradictions(
  { pack, statements }: ClassifyInput,
  declared: ClassId[],
  standings: ReadonlyMap<ClassId, Standing>,
): Contradiction[] {
  const found: Omit<Contradiction, 'sentence'>[] = [];
  if (declared.length > 1) found.push({ code: 'declared-two', pointer: toPointer(['type']) });
  for (const id of declared) {
    const is = standings.get(id)?.is;
    // What cannot be told is not contradicted.
    if (is === 'unsupported' || is === 'blocked')
      found.push({ code: 'declared-not-supported', class: id, pointer: toPointer(['type']) });
  }
  const below = statements.find(({ verdict }) => verdict === 'not-met');
  if (below !== undefined) found.push({ code: 'result-below-pass-mark', pointer: below.result });
  const contradictory = statements.find(({ problems }) => problems.includes('status-contradictory'));
  if (contradictory !== undefined) found.push({ code: 'status-contradictory', pointer: contradictory.result });
  return found.map((contradiction) => ({
    ...contradiction,
    sentence: renderContradiction(contradiction, declared, pack),
  }));
}

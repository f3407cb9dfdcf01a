import type { Finding, FindingCode } from '../finding.ts';
import { checkCredential } from '../framework/check-credential.ts';
import type { Pack } from '../framework/pack.ts';
import type { ClassId, ClassReport, FrameworkReport } from '../framework/report.ts';
import { isJsonObject, type JsonObject, toList } from '../json/json.ts';

/** The class that an issuer asks of its credentials. */
export interface Gate {
  pack: Pack;
  wanted: ClassId;
  /** Refuse what supports less; else it is only told. */
  refuses: boolean;
  /** Whether the proof will cover the order of rubric levels: JWT and JCS-based proofs. */
  listOrderProtected: boolean;
  /** What it said before of credentials that differ in nothing but whose they are: long lists are mostly such. */
  known?: Map<string, GateOutcome | null> | undefined;
}

const maximumKnown = 500;

/** How a credential falls short of a gate. */
export interface GateOutcome {
  wanted: ClassId;
  /** The best class that it supports; null when it supports none. */
  supported: ClassId | null;
  /** Rules that the wanted class requires and that are not met, by id. */
  missing: string[];
  findings: Finding[];
}

/**
 * Whether a credential supports the wanted class or one above it (framework.md §5, §9), and every class that it says it is. Classes
 * of a pack stand in order, the most demanding first. Blocked, cannot-tell and outside the framework are below every class.
 * Null when it passes.
 */
export function judgeGate(credential: JsonObject, gate: Gate): GateOutcome | null {
  const { known } = gate;
  if (known === undefined) return judge(credential, gate);
  const key = withoutIdentity(credential);
  const before = known.get(key);
  if (before !== undefined) return before;
  const outcome = judge(credential, gate);
  if (known.size >= maximumKnown) known.clear();
  known.set(key, outcome);
  return outcome;
}

/** All but the credential's own id and place in a status list, and what the learner's identifiers hide or say. */
export function withoutIdentity({ id: _, credentialStatus, credentialSubject, ...rest }: JsonObject): string {
  const subject = isJsonObject(credentialSubject) ? credentialSubject : {};
  const identifier = toList(subject.identifier).map((entry) =>
    isJsonObject(entry) ? [entry.type, entry.hashed, entry.identityType] : entry,
  );
  return JSON.stringify({ ...rest, status: credentialStatus !== undefined, subject: { ...subject, identifier } });
}

function judge(credential: JsonObject, { pack, wanted, listOrderProtected }: Gate): GateOutcome | null {
  const report = checkCredential(credential, { pack, listOrderProtected });
  const { classes } = report;
  const reached = reachedClasses(classes, pack);
  const passes = reachesClass(classes, wanted, pack);
  const unsupported = classes.declared.filter((id) => !reached.includes(id));
  if (passes && unsupported.length === 0) return null;
  const [supported = null] = reached;
  const label = (id: ClassId) => pack.classes.find((entry) => entry.id === id)?.label ?? id;
  const missing = passes ? [] : report.rules.filter((rule) => rule.expects[wanted] === 'required' && isLacking(rule));
  const params = {
    wanted: label(wanted),
    supported: supported === null ? '–' : label(supported),
    missing: missing.map(({ field }) => field).join(', ') || '–',
  };
  const findings: Finding[] = unsupported.map((id) => ({
    code: 'gate-declared-not-supported',
    severity: 'warning',
    pointer: '/type',
    params: { declared: label(id), supported: params.supported },
  }));
  if (!passes) findings.unshift({ code: codeOf(classes.outcome, supported), severity: 'warning', params });
  return { wanted, supported, missing: missing.map(({ id }) => id), findings };
}

/** Does it support the wanted class, or one above it? Classes of a pack stand in order, the most demanding first. */
export function reachesClass(classes: ClassReport, wanted: ClassId, pack: Pack): boolean {
  return reachedClasses(classes, pack).some((id) => rankOf(id, pack) <= rankOf(wanted, pack));
}

function reachedClasses({ supported, outcome, headline }: ClassReport, pack: Pack): ClassId[] {
  return [
    ...supported.map((entry) => entry.class),
    ...(outcome === 'fallback' && headline !== null ? [headline] : []),
  ].sort((a, b) => rankOf(a, pack) - rankOf(b, pack));
}

const rankOf = (id: ClassId, pack: Pack) => pack.classes.findIndex((entry) => entry.id === id);

/** What stands in the way of issuing, where the gate refuses. */
export function refusalOf({ findings }: GateOutcome): Finding[] {
  return findings.map((finding) => ({ ...finding, severity: 'error' }));
}

const isLacking = ({ outcome }: FrameworkReport['rules'][number]) => outcome === 'missing' || outcome === 'cannot-tell';

function codeOf(outcome: FrameworkReport['classes']['outcome'], supported: ClassId | null): FindingCode {
  if (outcome === 'blocked') return 'gate-not-completed';
  if (outcome === 'inapplicable') return 'gate-outside-framework';
  if (outcome === 'cannot-tell') return 'gate-cannot-tell';
  return supported === null ? 'gate-no-class' : 'gate-below-class';
}

import { toOriginalPointer } from '../credential/canonical-form.ts';
import type { Pointer } from '../finding.ts';
import { type JsonObject, toList } from '../json/json.ts';
import type { ContextRegistry } from '../json-ld/contexts.ts';
import { type Attester, classify, type VerifiedEndorsement } from './classify.ts';
import { checkRecord } from './clr.ts';
import { compiledPack } from './compile-pack.ts';
import { evaluateRule } from './evaluate-rule.ts';
import { deriveFacts } from './facts.ts';
import { readMastery } from './mastery.ts';
import { renderMastery } from './mastery-sentence.ts';
import type { Pack } from './pack.ts';
import type { FrameworkReport } from './report.ts';
import { factValues, reportHead } from './report-head.ts';
import { readViews, type Views } from './views.ts';

export type { Attester, VerifiedEndorsement } from './classify.ts';

export interface CheckOptions {
  pack: Pack;
  /** Contexts beside the bundled ones. Nothing is fetched. */
  contexts?: ContextRegistry | undefined;
  /** Whether the proof covers the order of rubric levels: drafts, JWT and JCS-based proofs. Default false. */
  listOrderProtected?: boolean | undefined;
  /** Endorsements whose own proofs were verified elsewhere. */
  verifiedEndorsements?: readonly VerifiedEndorsement[] | undefined;
  /** Whom the reader lets attest classes. */
  attesters?: readonly Attester[] | undefined;
  /** CLR: for each nested credential, whether a proof of its own was verified. */
  nestedProofVerified?: readonly boolean[] | undefined;
}

/**
 * Check a credential against a framework pack: rule outcomes, class, mastery statements (framework.md §2, §5, §6).
 * Synchronous; nothing is fetched, no proof is looked at, and no document makes it throw. Pointers of the report are those
 * of `document`; an inner report of a CLR has pointers into its own credential. Throws TypeError for a pack that `parsePack`
 * would refuse.
 *
 * @example checkCredential(credential, { pack: defaultPack }).classes.sentence
 */
export function checkCredential(document: JsonObject, options: CheckOptions): FrameworkReport {
  const types = toList(document.type ?? document['@type']);
  if (types.includes('ClrCredential')) return checkRecord(document, options, checkAchievementCredential);
  return checkAchievementCredential(document, options);
}

/** One credential that is no record of others. */
export function checkAchievementCredential(document: JsonObject, options: CheckOptions): FrameworkReport {
  const { pack } = options;
  const compiled = compiledPack(pack);
  const views = readViews(document, options.contexts);
  const statements = readMastery(views.pruned, options.listOrderProtected ?? false);
  for (const statement of statements) statement.sentence = renderMastery(statement);
  const facts = deriveFacts(views, statements);
  const rules = compiled.rules.map((rule) => evaluateRule(rule, views, facts));
  const classes = classify({
    pack,
    compiled,
    views,
    rules,
    facts,
    statements,
    endorsements: options.verifiedEndorsements ?? [],
    attesters: options.attesters ?? [],
  });
  const report: FrameworkReport = {
    ...reportHead(pack, views),
    classes,
    rules,
    mastery: { statements, summary: statements.length === 0 ? 'no-result' : null },
    facts: factValues(facts),
  };
  // Nothing is elsewhere in a document that is canonical itself.
  if (views.unpruned !== document) pointIntoDocument(report, views);
  return report;
}

/** Rules read the canonical form; people look at the document that was given. */
function pointIntoDocument({ classes, rules, mastery }: FrameworkReport, { document, unpruned }: Views): void {
  const original = (pointer: Pointer) => {
    const end = pointer.indexOf('/', 1);
    const member = pointer.slice(1, end < 0 ? undefined : end);
    // A member that the canonical form shares with the document is laid out the same.
    const isShared = unpruned[member] === document[member] && typeof document[member] === 'object';
    return isShared ? pointer : toOriginalPointer(document, pointer);
  };
  for (const entry of classes.contradictions) if (entry.pointer !== undefined) entry.pointer = original(entry.pointer);
  for (const rule of rules) {
    rule.found = rule.found.map(original);
    for (const miss of rule.nearMisses) miss.pointer = original(miss.pointer);
    for (const mistake of rule.mistakes) mistake.pointer = original(mistake.pointer);
  }
  for (const statement of mastery.statements) {
    statement.result = original(statement.result);
    if (statement.scale !== undefined) statement.scale.pointer = original(statement.scale.pointer);
  }
}

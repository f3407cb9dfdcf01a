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
import { readViews } from './views.ts';

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
  return views.unpruned === document ? report : withOriginalPointers(report, document);
}

/** Rules read the canonical form; people look at the document that was given. */
function withOriginalPointers(report: FrameworkReport, document: JsonObject): FrameworkReport {
  const original = (pointer: Pointer) => toOriginalPointer(document, pointer);
  return {
    ...report,
    classes: {
      ...report.classes,
      contradictions: report.classes.contradictions.map((entry) =>
        entry.pointer === undefined ? entry : { ...entry, pointer: original(entry.pointer) },
      ),
    },
    rules: report.rules.map((rule) => ({
      ...rule,
      found: rule.found.map(original),
      nearMisses: rule.nearMisses.map((miss) => ({ ...miss, pointer: original(miss.pointer) })),
      mistakes: rule.mistakes.map((mistake) => ({ ...mistake, pointer: original(mistake.pointer) })),
    })),
    mastery: {
      ...report.mastery,
      statements: report.mastery.statements.map((statement) => ({
        ...statement,
        result: original(statement.result),
        ...(statement.scale === undefined
          ? {}
          : { scale: { ...statement.scale, pointer: original(statement.scale.pointer) } }),
      })),
    },
  };
}

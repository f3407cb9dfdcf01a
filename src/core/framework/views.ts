import { toCanonicalForm } from '../credential/canonical-form.ts';
import type { CredentialView, Pointer } from '../credential/types.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json.ts';
import { fromPointer } from '../json/pointer.ts';
import type { ContextRegistry } from '../json-ld/contexts.ts';
import { analyseTerms } from '../json-ld/terms.ts';

/** A credential as rules see it: with and without what no listed context defines (framework.md §2.1). */
export interface Views {
  document: JsonObject;
  /** Canonical form without undefined properties; rules, facts and mastery read this. */
  pruned: CredentialView;
  /** Canonical form with everything; for reasons and mistakes only. */
  unpruned: CredentialView;
  undefinedTerms: { pointer: Pointer; term: string }[];
  /** Pointers of the objects whose `@context` names a context that could not be loaded. */
  unknownScopes: Pointer[];
}

/** Read a credential document once for all rules. */
export function readViews(document: JsonObject, contexts?: ContextRegistry): Views {
  const { undefinedTerms, unknownContexts } = analyseTerms(document, contexts);
  const unpruned = toCanonicalForm(document);
  const properties = undefinedTerms.filter(({ pointer, term }) => fromPointer(pointer)?.at(-1) === term);
  return {
    document,
    pruned: properties.length === 0 ? unpruned : toCanonicalForm(prune(document, properties)),
    unpruned,
    undefinedTerms,
    unknownScopes: unknownContexts.map(({ pointer }) => pointer.slice(0, pointer.lastIndexOf('/@context'))),
  };
}

/** Only properties go: a type that no context defines is still a claim, and removing it would move its neighbours. */
function prune(document: JsonObject, properties: { pointer: Pointer }[]): JsonObject {
  const copy = structuredClone(document);
  for (const { pointer } of properties) {
    const tokens = fromPointer(pointer) ?? [];
    const last = tokens.pop();
    let parent: JsonValue | undefined = copy;
    for (const token of tokens)
      parent = Array.isArray(parent) ? parent[Number(token)] : isJsonObject(parent) ? parent[token] : undefined;
    if (isJsonObject(parent) && last !== undefined) delete parent[last];
  }
  return copy;
}

import { checkCredential } from '../framework/check-credential.ts';
import type { Pack } from '../framework/pack.ts';
import type { ClassId } from '../framework/report.ts';
import { type JsonObject, toList } from '../json/json.ts';
import { contextUrl } from '../json-ld/contexts.ts';
import { withoutIdentity } from './gate.ts';

/** What judges the class that a credential says it is of. */
export interface ClassToken {
  pack: Pack;
  /** Whether the proof will cover the order of rubric levels: JWT and JCS-based proofs. */
  listOrderProtected: boolean;
  /** What was found before of credentials that differ in nothing but whose they are. */
  known?: Map<string, string | null>;
}

/** The draft types (framework.md §1); there is none for Recognition. */
const tokens: Readonly<Record<ClassId, string>> = {
  application: '1EdTechTrustEdApplicationCredential',
  knowledge: '1EdTechTrustEdKnowledgeCredential',
};
const maximumKnown = 500;

/**
 * The credential with the draft type of the best class that it supports, and the context that defines it as the third one
 * (ob3.md §11). One that supports no class with a type stays as it is: a type that nothing bears out is never written.
 */
export function addClassToken(credential: JsonObject, options: ClassToken): JsonObject {
  const token = findToken(credential, options);
  if (token === null) return credential;
  const [first, second, ...more] = toList(credential['@context']);
  const contexts = [first, second, contextUrl.trustedDraft, ...more].filter((context) => context !== undefined);
  return { ...credential, '@context': contexts, type: [...toList(credential.type), token] };
}

function findToken(credential: JsonObject, { pack, listOrderProtected, known }: ClassToken): string | null {
  const key = known === undefined ? '' : withoutIdentity(credential);
  const before = known?.get(key);
  if (before !== undefined) return before;
  const { classes } = checkCredential(credential, { pack, listOrderProtected });
  const supported = new Set(classes.supported.map((entry) => entry.class));
  // Classes of a pack stand in order, the most demanding first.
  const best = pack.classes.find(({ id }) => supported.has(id));
  const token = best === undefined ? null : (tokens[best.id] ?? null);
  if (known !== undefined && known.size >= maximumKnown) known.clear();
  known?.set(key, token);
  return token;
}

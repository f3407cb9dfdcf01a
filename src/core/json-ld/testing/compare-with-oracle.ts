import type { Cryptography } from '../../cryptography.ts';
import type { JsonObject, JsonValue } from '../../json/json.ts';
import { canonicalize } from '../canonicalize.ts';
import { compileQuads } from '../compiled-quads.ts';
import { canonicalizeWithOracle } from './oracle.ts';

export interface Comparison {
  same: boolean;
  /** The compiled contexts covered the document. */
  compiled: boolean;
  refused: boolean;
}

/**
 * Do we say of a document, byte for byte, what the field's own packages say, or refuse it as they do? Their work limit is
 * lower than ours, so where only they stop for it, nothing is compared.
 */
export async function compareWithOracle(document: JsonObject, cryptography: Cryptography): Promise<Comparison> {
  const ours = await canonicalize(document, { cryptography });
  const theirs = await canonicalizeWithOracle(document);
  const stopped =
    (!ours.ok && ours.finding.code === 'graph-too-complex') || (theirs === null && ours.ok && isTangled(ours.nquads));
  return {
    same: stopped || (ours.ok ? ours.nquads : null) === theirs,
    compiled: compileQuads(document) !== undefined,
    refused: theirs === null,
  };
}

/** Many blank nodes: only then may the packages' work limit have been the reason. */
const isTangled = (nquads: string) => new Set(nquads.match(/_:c14n\d+/g)).size > 8;

/** The smallest document, by leaving things out, that still differs. */
export async function shrink(document: JsonObject, cryptography: Cryptography): Promise<JsonObject> {
  let smallest = document;
  for (let again = true; again; ) {
    again = false;
    for (const smaller of smallerOnes(smallest))
      if (!(await compareWithOracle(smaller, cryptography)).same) {
        smallest = smaller;
        again = true;
        break;
      }
  }
  return smallest;
}

function* smallerOnes(document: JsonObject): Generator<JsonObject> {
  for (const path of pathsIn(document)) {
    const copy = structuredClone(document);
    const parent = path
      .slice(0, -1)
      .reduce<JsonValue>((inner, token) => (inner as Record<string, JsonValue>)[token] as JsonValue, copy);
    const last = path.at(-1) as string;
    if (Array.isArray(parent)) (parent as JsonValue[]).splice(Number(last), 1);
    else delete (parent as Record<string, JsonValue>)[last];
    yield copy;
  }
}

function pathsIn(value: JsonValue, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [...path, key],
    ...pathsIn(inner as JsonValue, [...path, key]),
  ]);
}

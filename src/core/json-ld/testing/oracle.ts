import jsonld from 'jsonld';
import { canonize, type Quad } from 'rdf-canonize';
import type { JsonObject } from '../../json/json.ts';
import { type ContextRegistry, findContext } from '../contexts.ts';

/**
 * What the field's own packages make of a document, jsonld's `toRDF` in safe mode and rdf-canonize's RDFC-1.0: the measure
 * that `canonicalize` is compared with. Null when they refuse it. Used by tests and fuzzing alone.
 */
export async function canonicalizeWithOracle(
  document: JsonObject,
  options: { hash?: 'sha256' | 'sha384'; contexts?: ContextRegistry; maxWorkFactor?: number } = {},
): Promise<string | null> {
  try {
    const quads = (await jsonld.toRDF(
      document as jsonld.JsonLdDocument,
      {
        safe: true,
        base: null,
        rdfDirection: 'i18n-datatype',
        documentLoader: async (url: string) => {
          const found = findContext(url, options.contexts);
          if (found === undefined) throw new Error(`unknown context: ${url}`);
          return { contextUrl: undefined, documentUrl: url, document: found as jsonld.JsonLdDocument };
        },
      } as unknown as jsonld.Options.ToRdf,
    )) as unknown as Quad[];
    return await canonize(quads, {
      algorithm: 'RDFC-1.0',
      format: 'application/n-quads',
      messageDigestAlgorithm: options.hash ?? 'sha256',
      maxWorkFactor: options.maxWorkFactor ?? 3,
      signal: AbortSignal.timeout(10_000),
      rejectURDNA2015: true,
    });
  } catch {
    return null;
  }
}

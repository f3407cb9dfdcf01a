import type { Cryptography } from '../cryptography.ts';
import type { Finding } from '../finding.ts';
import type { JsonObject } from '../json/json.ts';
import { compileQuads } from './compiled-quads.ts';
import type { ContextRegistry } from './contexts.ts';
import { type BlankNode, parseNQuads, type Quad } from './dataset.ts';
import { processQuads } from './process-quads.ts';
import { canonicalizeDataset } from './rdfc.ts';

export interface CanonicalizeOptions {
  cryptography: Cryptography;
  /** Hash inside RDFC-1.0. Default sha256. */
  hash?: 'sha256' | 'sha384';
  /** Contexts beside the bundled ones. */
  contexts?: ContextRegistry;
  /** Default 100,000. */
  maximumQuads?: number;
}

export type Canonical =
  | {
      ok: true;
      /** Canonical N-Quads, each line ending in a line feed. */
      nquads: string;
      /** The blank nodes, with their names in the input and their canonical ones. */
      nodes: BlankNode[];
    }
  | { ok: false; finding: Finding };

/**
 * The canonical N-Quads of a document: JSON-LD 1.1 to RDF in safe mode, base IRI none, `rdfDirection` i18n-datatype, then
 * RDFC-1.0. Contexts are the bundled ones and `options.contexts`; nothing is fetched. Undefined terms, relative
 * identifiers, unknown contexts and graphs made to cost work are findings.
 */
export async function canonicalize(document: JsonObject, options: CanonicalizeOptions): Promise<Canonical> {
  const rdf = await toRdf(document, options);
  return rdf.ok ? canonicalizeQuads(rdf.quads, options) : rdf;
}

/** The quads of a document, in safe mode: by the compiled contexts, or what these do not cover by the full processor. */
export async function toRdf(
  document: JsonObject,
  options: { contexts?: ContextRegistry; maximumQuads?: number } = {},
): Promise<{ ok: true; quads: Quad[] } | { ok: false; finding: Finding }> {
  const compiled = compileQuads(document, options.contexts);
  const rdf =
    compiled === undefined ? await processQuads(document, options.contexts) : { ok: true as const, quads: compiled };
  if (rdf.ok && rdf.quads.length > (options.maximumQuads ?? 100_000))
    return refuse('quads-too-many', { count: rdf.quads.length });
  return rdf;
}

/** RDFC-1.0 of quads, or of N-Quads text. */
export async function canonicalizeQuads(input: Quad[] | string, options: CanonicalizeOptions): Promise<Canonical> {
  const quads = typeof input === 'string' ? parseNQuads(input) : input;
  const dataset = await canonicalizeDataset(quads, options.hash ?? 'sha256', options.cryptography);
  if (dataset === null) return refuse('graph-too-complex');
  return { ok: true, nquads: dataset.lines.join(''), nodes: dataset.nodes };
}

function refuse(
  code: 'quads-too-many' | 'graph-too-complex',
  params?: Finding['params'],
): { ok: false; finding: Finding } {
  return { ok: false, finding: { code, severity: 'error', ...(params === undefined ? {} : { params }) } };
}

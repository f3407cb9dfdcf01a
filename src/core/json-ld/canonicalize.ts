import jsonld from 'jsonld';
import { canonize, NQuads, type Quad } from 'rdf-canonize';
import type { Finding } from '../finding.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import { type ContextRegistry, findContext } from './contexts.ts';
import { analyseTerms } from './terms.ts';

export interface CanonicalizeOptions {
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
      /** Blank node of the input → `c14nN`, both without `_:`. */
      labels: Map<string, string>;
    }
  | { ok: false; finding: Finding };

/** Blank nodes that look alike cost work that grows with their number; RDFC-1.0 §7.1 asks for a limit. */
const maximumWorkFactor = 2;
const maximumMilliseconds = 10_000;

/**
 * The canonical N-Quads of a document: JSON-LD 1.1 to RDF in safe mode, base IRI none, `rdfDirection` i18n-datatype, then
 * RDFC-1.0. Contexts are the bundled ones and `options.contexts`; nothing is fetched. Undefined terms, relative
 * identifiers, unknown contexts and graphs made to cost work are findings.
 */
export async function canonicalize(document: JsonObject, options: CanonicalizeOptions = {}): Promise<Canonical> {
  const rdf = await toRdf(document, options);
  return rdf.ok ? canonicalizeQuads(rdf.quads, options) : rdf;
}

/** The quads of a document, in safe mode. Blank nodes are labelled in document order. */
export async function toRdf(
  document: JsonObject,
  options: CanonicalizeOptions = {},
): Promise<{ ok: true; quads: Quad[]; nquads(): string } | { ok: false; finding: Finding }> {
  try {
    const quads = (await jsonld.toRDF(
      document as jsonld.JsonLdDocument,
      {
        safe: true,
        base: null,
        rdfDirection: 'i18n-datatype',
        documentLoader: async (url: string) => {
          const found = findContext(url, options.contexts);
          if (found === undefined) throw new UnknownContextError(url);
          return { contextUrl: undefined, documentUrl: url, document: found as jsonld.JsonLdDocument };
        },
      } as unknown as jsonld.Options.ToRdf,
    )) as unknown as Quad[];
    if (quads.length > (options.maximumQuads ?? 100_000)) return refuse('quads-too-many', { count: quads.length });
    return { ok: true, quads, nquads: () => NQuads.serialize(quads) };
  } catch (error) {
    return { ok: false, finding: explain(error, document, options.contexts) };
  }
}

/** RDFC-1.0 of quads, or of N-Quads text. */
export async function canonicalizeQuads(input: Quad[] | string, options: CanonicalizeOptions = {}): Promise<Canonical> {
  const given = new Map<string, string>();
  try {
    const nquads = await canonize(typeof input === 'string' ? NQuads.parse(input) : input, {
      algorithm: 'RDFC-1.0',
      format: 'application/n-quads',
      messageDigestAlgorithm: options.hash ?? 'sha256',
      canonicalIdMap: given,
      maxWorkFactor: maximumWorkFactor,
      signal: AbortSignal.timeout(maximumMilliseconds),
      rejectURDNA2015: true,
    });
    const plain = (label: string) => label.replace(/^_:/, '');
    return { ok: true, nquads, labels: new Map([...given].map(([from, to]) => [plain(from), plain(to)])) };
  } catch {
    // The library throws plain errors for its work limit, the time limit and malformed quads alike.
    return refuse('graph-too-complex');
  }
}

class UnknownContextError extends Error {
  override readonly name = 'UnknownContextError';
  readonly url: string;
  constructor(url: string) {
    super(`unknown context: ${url}`);
    this.url = url;
  }
}

function refuse(
  code: 'quads-too-many' | 'graph-too-complex',
  params?: Finding['params'],
): { ok: false; finding: Finding } {
  return { ok: false, finding: { code, severity: 'error', ...(params === undefined ? {} : { params }) } };
}

/** A closed code for what jsonld threw. Its classes and texts are not stable, so our own analysis says where. */
function explain(error: unknown, document: JsonObject, contexts: ContextRegistry | undefined): Finding {
  const unknown = unknownContextIn(error);
  const analysis = analyseTerms(document, contexts);
  const [context] = analysis.unknownContexts;
  if (unknown !== null || context !== undefined)
    return {
      code: 'context-unknown',
      severity: 'error',
      ...(context === undefined ? {} : { pointer: context.pointer }),
      params: { url: unknown ?? context?.url ?? '' },
    };
  const [term] = analysis.undefinedTerms;
  if (term !== undefined)
    return { code: 'term-undefined', severity: 'error', pointer: term.pointer, params: { term: term.term } };
  return { code: 'json-ld-refused', severity: 'error', params: { detail: detailOf(error) } };
}

function unknownContextIn(error: unknown): string | null {
  let current: unknown = error;
  for (let depth = 0; depth < 8 && typeof current === 'object' && current !== null; depth++) {
    if (current instanceof UnknownContextError) return current.url;
    const holder = current as { cause?: unknown; details?: { cause?: unknown } };
    current = holder.cause ?? holder.details?.cause;
  }
  return null;
}

/** The code that JSON-LD gives the refusal, such as `relative @id reference`. */
function detailOf(error: unknown): string {
  const details = (error as { details?: unknown } | null)?.details;
  if (isJsonObject(details)) {
    const { code, event } = details;
    if (isJsonObject(event) && typeof event.code === 'string') return event.code;
    if (typeof code === 'string') return code;
  }
  return 'syntax';
}

import jsonld from 'jsonld';
import type { Finding } from '../finding.ts';
import { isJsonObject, type JsonObject } from '../json/json.ts';
import { type ContextRegistry, findContext } from './contexts.ts';
import { type BlankNode, blankNode, escapeLiteral, iriTerm, type Quad, type Term } from './dataset.ts';
import { analyseTerms } from './terms.ts';

/** A term as jsonld gives it (RDF/JS data model). */
interface RdfJsTerm {
  termType: 'NamedNode' | 'BlankNode' | 'Literal' | 'DefaultGraph';
  value: string;
  language?: string;
  datatype?: { value: string };
}
type RdfJsQuad = Record<'subject' | 'predicate' | 'object' | 'graph', RdfJsTerm>;

const rdfLangString = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString';
const xsdString = 'http://www.w3.org/2001/XMLSchema#string';

/**
 * The quads of a document by the full JSON-LD processor, in safe mode, base IRI none, `rdfDirection` i18n-datatype. It reads
 * everything that JSON-LD has, slowly, and decides what is refused.
 */
export async function processQuads(
  document: JsonObject,
  contexts?: ContextRegistry,
): Promise<{ ok: true; quads: Quad[] } | { ok: false; finding: Finding }> {
  try {
    const quads = await jsonld.toRDF(
      document as jsonld.JsonLdDocument,
      {
        safe: true,
        base: null,
        rdfDirection: 'i18n-datatype',
        documentLoader: async (url: string) => {
          const found = findContext(url, contexts);
          if (found === undefined) throw new UnknownContextError(url);
          return { contextUrl: undefined, documentUrl: url, document: found as jsonld.JsonLdDocument };
        },
      } as unknown as jsonld.Options.ToRdf,
    );
    return { ok: true, quads: toQuads(quads as unknown as RdfJsQuad[]) };
  } catch (error) {
    return { ok: false, finding: explain(error, document, contexts) };
  }
}

function toQuads(given: readonly RdfJsQuad[]): Quad[] {
  const nodes = new Map<string, BlankNode>();
  const term = ({ termType, value, language, datatype }: RdfJsTerm): Term => {
    if (termType === 'DefaultGraph') return '';
    if (termType === 'NamedNode') return iriTerm(value);
    if (termType === 'BlankNode') {
      const node = nodes.get(value) ?? blankNode(value);
      nodes.set(value, node);
      return node;
    }
    const text = `"${escapeLiteral(value)}"`;
    if (datatype === undefined || datatype.value === xsdString) return text;
    if (datatype.value === rdfLangString) return language ? `${text}@${language}` : text;
    return `${text}^^${iriTerm(datatype.value)}`;
  };
  return given.map(({ subject, predicate, object, graph }) => ({
    subject: term(subject),
    predicate: iriTerm(predicate.value),
    object: term(object),
    graph: term(graph),
  }));
}

class UnknownContextError extends Error {
  override readonly name = 'UnknownContextError';
  readonly url: string;
  constructor(url: string) {
    super(`unknown context: ${url}`);
    this.url = url;
  }
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

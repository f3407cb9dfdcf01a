/** RDF terms as N-Quads writes them (`<iri>`, `"literal"…`), and blank nodes as objects. */
export type Term = string | BlankNode;

export interface BlankNode {
  /** Its name in the input, without `_:`. */
  label: string;
  /** Where RDFC-1.0 keeps what it found: the quads that mention the node, and its first-degree hash. */
  quads: Quad[];
  hash: string;
  /** `_:c14nN`, as N-Quads writes it. */
  canonical: string;
}

export interface Quad {
  subject: Term;
  /** `<iri>` */
  predicate: string;
  object: Term;
  /** `''` is the default graph. */
  graph: Term;
}

export function blankNode(label: string): BlankNode {
  return { label, quads: [], hash: '', canonical: '' };
}

/** Everything but what stands as it is. */
const literalEscape = /[^ !#-[\]-~\u0080-\uffff]/;
const literalEscapes = /[^ !#-[\]-~\u0080-\uffff]/g;
const iriEscape = /[^!#-;=?-[\]_a-z~\u007f-\uffff]/;
const iriEscapes = /[^!#-;=?-[\]_a-z~\u007f-\uffff]/g;
const short: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};
const numeric = (character: string) => `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

/** The text of a literal between its quotes (canonical N-Quads, RDFC-1.0 §A). */
export function escapeLiteral(text: string): string {
  if (!literalEscape.test(text)) return text;
  return text.replace(literalEscapes, (character) => short[character] ?? numeric(character));
}

/** An IRI in angle brackets. */
export function iriTerm(iri: string): string {
  return iriEscape.test(iri) ? `<${iri.replace(iriEscapes, numeric)}>` : `<${iri}>`;
}

const line = /^(\S+) (<[^>]*>) ("(?:[^"\\]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?|\S+)(?: (\S+))? \.$/;

/** Quads of N-Quads text as this project writes it; a line twice is one quad. Throws a SyntaxError for other lines. */
export function parseNQuads(text: string): Quad[] {
  const nodes = new Map<string, BlankNode>();
  const term = (written: string): Term => {
    if (!written.startsWith('_:')) return written;
    const label = written.slice(2);
    const node = nodes.get(label) ?? blankNode(label);
    nodes.set(label, node);
    return node;
  };
  return [...new Set(text.split('\n'))]
    .filter((written) => written !== '')
    .map((written) => {
      const [, subject, predicate, object, graph = ''] = line.exec(written) ?? [];
      if (subject === undefined || predicate === undefined || object === undefined)
        throw new SyntaxError('not an N-Quad');
      return { subject: term(subject), predicate, object: term(object), graph: term(graph) };
    });
}

/** A quad whose blank nodes have names. */
type NamedQuad = Record<keyof Quad, string>;

/** N-Quads in their canonical order, each line with its line feed. `name` says how a blank node is written. */
export function writeNQuads(quads: readonly Quad[], name: (node: BlankNode) => string): string[] {
  // Lines share long beginnings, so whole lines are slow to compare: first by subject, then part by part.
  const bySubject = new Map<string, NamedQuad[]>();
  for (const quad of quads) {
    const named = nameNodes(quad, name);
    const others = bySubject.get(named.subject);
    if (others === undefined) bySubject.set(named.subject, [named]);
    else others.push(named);
  }
  const lines: string[] = [];
  for (const subject of [...bySubject.keys()].sort()) {
    const named = sortQuads(bySubject.get(subject) as NamedQuad[]);
    for (const { predicate, object, graph } of named)
      lines.push(
        graph === '' ? `${subject} ${predicate} ${object} .\n` : `${subject} ${predicate} ${object} ${graph} .\n`,
      );
  }
  return lines;
}

function nameNodes(quad: Quad, name: (node: BlankNode) => string): NamedQuad {
  const { subject, predicate, object, graph } = quad;
  if (typeof subject === 'string' && typeof object === 'string' && typeof graph === 'string') return quad as NamedQuad;
  return {
    subject: typeof subject === 'string' ? subject : name(subject),
    predicate,
    object: typeof object === 'string' ? object : name(object),
    graph: typeof graph === 'string' ? graph : name(graph),
  };
}

/** By insertion while there are few, as there mostly are: no calls, and predicates decide. */
function sortQuads(quads: NamedQuad[]): NamedQuad[] {
  if (quads.length > 24) return quads.sort((one, two) => (isBefore(one, two) ? -1 : isBefore(two, one) ? 1 : 0));
  for (let index = 1; index < quads.length; index++) {
    const quad = quads[index] as NamedQuad;
    let at = index;
    while (at > 0 && isBefore(quad, quads[at - 1] as NamedQuad)) {
      quads[at] = quads[at - 1] as NamedQuad;
      at -= 1;
    }
    quads[at] = quad;
  }
  return quads;
}

/**
 * Do two quads of one subject stand in this order? As their lines would: a term that begins another stands before it, since
 * a space follows it.
 */
function isBefore(one: NamedQuad, two: NamedQuad): boolean {
  if (one.predicate !== two.predicate) return one.predicate < two.predicate;
  if (one.object !== two.object) return one.object < two.object;
  return one.graph < two.graph;
}

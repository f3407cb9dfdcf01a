import type { Cryptography } from '../cryptography.ts';
import type { Finding, Pointer } from '../finding.ts';
import type { JsonObject, JsonValue } from '../json/json.ts';
import { canonicalizeQuads, toRdf } from '../json-ld/canonicalize.ts';
import type { ContextRegistry } from '../json-ld/contexts.ts';
import { writeNQuads } from '../json-ld/dataset.ts';
import { walkTerms } from '../json-ld/terms.ts';
import { encodeBase64url } from './multibase.ts';
import { selectJson } from './select-json.ts';

const skolem = 'urn:bnid:';
const generationError = 'https://w3id.org/security#PROOF_GENERATION_ERROR';

export interface GroupedQuads {
  /** All N-Quads with HMAC labels, sorted. Indexes and signatures refer to this order. */
  nquads: string[];
  /** For each group of pointers: the indexes into `nquads`, and the group's N-Quads before relabelling. */
  groups: { indexes: number[]; deskolemized: string }[];
  /** Blank node before canonicalization → its HMAC label, without `_:`. */
  labels: Map<string, string>;
}

export type Grouped = ({ ok: true } & GroupedQuads) | { ok: false; finding: Finding };

/**
 * Canonicalize a document with HMAC blank node labels and find which N-Quads each group of JSON Pointers selects (ECDSA
 * Cryptosuites §3.4.2 to §3.4.14). Blank nodes get names first, so that a selection keeps talking of the same ones.
 */
export async function groupQuads(
  document: JsonObject,
  groups: readonly (readonly Pointer[])[],
  hmacKey: Uint8Array,
  options: { cryptography: Cryptography; contexts?: ContextRegistry },
): Promise<Grouped> {
  const named = nameBlankNodes(document, options.contexts);
  if (named === null)
    return { ok: false, finding: { code: 'skolem-name-used', severity: 'error', type: generationError } };
  const all = await toDeskolemizedNQuads(named, options.contexts);
  if (!all.ok) return all;
  const canonical = await canonicalizeQuads(all.nquads, options);
  if (!canonical.ok) return canonical;
  const labels = new Map<string, string>();
  const byCanonical = new Map<string, string>();
  for (const node of canonical.nodes) {
    const to = node.canonical.slice(2);
    const digest = await options.cryptography.hmacSha256(hmacKey, new TextEncoder().encode(to));
    const label = `u${encodeBase64url(digest)}`;
    labels.set(node.label, label);
    byCanonical.set(to, label);
  }
  const nquads = splitLines(canonical.nquads)
    .map((line) => relabel(line, byCanonical))
    .sort();
  const indexOf = new Map(nquads.map((line, index) => [line, index]));
  const result: GroupedQuads['groups'] = [];
  for (const pointers of groups) {
    const selected = selectJson(named, pointers);
    if (!selected.ok)
      return {
        ok: false,
        finding: {
          code: 'pointer-selects-nothing',
          severity: 'error',
          type: generationError,
          params: { pointer: selected.missing },
        },
      };
    const part =
      selected.selection === null
        ? { ok: true as const, nquads: '' }
        : await toDeskolemizedNQuads(selected.selection, options.contexts);
    if (!part.ok) return part;
    const indexes = splitLines(part.nquads).flatMap((line) => indexOf.get(relabel(line, labels)) ?? []);
    result.push({ indexes: [...new Set(indexes)].sort((a, b) => a - b), deskolemized: part.nquads });
  }
  return { ok: true, nquads, groups: result, labels };
}

/** A copy in which every node object without an id has one under our own scheme; null when the document uses it itself. */
function nameBlankNodes(document: JsonObject, contexts?: ContextRegistry): JsonObject | null {
  if (JSON.stringify(document).includes(skolem)) return null;
  const copy = structuredClone(document);
  let count = 0;
  const nodes: JsonObject[] = [];
  walkTerms(
    copy,
    [
      {
        node: (_, node) => {
          if (!('@value' in node || '@list' in node || '@set' in node || 'id' in node || '@id' in node))
            nodes.push(node);
        },
      },
    ],
    contexts,
  );
  for (const node of nodes) node['@id'] = `${skolem}b${count++}`;
  return copy;
}

async function toDeskolemizedNQuads(
  document: JsonValue,
  contexts?: ContextRegistry,
): Promise<{ ok: true; nquads: string } | { ok: false; finding: Finding }> {
  const rdf = await toRdf(document as JsonObject, { contexts });
  if (!rdf.ok) return rdf;
  return {
    ok: true,
    nquads: writeNQuads(rdf.quads, ({ label }) => `_:${label}`)
      .join('')
      .replaceAll(/<urn:bnid:([^>]+)>/g, '_:$1'),
  };
}

/** Lines of N-Quads, each with its line feed. */
export function splitLines(nquads: string): string[] {
  return nquads.match(/[^\n]*\n/g) ?? [];
}

/** Rename the blank nodes of one N-Quad, in subject, object and graph; texts that look like labels are left alone. */
export function relabel(line: string, labels: ReadonlyMap<string, string>): string {
  const rename = (label: string) => `_:${labels.get(label) ?? label}`;
  const [subject = '', predicate = ''] = line.split(' ', 2);
  const rest = line.slice(subject.length + predicate.length + 2);
  const renamed = rest
    .replace(/^_:(\S+)/, (_, label: string) => rename(label))
    .replace(/(\S) _:(\S+) \.\n$/, (_, before: string, label: string) => `${before} ${rename(label)} .\n`);
  return `${subject.replace(/^_:(\S+)/, (_, label: string) => rename(label))} ${predicate} ${renamed}`;
}

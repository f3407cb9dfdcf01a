import type { Awaitable, Cryptography } from '../cryptography.ts';
import { type BlankNode, type Quad, type Term, writeNQuads } from './dataset.ts';

/**
 * Hashes that one graph may cost beyond the one of each blank node. Blank nodes that look alike cost some each; graphs made
 * to look alike everywhere cost without end, and RDFC-1.0 §7.1 asks for a limit.
 */
const maximumWork = 200_000;

export interface CanonicalDataset {
  /** Canonical N-Quads, sorted, each with its line feed. */
  lines: string[];
  /** Every blank node, with its canonical label. */
  nodes: BlankNode[];
}

/** RDFC-1.0 of a dataset (§4.4). Null when blank nodes look so much alike that the work limit is reached. */
export async function canonicalizeDataset(
  quads: readonly Quad[],
  hash: 'sha256' | 'sha384',
  cryptography: Cryptography,
): Promise<CanonicalDataset | null> {
  const nodes = collectNodes(quads);
  const [only] = nodes;
  if (only !== undefined && nodes.length === 1) only.canonical = '_:c14n0';
  else if (nodes.length > 1 && !(await new Labelling(nodes, hash, cryptography).run())) return null;
  return { lines: writeNQuads(quads, ({ canonical }) => canonical), nodes };
}

function collectNodes(quads: readonly Quad[]): BlankNode[] {
  const nodes = new Set<BlankNode>();
  for (const quad of quads)
    for (const term of [quad.subject, quad.object, quad.graph])
      if (typeof term !== 'string') {
        if (!nodes.has(term)) {
          nodes.add(term);
          term.quads = [];
          term.canonical = '';
        }
        if (term.quads.at(-1) !== quad) term.quads.push(quad);
      }
  return [...nodes];
}

/** Temporary labels of one path through the graph (§4.5). */
type Issuer = Map<BlankNode, string>;

function issue(issuer: Issuer, node: BlankNode): string {
  const known = issuer.get(node);
  if (known !== undefined) return known;
  const label = `_:b${issuer.size}`;
  issuer.set(node, label);
  return label;
}

class WorkLimitError extends Error {
  override readonly name = 'WorkLimitError';
}

class Labelling {
  private readonly nodes: readonly BlankNode[];
  private readonly algorithm: 'sha256' | 'sha384';
  private readonly cryptography: Cryptography;
  private issued = 0;
  private work = 0;

  constructor(nodes: readonly BlankNode[], algorithm: 'sha256' | 'sha384', cryptography: Cryptography) {
    this.nodes = nodes;
    this.algorithm = algorithm;
    this.cryptography = cryptography;
  }

  /** Give every node its canonical label; false when the work limit is reached. */
  async run(): Promise<boolean> {
    const byHash = new Map<string, BlankNode[]>();
    for (const node of this.nodes) {
      const hash = this.cryptography.digestHex(this.algorithm, firstDegreeText(node));
      node.hash = typeof hash === 'string' ? hash : await hash;
      const alike = byHash.get(node.hash);
      if (alike === undefined) byHash.set(node.hash, [node]);
      else alike.push(node);
    }
    const groups = [...byHash.keys()].sort().map((hash) => byHash.get(hash) as BlankNode[]);
    for (const [node, other] of groups) if (node !== undefined && other === undefined) this.name(node);
    try {
      for (const alike of groups) if (alike.length > 1) await this.nameAlike(alike);
    } catch (error) {
      if (error instanceof WorkLimitError) return false;
      throw error;
    }
    return true;
  }

  private name(node: BlankNode): void {
    if (node.canonical === '') node.canonical = `_:c14n${this.issued++}`;
  }

  /** §4.4.3, step 5: nodes that first-degree hashes do not tell apart. */
  private async nameAlike(alike: readonly BlankNode[]): Promise<void> {
    const paths: { hash: string; issuer: Issuer }[] = [];
    for (const node of alike) {
      if (node.canonical !== '') continue;
      const issuer: Issuer = new Map();
      issue(issuer, node);
      paths.push(await this.hashNDegree(node, issuer));
    }
    paths.sort((one, two) => (one.hash < two.hash ? -1 : one.hash > two.hash ? 1 : 0));
    for (const { issuer } of paths) for (const node of issuer.keys()) this.name(node);
  }

  /** §4.8 */
  private async hashNDegree(node: BlankNode, given: Issuer): Promise<{ hash: string; issuer: Issuer }> {
    let issuer = given;
    let data = '';
    const related = await this.relatedByHash(node, issuer);
    for (const hash of [...related.keys()].sort()) {
      data += hash;
      let chosenPath = '';
      let chosenIssuer = issuer;
      for (const order of permutations(related.get(hash) as BlankNode[])) {
        this.spend();
        const tried = await this.tryOrder(order, issuer, chosenPath);
        if (tried === null || (chosenPath !== '' && tried.path >= chosenPath)) continue;
        chosenPath = tried.path;
        chosenIssuer = tried.issuer;
      }
      data += chosenPath;
      issuer = chosenIssuer;
    }
    return { hash: await this.hashOf(data), issuer };
  }

  /** The path of one order of related nodes; null as soon as it is longer in order than the chosen one. */
  private async tryOrder(
    order: readonly BlankNode[],
    given: Issuer,
    chosenPath: string,
  ): Promise<{ path: string; issuer: Issuer } | null> {
    let issuer: Issuer = new Map(given);
    let path = '';
    const isWorse = () => chosenPath !== '' && path > chosenPath;
    const unvisited: BlankNode[] = [];
    for (const node of order) {
      if (node.canonical === '' && !issuer.has(node)) unvisited.push(node);
      path += node.canonical === '' ? issue(issuer, node) : node.canonical;
      if (isWorse()) return null;
    }
    for (const node of unvisited) {
      const result = await this.hashNDegree(node, issuer);
      path += `${issue(issuer, node)}<${result.hash}>`;
      issuer = result.issuer;
      if (isWorse()) return null;
    }
    return { path, issuer };
  }

  /** §4.7 for every blank node that shares a quad with this one. */
  private async relatedByHash(node: BlankNode, issuer: Issuer): Promise<Map<string, BlankNode[]>> {
    const related = new Map<string, BlankNode[]>();
    for (const quad of node.quads)
      for (const [position, other] of [
        ['s', quad.subject],
        ['o', quad.object],
        ['g', quad.graph],
      ] as [string, Term][]) {
        if (typeof other === 'string' || other === node) continue;
        const name = other.canonical === '' ? (issuer.get(other) ?? other.hash) : other.canonical;
        const hash = await this.hashOf(`${position}${position === 'g' ? '' : quad.predicate}${name}`);
        const alike = related.get(hash);
        if (alike === undefined) related.set(hash, [other]);
        else alike.push(other);
      }
    return related;
  }

  private hashOf(text: string): Awaitable<string> {
    this.spend();
    return this.cryptography.digestHex(this.algorithm, text);
  }

  private spend(): void {
    this.work += 1;
    if (this.work > maximumWork) throw new WorkLimitError();
  }
}

/** §4.6: what a node's own quads say, itself as `_:a` and every other as `_:z`. */
function firstDegreeText(node: BlankNode): string {
  const name = (other: BlankNode) => (other === node ? '_:a' : '_:z');
  return writeNQuads(node.quads, name).join('');
}

/** Every distinct order of a list, which may hold a node more than once. */
function* permutations(list: readonly BlankNode[]): Generator<readonly BlankNode[]> {
  const rank = new Map([...new Set(list)].map((node, index) => [node, index]));
  const rankOf = (node: BlankNode | undefined) => rank.get(node as BlankNode) as number;
  const order = list.toSorted((one, two) => rankOf(one) - rankOf(two));
  for (;;) {
    yield order;
    let pivot = order.length - 2;
    while (pivot >= 0 && rankOf(order[pivot]) >= rankOf(order[pivot + 1])) pivot -= 1;
    if (pivot < 0) return;
    let next = order.length - 1;
    while (rankOf(order[next]) <= rankOf(order[pivot])) next -= 1;
    [order[pivot], order[next]] = [order[next] as BlankNode, order[pivot] as BlankNode];
    order.push(...order.splice(pivot + 1).toReversed());
  }
}

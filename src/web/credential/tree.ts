import { titleOf } from '../../core/answer.ts';
import type { Assessment } from '../../core/assess.ts';
import { isJsonObject, type JsonObject, toList } from '../../core/json/json.ts';
import { achievementOf, subjectOf, textOf } from './read.ts';

export interface TreeNode {
  key: string;
  title: string | null;
  /** Null when the record only names the achievement. */
  assessment: Assessment | null;
  relation: { kind: string; to: string } | null;
  children: TreeNode[];
}

/** Association types of CLR 2.0, and which end hangs under the other. */
const kinds: Record<string, { kind: string; child: 'source' | 'target' }> = {
  isChildOf: { kind: 'part', child: 'source' },
  isPartOf: { kind: 'part', child: 'source' },
  isParentOf: { kind: 'part', child: 'target' },
  precedes: { kind: 'precedes', child: 'target' },
  isRelatedTo: { kind: 'related', child: 'source' },
  isPeerOf: { kind: 'related', child: 'source' },
};

/** The credentials of a record and the achievements it only names, hung under one another by its associations. */
export function buildTree(record: Assessment): TreeNode[] {
  const subject = subjectOf(record.verification.credential);
  const nodes = new Map<string, TreeNode>();
  const all: TreeNode[] = record.credentials.map((assessment, index) => {
    const { credential } = assessment.verification;
    const id = textOf(achievementOf(credential)?.id);
    const title = credential === null ? null : titleOf(credential);
    const node: TreeNode = { key: `credential-${index}`, title, assessment, relation: null, children: [] };
    if (id !== null && !nodes.has(id)) nodes.set(id, node);
    return node;
  });
  for (const [index, achievement] of toList(subject?.achievement).filter(isJsonObject).entries()) {
    const id = textOf(achievement.id);
    if (id !== null && nodes.has(id)) continue;
    const title = textOf(achievement.name);
    const node: TreeNode = { key: `achievement-${index}`, title, assessment: null, relation: null, children: [] };
    if (id !== null) nodes.set(id, node);
    all.push(node);
  }
  const hung = new Map<TreeNode, TreeNode>();
  for (const association of toList(subject?.association).filter(isJsonObject)) hang(association, nodes, hung);
  return all.filter((node) => !hung.has(node));
}

function hang(association: JsonObject, nodes: ReadonlyMap<string, TreeNode>, hung: Map<TreeNode, TreeNode>): void {
  const type = textOf(association.associationType) ?? '';
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  const source = nodes.get(textOf(association.sourceId) ?? '');
  const target = nodes.get(textOf(association.targetId) ?? '');
  if (kind === undefined || source === undefined || target === undefined) return;
  const [child, parent] = kind.child === 'source' ? [source, target] : [target, source];
  // One parent each, and nobody is their own ancestor.
  if (hung.has(child)) return;
  for (let above: TreeNode | undefined = parent; above !== undefined; above = hung.get(above))
    if (above === child) return;
  hung.set(child, parent);
  child.relation = { kind: kind.kind, to: parent.title ?? '' };
  parent.children.push(child);
}

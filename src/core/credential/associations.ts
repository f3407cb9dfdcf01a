import type { Finding } from '../finding.ts';
import { isJsonObject, type JsonObject, toList } from '../json/json.ts';
import { toOriginalPointer } from './canonical-form.ts';
import type { CredentialView } from './types.ts';

/** Checks on CLR associations that no schema makes (CLR 2.0 §4): ids lead to achievements, and no one is its own ancestor. */
export function checkAssociations(credential: CredentialView, document: JsonObject): Finding[] {
  const subject = credential.credentialSubject;
  if (!isJsonObject(subject)) return [];
  const findings: Finding[] = [];
  const known = new Set<unknown>(
    toList(subject.achievement).map((achievement) => (isJsonObject(achievement) ? achievement.id : undefined)),
  );
  for (const nested of toList(subject.verifiableCredential)) {
    const inner = isJsonObject(nested) ? nested.credentialSubject : undefined;
    if (isJsonObject(inner) && isJsonObject(inner.achievement)) known.add(inner.achievement.id);
  }
  const parents = new Map<string, string[]>();
  for (const [index, association] of toList(subject.association).entries()) {
    if (!isJsonObject(association)) continue;
    const pointer = `/credentialSubject/association/${index}`;
    for (const member of ['sourceId', 'targetId'] as const)
      if (typeof association[member] === 'string' && !known.has(association[member]))
        findings.push({
          code: 'association-leads-nowhere',
          severity: 'warning',
          pointer: toOriginalPointer(document, `${pointer}/${member}`),
          params: { id: association[member] },
        });
    const [child, parent] = childAndParent(association);
    if (child !== undefined && parent !== undefined) parents.set(child, [...(parents.get(child) ?? []), parent]);
  }
  const looping = [...parents.keys()].find((start) => leadsBack(start, parents));
  if (looping !== undefined)
    findings.push({
      code: 'association-loop',
      severity: 'warning',
      pointer: '/credentialSubject/association',
      params: { id: looping },
    });
  return findings;
}

/** "source is X of target": isParentOf makes the source the parent. */
function childAndParent({ associationType, sourceId, targetId }: JsonObject): [string?, string?] {
  if (typeof sourceId !== 'string' || typeof targetId !== 'string') return [];
  if (associationType === 'isChildOf' || associationType === 'isPartOf') return [sourceId, targetId];
  return associationType === 'isParentOf' ? [targetId, sourceId] : [];
}

function leadsBack(start: string, parents: ReadonlyMap<string, string[]>): boolean {
  const seen = new Set<string>();
  const open = [...(parents.get(start) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === start) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(parents.get(next) ?? []));
  }
  return false;
}

import { createContext, use } from 'react';
import type { EvidenceRequirement } from '../../../../core/issue/check-mastery.ts';
import type { JsonObject } from '../../../../core/json/json.ts';
import { resolvePointer } from '../../../../core/json/pointer.ts';
import type { Written } from './document.ts';
import type { ReviewComment } from './draft.ts';

/** What the fields of the author page read and write. */
export interface Editing {
  /** Where the achievement is published. */
  address: string;
  achievement: JsonObject;
  evidence: EvidenceRequirement | null;
  set(pointer: string, value: Written): void;
  setEvidence(evidence: EvidenceRequirement | null): void;
  /** What the last review asks for. */
  comments: readonly ReviewComment[];
  /** What is wrong, by pointer. */
  faults: ReadonlyMap<string, string>;
}

export const EditingContext = createContext<Editing | null>(null);

/** What the author page is about. */
export function useEditing(): Editing {
  const editing = use(EditingContext);
  if (editing === null) throw new Error('nothing is edited here');
  return editing;
}

/** One place of the document: what stands there, and how to write it. */
export function usePlace(pointer: string) {
  const { achievement, set, faults, comments } = useEditing();
  const value = resolvePointer(achievement, pointer);
  return {
    id: fieldId(pointer),
    value,
    text: typeof value === 'string' || typeof value === 'number' ? String(value) : '',
    fault: faults.get(pointer),
    comments: comments.filter((comment) => comment.pointer === pointer),
    write: (next: Written) => set(pointer, next),
  };
}

/** The id of the field for a place, by which the checklist and the faults find it. */
export const fieldId = (pointer: string): string => `at${pointer}`;

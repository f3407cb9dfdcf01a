import { reveal } from '../../ui/reveal.ts';
import { fieldId } from './editing.ts';

/** Where something begins that has no field of its own yet. */
export const anchors = {
  '/alignment': 'add-skill',
  '/resultDescription': 'add-scale',
  '/image': 'add-picture',
  '/evidence': 'evidence-minimum',
  '/creator': fieldId('/creator/name'),
} as const;

/** The id of the field of a place, else of where it begins; null when there is neither. */
export function fieldOf(place: string, isThere: (id: string) => boolean): string | null {
  for (let at = place; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const found = [fieldId(at), anchors[at as keyof typeof anchors]].find((id) => id !== undefined && isThere(id));
    if (found !== undefined) return found;
  }
  return null;
}

/** Go to the field of a place; what it is folded into opens. */
export function goTo(place: string): void {
  const id = fieldOf(place, (id) => document.getElementById(id) !== null);
  if (id !== null) reveal(document.getElementById(id));
}

import { fill, formatNumber } from '../../../../texts/language.ts';
import type { Version } from '../draft.ts';
import type { useTexts } from '../texts.ts';
import { type Leaf, nameOfLevel } from './changes.ts';
import type { useReviewTexts } from './texts.ts';

interface Catalogues {
  texts: ReturnType<typeof useTexts>;
  review: ReturnType<typeof useReviewTexts>;
}

/** A part of a version as people read it: the words of the form instead of terms, names instead of ids. */
export function sayValue({ pointer, value }: Leaf, version: Version, { texts, review }: Catalogues): string {
  if (pointer === '/evidence') return sayEvidence(value, review);
  if (Array.isArray(value)) return value.join(pointer === '/tag' ? ', ' : '\n');
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'boolean') return review.yes;
  const member = pointer.slice(pointer.lastIndexOf('/') + 1);
  if (member === 'requiredLevel') return nameOfLevel(value, version);
  const terms: Record<string, Record<string, string>> = {
    achievementType: texts.kinds,
    resultType: texts.scale.resultTypes,
    assessmentType: texts.scale.types,
    identifierType: texts.identifiers.kinds,
  };
  return terms[member]?.[value] ?? value;
}

/** The number of pieces, and then their kinds. */
function sayEvidence(value: Leaf['value'], review: Catalogues['review']): string {
  const [minimum = '0', ...kinds] = Array.isArray(value) ? value : [];
  const rule = fill(review.evidenceRule, { minimum: Number(minimum) });
  return kinds.length === 0 ? rule : `${rule}, ${fill(review.evidenceKinds, { kinds: kinds.join(', ') })}`;
}

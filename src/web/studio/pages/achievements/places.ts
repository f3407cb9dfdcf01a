import { fieldId } from './editing.ts';
import type { AuthorItem } from './judge.ts';

/** Who supplies what goes to the place of a line. */
export function sourceOf({ path, rule }: AuthorItem): 'achievement' | 'issuer' | 'learner' {
  const place = path ?? rule.place?.path ?? '';
  if (/^\$\.credentialSubject\.achievement\b/.test(place)) return 'achievement';
  return /^\$\.issuer\b/.test(place) ? 'issuer' : 'learner';
}

/** Where something begins that has no field of its own yet. */
export const anchors = {
  '/alignment': 'add-skill',
  '/resultDescription': 'add-scale',
  '/image': 'add-picture',
  '/evidence': 'evidence-minimum',
} as const;

/** Rules whose place holds several fields, or which speak of what each learner shows: where the author sees to them. */
const seenTo: Record<string, string> = {
  image: '/image/caption',
  'learning-outcomes': '/alignment/0/targetDescription',
  'assessment-description': '/resultDescription/0/description',
  'assessment-type-applied': '/resultDescription/0/assessmentType',
  'assessment-type-scored': '/resultDescription/0/assessmentType',
  rubric: '/resultDescription/0/rubricCriterionLevel',
  result: '/resultDescription/0/resultType',
  'result-date': '/resultDescription/0/resultType',
  'result-scale': '/resultDescription/0/requiredValue',
  evidence: '/evidence',
};

/** The place where the author can do something about a line; null where others supply it. */
export function placeOf(item: AuthorItem): string | null {
  const own = seenTo[item.rule.id];
  if (own !== undefined) return own;
  const [, inside] = /^\$\.credentialSubject\.achievement\.(.+)$/.exec(item.path ?? '') ?? [];
  return inside === undefined ? null : `/${inside.replaceAll(/\[[^\]]*\]/g, '/0').replaceAll('.', '/')}`;
}

/** Go to the field of a place, else to where it begins; what it is folded into opens. */
export function goTo(place: string): void {
  for (let at = place; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const field = [fieldId(at), anchors[at as keyof typeof anchors]]
      .map((id) => (id === undefined ? null : document.getElementById(id)))
      .find((found) => found !== null);
    if (field === undefined || field === null) continue;
    const folded = field.closest('details');
    if (folded !== null) folded.open = true;
    field.focus();
    field.scrollIntoView({ block: 'center' });
    return;
  }
}

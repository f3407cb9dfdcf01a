import type { JsonChange } from '../../core/json/diff-json.ts';
import { fromPointer } from '../../core/json/pointer.ts';

/** Members of an Achievement in the order in which a receiver reads them; others come last. */
const members = [
  ...['name', 'description', 'achievementType', 'criteria', 'resultDescription', 'alignment', 'timeRequired'],
  ...['creditsAvailable', 'creator', 'endorsement', 'endorsementJwt', 'coursePrerequisites', 'courseMode'],
  ...['inLanguage', 'fieldOfStudy', 'specialization', 'image', 'tag', 'related'],
];

/** Changes of an achievement, first those of what a receiver sees first. */
export function receiversOrder(changes: readonly JsonChange[]): JsonChange[] {
  const rank = ({ pointer }: JsonChange) => {
    const place = members.indexOf(fromPointer(pointer)?.[0] ?? '');
    return place < 0 ? members.length : place;
  };
  return [...changes].sort((a, b) => rank(a) - rank(b));
}

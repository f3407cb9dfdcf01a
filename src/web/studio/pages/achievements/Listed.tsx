import { isAim } from './ClassChoice.tsx';
import { useTexts } from './texts.ts';

/** An achievement in a list, with its newest version. */
export interface Listed {
  id: string;
  name: string;
  version: number;
  state: 'draft' | 'review' | 'approved';
  class: string | null;
  changedAt: string;
  retiredAt: string | null;
}

/** What its credentials can support. */
export function ClassOf({ id }: { id: string | null }) {
  const texts = useTexts();
  return id !== null && isAim(id) ? texts.classes[id] : <span className="muted">{texts.list.noClass}</span>;
}

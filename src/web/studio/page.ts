import type { ReactNode } from 'react';
import type { Scope } from './issuer.ts';
import type { texts } from './texts/en.ts';

/** A page of the studio, below /studio/{issuer}. */
export interface StudioPage {
  /** `/keys`, `/credentials/$id`; parameters begin with `$`. */
  path: string;
  /** What somebody must be allowed to do in the issuer to come here. */
  needs: Scope;
  /** The first page of an area stands in the navigation under the area's name. */
  area?: keyof typeof texts.areas;
  load(): Promise<{ Page: () => ReactNode }>;
}

import { useCallback, useMemo, useRef } from 'react';
import type { EvidenceRequirement } from '../../../../core/issue/check-mastery.ts';
import type { JsonObject } from '../../../../core/json/json.ts';
import { useIssuer } from '../../issuer.ts';
import { useKept } from '../../kept.ts';

/** A version as the service has it. */
export interface Version {
  id: string;
  /** Where the achievement is published. */
  address: string;
  version: number;
  state: 'draft' | 'review' | 'approved';
  achievement: JsonObject;
  evidence: EvidenceRequirement | null;
  changedAt: string;
  /** Who changed it last; null for who is gone. */
  changedBy: string | null;
  comments: ReviewComment[];
}

/** What an approver asks to be changed; `pointer` null: about the whole. */
export interface ReviewComment {
  id: string;
  pointer: string | null;
  text: string;
  by: string | null;
  at: string;
  resolvedAt: string | null;
}

export interface Achievement {
  id: string;
  retiredAt: string | null;
  versions: Version[];
}

/** What an author writes, and which saved version they began with. */
export interface Draft {
  achievement: JsonObject;
  evidence: EvidenceRequirement | null;
  basis: { version: number; changedAt: string };
}

export interface DraftState {
  draft: Draft;
  /** Something was typed that is not saved. */
  isChanged: boolean;
  /** Somebody saved after the author had begun. */
  isStale: boolean;
  change(next: (draft: Draft) => Draft): void;
  /** Go on from the saved version, without what was typed. */
  discard(): void;
  /** Keep what was typed, as a change of what is saved now. */
  rebase(): void;
  /** What was sent is saved; whatever was typed meanwhile stays. */
  saved(sent: Draft, version: Version): void;
}

const basisOf = ({ version, changedAt }: Version) => ({ version, changedAt });
const contentOf = ({ achievement, evidence }: Draft) => JSON.stringify([achievement, evidence]);

/** The draft of an achievement, kept in the browser while it is not saved. */
export function useDraft(latest: Version): DraftState {
  const { slug } = useIssuer();
  const [kept, keep, discard] = useKept<Draft | null>(`achievement.${slug}.${latest.id}`, null);
  const now = useRef(kept);
  now.current = kept;
  const saved = useMemo<Draft>(
    () => ({ achievement: latest.achievement, evidence: latest.evidence, basis: basisOf(latest) }),
    [latest],
  );
  const draft = kept ?? saved;
  return {
    draft,
    isChanged: kept !== null && contentOf(kept) !== contentOf(saved),
    isStale: kept !== null && JSON.stringify(kept.basis) !== JSON.stringify(saved.basis),
    change: useCallback(
      (next: (draft: Draft) => Draft) => {
        now.current = next(now.current ?? saved);
        keep(now.current);
      },
      [keep, saved],
    ),
    discard,
    rebase: () => keep({ ...draft, basis: saved.basis }),
    saved: (sent, version) => {
      const typed = now.current;
      if (typed === null || contentOf(typed) === contentOf(sent)) discard();
      else keep({ ...typed, basis: basisOf(version) });
    },
  };
}

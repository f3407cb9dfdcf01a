import { useCallback, useEffect, useState } from 'react';
import type { JsonObject } from '../../../../core/json/json.ts';
import { useIssuerQuery } from '../../queries.ts';
import type { Draft } from './draft.ts';
import type { JudgedDraft } from './judge.ts';

type Judge = typeof import('./judge.ts');
let coming: Promise<Judge | null> | undefined;
const load = () => {
  coming ??= import('./judge.ts').catch((error: unknown) => {
    console.error(error);
    // Asked again at the next page.
    coming = undefined;
    return null;
  });
  return coming;
};

/** The rules, which are loaded when they are first needed; null while they come, and `failed` when they do not. */
export function useJudge(): { judge: Judge | null; failed: boolean } {
  const [state, setState] = useState<{ judge: Judge | null; failed: boolean }>({ judge: null, failed: false });
  useEffect(() => {
    let isHere = true;
    void load().then((judge) => isHere && setState({ judge, failed: judge === null }));
    return () => {
      isHere = false;
    };
  }, []);
  return state;
}

/** A pause in typing after which the list follows, in milliseconds. */
const pause = 250;

/** What the framework says of what is written, while it is written; the last answer stays until the next is there. */
export function useJudged(id: string, { achievement, evidence }: Pick<Draft, 'achievement' | 'evidence'>) {
  const { judge, failed } = useJudge();
  const issuer = useIssuerQuery<{ id: string; profile: JsonObject }>('');
  const [judged, setJudged] = useState<JudgedDraft | null>(null);
  const { data } = issuer;
  const judgeDraft = useCallback(async (): Promise<JudgedDraft | null> => {
    if (judge === null || data === undefined) return null;
    return await judge.judge({
      achievement: { ...achievement, id: `${location.origin}/achievements/${id}` },
      issuer: { ...data.profile, id: data.id },
      evidence,
    });
  }, [judge, data, achievement, evidence, id]);
  useEffect(() => {
    let isLast = true;
    const look = async () => {
      const found = await judgeDraft();
      if (isLast && found !== null) setJudged(found);
    };
    const timer = setTimeout(() => void look().catch(console.error), pause);
    return () => {
      isLast = false;
      clearTimeout(timer);
    };
  }, [judgeDraft]);
  /** Without waiting for a pause; null while the rules are not there. */
  const judgeNow = async (): Promise<JudgedDraft | null> => {
    const found = await judgeDraft();
    if (found !== null) setJudged(found);
    return found;
  };
  return { judge, judged, judgeNow, failed: failed || issuer.isError };
}

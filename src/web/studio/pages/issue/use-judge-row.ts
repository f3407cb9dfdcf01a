import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { JsonObject } from '../../../../core/json/json.ts';
import type { Policy } from '../../../../server/policy/policy.ts';
import { useIssuerQuery } from '../../queries.ts';
import type { GridRowCells, GridRules } from './grid.ts';
import type { Options } from './ListOptions.tsx';
import type { JudgeRow } from './WillReadAs.tsx';

/** Judges a row once; null while the rules and the issuer's profile are not there, and `failed` when they do not come. */
export function useJudgeRow(
  achievementId: string,
  rules: GridRules,
  proof: Policy['proof'],
  { validFrom, validUntil }: Options,
): { judge: JudgeRow | null; failed: boolean } {
  const code = useQuery({
    queryKey: ['code', 'judge-row'],
    queryFn: () => import('./judge-row.ts'),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
  const issuer = useIssuerQuery<{ id: string; profile: JsonObject }>('');
  const { data: module } = code;
  const { data: of } = issuer;
  const judge = useMemo(() => {
    if (module === undefined || of === undefined) return null;
    const publicUrl = location.origin;
    const series = {
      achievement: { ...rules.achievement, id: `${publicUrl}/achievements/${achievementId}` },
      issuer: { ...of.profile, id: of.id },
      proof,
      dates: { validFrom, validUntil },
      publicUrl,
    };
    const known = new WeakMap<GridRowCells, ReturnType<JudgeRow>>();
    return (row: GridRowCells) => {
      const before = known.get(row) ?? module.judgeRow(row, rules, series);
      known.set(row, before);
      return before;
    };
  }, [module, of, rules, achievementId, proof, validFrom, validUntil]);
  return { judge, failed: code.isError || issuer.isError };
}

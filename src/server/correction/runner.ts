import { isWrittenTo } from '../claim/letters.ts';
import type { IssuingDeps } from '../issuing.ts';
import { findPolicy } from '../policy/policy.ts';
import { Runner, workOnChunk } from '../runner.ts';
import { allocatePlaces } from '../status-list/allocate.ts';
import { changeItems } from './change-chunk.ts';
import { CorrectionStopped, endIfEmpty, failNextItem } from './progress.ts';
import { reissueItems, seriesOfCorrection } from './reissue-chunk.ts';
import { type CorrectionRow, takeItems } from './store.ts';

/** Signing takes longer than changing a status. */
const chunkSizes = { change: 500, reissue: 100 };

type CorrectionDeps = Pick<IssuingDeps, 'db' | 'masterKey' | 'publicUrl' | 'lists' | 'now'>;

/** Works on running corrections, beside any number of other processes. */
export function runCorrections(deps: CorrectionDeps, onError: (error: unknown) => void): Runner {
  return new Runner(
    (isClosing) => async () => {
      const correction = await nextCorrection(deps);
      if (correction === undefined) return 0;
      const signs = correction.kind === 'reissue' || correction.kind === 'correct';
      const work = {
        size: signs ? chunkSizes.reissue : chunkSizes.change,
        take: (size: number) => correctChunk(deps, correction, size),
        failNext: () => failNextItem(deps.db, correction.id),
      };
      return await workOnChunk(work, isClosing, onError);
    },
    { lanes: 1, onError },
  );
}

/**
 * Work on the next items of a correction. Gives how many were taken; 0 when none waits, or the correction is not running any
 * more.
 */
export async function correctChunk(deps: CorrectionDeps, correction: CorrectionRow, size: number): Promise<number> {
  const { db } = deps;
  const signs = correction.kind === 'reissue' || correction.kind === 'correct';
  const series = signs ? await seriesOfCorrection(deps, correction) : null;
  const places = signs ? await allocatePlaces(db, correction.issuer_id, size) : [];
  const writesTo = signs && isWrittenTo((await findPolicy(db, correction.issuer_id)).policy);
  let lists: string[] = [];
  try {
    const taken = await db.transaction().execute(async (trx) => {
      const found = await takeItems(trx, correction.id, size);
      const now = deps.now();
      const [first] = found;
      if (first === undefined) {
        await endIfEmpty(trx, correction, now);
        return 0;
      }
      const items = found.filter(({ act }) => act === first.act);
      if (first.act === 'reissue' && series !== null)
        lists = await reissueItems(trx, deps, correction, { series, places, items, writesTo }, now);
      else if (first.act !== 'reissue' && first.act !== 'none')
        lists = await changeItems(trx, correction, first.act, items, now);
      return items.length;
    });
    for (const list of lists) deps.lists.forget(list);
    return taken;
  } catch (error) {
    if (error instanceof CorrectionStopped) return 0;
    throw error;
  }
}

function nextCorrection({ db }: CorrectionDeps): Promise<CorrectionRow | undefined> {
  return db
    .selectFrom('correction')
    .selectAll()
    .where('state', '=', 'running')
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

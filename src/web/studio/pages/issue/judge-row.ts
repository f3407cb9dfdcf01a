import '../../../no-eval.ts';
import { checkCredential } from '../../../../core/framework/check-credential.ts';
import { defaultPack } from '../../../../core/framework/default-pack.ts';
import type { FrameworkReport } from '../../../../core/framework/report.ts';
import { buildFromAchievement } from '../../../../core/issue/build-from-achievement.ts';
import { readMoment } from '../../../../core/issue/learner.ts';
import type { JsonObject } from '../../../../core/json/json.ts';
import { webCryptography } from '../../../../core/web-cryptography.ts';
import type { Policy } from '../../../../server/policy/policy.ts';
import { type GridRowCells, type GridRules, readRow } from './grid.ts';

// Loaded when there is a row to judge: the rules, and what builds credentials.

/** What the credentials of a grid have in common, as the service puts it into them. */
export interface Series {
  /** With their ids. */
  achievement: JsonObject;
  issuer: JsonObject;
  proof: Policy['proof'];
  /** Days, or nothing, for rows that name none. */
  dates: { validFrom: string; validUntil: string };
  publicUrl: string;
}

/**
 * What the framework will say of the credential that a row becomes, once it is issued; null while none can be built of it. Under the
 * default pack, and with the order of levels protected or not, as in every credential that this service signs.
 */
export async function judgeRow(row: GridRowCells, rules: GridRules, series: Series): Promise<FrameworkReport | null> {
  const learner = readRow(row, rules);
  if (learner === null) return null;
  const { achievement, issuer, proof, dates, publicUrl } = series;
  const built = await buildFromAchievement(
    { achievement, issuer, learner },
    {
      cryptography: webCryptography,
      now: new Date(),
      evidenceFiles: filesOf(learner.evidence ?? [], publicUrl),
      ...moment('validFrom', dates.validFrom, rules.timeZone),
      ...moment('validUntil', dates.validUntil, rules.timeZone),
    },
  );
  return built.ok
    ? checkCredential(built.credential, { pack: defaultPack, listOrderProtected: proof === 'vc-jwt' })
    : null;
}

function moment(name: 'validFrom' | 'validUntil', day: string, timeZone: string) {
  const read = readMoment(day, timeZone);
  return read === undefined ? {} : { [name]: read };
}

/** The service knows their digests; no rule asks for them. */
function filesOf(evidence: readonly JsonObject[], publicUrl: string) {
  const ids = evidence.flatMap(({ file }) => (typeof file === 'string' ? [file] : []));
  return new Map(
    ids.map((id) => [
      id,
      { id: `${publicUrl}/evidence/${id}`, mediaType: 'application/octet-stream', digestMultibase: 'z' },
    ]),
  );
}

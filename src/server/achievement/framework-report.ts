import { listForAuthor } from '../../core/framework/author-list.ts';
import { checkCredential } from '../../core/framework/check-credential.ts';
import { defaultPack } from '../../core/framework/default-pack.ts';
import type { ClassReport, FrameworkReport } from '../../core/framework/report.ts';
import { buildFromAchievement } from '../../core/issue/build-from-achievement.ts';
import type { EvidenceRequirement } from '../../core/issue/check-mastery.ts';
import { buildChecked } from '../../core/issue/issue-credential.ts';
import { anyLearner, passingLearner } from '../../core/issue/judge-achievement.ts';
import type { Learner } from '../../core/issue/learner.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { didOf } from '../issuer/did.ts';
import type { IssuerRow } from '../issuer/store.ts';
import { addressOf } from './store.ts';

/** An achievement with its id and the profile of its issuer: what all its credentials have in common. */
export interface Common {
  achievement: JsonObject;
  issuer: JsonObject;
}

/** An achievement as its credentials carry it. `id`: of an achievement that is kept, or what stands for one. */
export const commonOf = (publicUrl: string, document: JsonObject, id: string, issuer: IssuerRow): Common => ({
  achievement: { ...document, id: addressOf(publicUrl, id) },
  issuer: { ...(JSON.parse(issuer.profile) as JsonObject), id: didOf(publicUrl, issuer.slug) },
});

/** What would keep credentials from being built of it. */
export async function findFaults(common: Common, now: Date, learner = anyLearner) {
  const options = { cryptography: nodeCryptography, now, allowBelowPassMark: true };
  const built = await buildChecked({ ...common, learner }, options);
  return built.ok ? [] : built.findings;
}

/** What the framework says of an achievement, and the list that helps its author. */
export interface Judgement {
  /** Of a credential of it without a learner's results and evidence; null when nothing can be built of it. */
  framework: FrameworkReport | null;
  author: { class: string; items: ReturnType<typeof authorList> } | null;
  /** The class that its credentials can support. */
  attainable: ClassReport | null;
}

/** Judge an achievement; also a draft that breaks the data model, as far as it goes. `gateClass`: what its issuer aims at. */
export async function judge(
  common: Common,
  evidence: EvidenceRequirement | null,
  gateClass: string,
  now: Date,
): Promise<Judgement> {
  const framework = await check(common, anyLearner, now);
  return {
    framework,
    author: framework && { class: gateClass, items: authorList(framework, gateClass) },
    attainable: await attainableClass(common, evidence, now),
  };
}

/** The class that its credentials support for somebody who did all that is asked. */
export async function attainableClass(
  common: Common,
  evidence: EvidenceRequirement | null,
  now: Date,
): Promise<ClassReport | null> {
  return (await attainable(common, evidence, now))?.classes ?? null;
}

/** The whole report of such a credential; null when none can be built. */
export function attainable(
  common: Common,
  evidence: EvidenceRequirement | null,
  now: Date,
): Promise<FrameworkReport | null> {
  return check(common, passingLearner({ ...common, evidence }, now), now);
}

async function check(common: Common, learner: Learner, now: Date): Promise<FrameworkReport | null> {
  const built = await buildFromAchievement({ ...common, learner }, { cryptography: nodeCryptography, now });
  return built.ok ? checkCredential(built.credential, { pack: defaultPack, listOrderProtected: true }) : null;
}

/** One line of the author's list: what is asked, how it stands, what helps, and where it goes. */
function authorList(report: FrameworkReport, wanted: string) {
  return listForAuthor(report, defaultPack, wanted).map(({ rule, path, ...item }) => ({
    id: rule.id,
    field: rule.field,
    ...item,
    sentence: rule.sentence,
    place: path ?? null,
    from: path === undefined ? null : sourceOf(path),
  }));
}

/** Who supplies what goes to this place. */
function sourceOf(path: string): 'achievement' | 'issuer' | 'learner' {
  if (/^\$\.credentialSubject\.achievement\b/.test(path)) return 'achievement';
  return /^\$\.issuer\b/.test(path) ? 'issuer' : 'learner';
}

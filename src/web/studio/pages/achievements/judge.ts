import '../../../no-eval.ts';
import type { Sentence } from '../../../../core/catalogue/sentence.ts';
import type { Finding } from '../../../../core/finding.ts';
import {
  type AuthorItem,
  aimedClass,
  countRequired,
  listForAuthor,
  type RequiredParts,
} from '../../../../core/framework/author-list.ts';
import { checkCredential } from '../../../../core/framework/check-credential.ts';
import { defaultPack } from '../../../../core/framework/default-pack.ts';
import type { Pack } from '../../../../core/framework/pack.ts';
import { bundledPacks } from '../../../../core/framework/packs.ts';
import type { ClassId, FrameworkReport } from '../../../../core/framework/report.ts';
import { translateReport } from '../../../../core/framework/translate-report.ts';
import { translatePack } from '../../../../core/framework/translation.ts';
import { reachesClass } from '../../../../core/issue/gate.ts';
import { type AuthoredDraft, type JudgedDraft, judgeDraft } from '../../../../core/issue/judge-achievement.ts';
import type { JsonObject } from '../../../../core/json/json.ts';
import type { Translation } from '../../../../core/translate.ts';
import { webCryptography } from '../../../../core/web-cryptography.ts';
import { type Jump, jumpOf } from './jump.ts';

// Loaded when an author page opens: the rules, the data model, and what builds credentials of a draft.

export type { JudgedDraft, RequiredParts };

/** Judge what is written, in this browser. */
export function judge(draft: AuthoredDraft): Promise<JudgedDraft> {
  return judgeDraft(draft, { cryptography: webCryptography, now: new Date() });
}

/** The packs that a draft can be judged by, by id; issuing asks by the first. */
export const packChoices = (translation: Translation | null): [string, string][] =>
  bundledPacks.map((pack) => [pack.id, packIn(translation, pack).title]);

/** What another pack says of a draft that was judged. */
export function reportBy(packId: string, { report, credential }: JudgedDraft): FrameworkReport | null {
  const pack = bundledPacks.find(({ id }) => id === packId) ?? defaultPack;
  if (pack === defaultPack || credential === null) return report;
  return checkCredential(credential, { pack, listOrderProtected: true });
}

/** A line of the list, with the way to where the author sees to it. */
export type ListedItem = AuthorItem & { jump: Jump };

/** The list that helps the author of a class, in the language of the page. */
export interface AuthorList {
  /** Null for the pack that issuing asks by, else what the other is called. */
  otherPack: string | null;
  class: { id: ClassId; label: string };
  items: ListedItem[];
  count: RequiredParts;
  /** What a receiver reads of the class. */
  sentence: string;
}

/** What is asked for a class, and how it stands; for the class that is plainly aimed at when none is named. */
export function listOf(
  report: FrameworkReport,
  achievement: JsonObject,
  wanted: ClassId | null,
  translation: Translation | null,
): AuthorList {
  const source = bundledPacks.find(({ id }) => id === report.pack.id) ?? defaultPack;
  const pack = packIn(translation, source);
  const chosen = pack.classes.find((entry) => entry.id === wanted)?.id;
  const id = chosen ?? aimedClass(report, pack) ?? pack.classes[0]?.id ?? '';
  const said = translation === null ? report : translateReport(report, translation.words, translation.packs);
  const about = { pack, report, achievement };
  const items = listForAuthor(said, pack, id).flatMap((item): ListedItem[] => {
    const rule = pack.rules.find((entry) => entry.id === item.rule.id);
    return rule === undefined ? [] : [{ ...item, jump: jumpOf(rule, item.rule, about) }];
  });
  return {
    otherPack: source === defaultPack ? null : pack.title,
    class: { id, label: pack.classes.find((entry) => entry.id === id)?.label ?? id },
    items,
    count: countRequired(items),
    sentence: said.classes.sentence,
  };
}

/** The class that the policy asks of credentials, and whether those of this draft support it. */
export function askedOf(report: FrameworkReport, wanted: ClassId, translation: Translation | null) {
  const { classes } = packIn(translation);
  return {
    label: classes.find(({ id }) => id === wanted)?.label ?? wanted,
    isReached: reachesClass(report.classes, wanted, defaultPack),
  };
}

/** A class of the framework: what it is issued for, and which parts it alone requires. */
export interface ClassMeaning {
  label: string;
  definition: string;
  required: number;
  own: string[];
}

export function meaningOf(id: ClassId, translation: Translation | null): ClassMeaning {
  const { classes, rules } = packIn(translation);
  const found = classes.find((entry) => entry.id === id);
  const required = rules.filter(({ expects }) => expects[id] === 'required');
  const others = classes.map((entry) => entry.id).filter((other) => other !== id);
  const own = required.filter(({ expects }) => others.every((other) => expects[other] !== 'required'));
  return {
    label: found?.label ?? id,
    definition: found?.definition ?? '',
    required: required.length,
    own: own.map(({ field }) => field),
  };
}

const packIn = (translation: Translation | null, pack: Pack = defaultPack) =>
  translation === null ? pack : translatePack(pack, translation.packs, translation.words.language);

const inAchievement = '/credentialSubject/achievement';

/** Findings about a built credential as faults of the achievement's places, and those that have no place in it. */
export function faultsOf(findings: readonly Finding[], words: (finding: Finding) => Sentence) {
  const places = new Map<string, string>();
  const rest: string[] = [];
  for (const finding of findings) {
    const { say } = words(finding);
    const { pointer = '' } = finding;
    if (pointer.startsWith(inAchievement)) places.set(pointer.slice(inAchievement.length), say);
    else rest.push(say);
  }
  return { places, rest: [...new Set(rest)] };
}

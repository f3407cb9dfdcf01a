import type { Assessment } from './assess.ts';
import { english } from './catalogue/en/index.ts';
import type { Language } from './catalogue/language.ts';
import { loadWords } from './catalogue/load-words.ts';
import type { Words } from './catalogue/words.ts';
import { translateReport } from './framework/translate-report.ts';
import type { PackTranslation } from './framework/translation.ts';
import type { Hallmark } from './hallmark.ts';

/** Everything that it takes to say in one language what the core reports. */
export interface Translation {
  words: Words;
  packs: readonly PackTranslation[];
}

export const englishTranslation: Translation = { words: english, packs: [] };

/** A language's sentences and the texts of the bundled packs; all but English are loaded when they are asked for. */
export async function loadTranslation(language: Language): Promise<Translation> {
  if (language === 'en') return englishTranslation;
  const [words, packs] = await Promise.all([loadWords(language), import('./framework/packs/es.ts')]);
  return { words, packs: packs.spanishPacks };
}

/** The same assessment in another language: only sentences and the names of classes and rules differ, no outcome does. */
export function translateAssessment(assessment: Assessment, { words, packs }: Translation): Assessment {
  if (words.language === 'en') return assessment;
  const { framework, hallmark, credentials, refreshed } = assessment;
  const translated = framework && translateReport(framework, words, packs);
  return {
    ...assessment,
    framework: translated,
    hallmark: translated === null ? hallmark : nameClass(hallmark, framework, translated),
    credentials: credentials.map((inner) => translateAssessment(inner, { words, packs })),
    ...(refreshed && { refreshed: translateAssessment(refreshed, { words, packs }) }),
  };
}

/** The stamp Class carries the label of its class. */
function nameClass(
  hallmark: Hallmark,
  before: Assessment['framework'],
  after: NonNullable<Assessment['framework']>,
): Hallmark {
  const stamp = hallmark.stamps.class;
  const place = before?.pack.classes.findIndex(({ label }) => label === stamp.params?.class) ?? -1;
  const label = after.pack.classes[place]?.label;
  if (label === undefined) return hallmark;
  return {
    ...hallmark,
    stamps: { ...hallmark.stamps, class: { ...stamp, params: { ...stamp.params, class: label } } },
  };
}

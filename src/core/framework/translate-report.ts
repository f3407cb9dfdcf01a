import type { Words } from '../catalogue/words.ts';
import { renderClass, renderContradiction } from './class-sentence.ts';
import { renderMastery } from './mastery-sentence.ts';
import type { FrameworkReport, RuleResult } from './report.ts';
import { renderRule, renderSchemaError } from './rule-sentence.ts';
import type { PackTranslation } from './translation.ts';

/**
 * The same report with its sentences in another language. The rules' own texts need a translation of their pack; without
 * one they stay in the language of the pack, and everything else is said in the words given.
 */
export function translateReport(
  report: FrameworkReport,
  words: Words,
  translations: readonly PackTranslation[],
): FrameworkReport {
  const { id, version } = report.pack;
  const own = translations.find((entry) => entry.pack === `${id}@${version}` && entry.language === words.language);
  const pack = {
    ...report.pack,
    ...(own && { title: own.title, notice: own.notice }),
    classes: report.pack.classes.map((entry) => ({ ...entry, label: own?.classes[entry.id]?.label ?? entry.label })),
  };
  const rules = report.rules.map((rule) => translateRule(rule, words, own));
  const { classes } = report;
  const names = { classes: pack.classes, rules, otherwise: own?.otherwise ?? classes.sentence };
  return {
    ...report,
    pack,
    rules,
    classes: {
      ...classes,
      contradictions: classes.contradictions.map((entry) => ({
        ...entry,
        sentence: renderContradiction(entry, classes.declared, names, words),
      })),
      sentence: report.inner === undefined ? renderClass(classes, names, words) : words.classSentences.record,
    },
    mastery: {
      ...report.mastery,
      statements: report.mastery.statements.map((entry) => ({ ...entry, sentence: renderMastery(entry, words) })),
    },
    ...(report.inner && {
      inner: report.inner.map((entry) => (entry === null ? null : translateReport(entry, words, translations))),
    }),
  };
}

function translateRule(rule: RuleResult, words: Words, own: PackTranslation | undefined): RuleResult {
  const nearMisses = rule.nearMisses.map((miss) => ({
    ...miss,
    errors: miss.causes.map((cause) => renderSchemaError(cause, words)),
  }));
  const texts = own?.rules[rule.id];
  if (own === undefined || texts === undefined) return { ...rule, nearMisses };
  const phrase = (text: string) => own.phrases[text] ?? text;
  const { place } = rule;
  const translated: RuleResult = {
    ...rule,
    field: texts.field,
    nearMisses,
    mistakes: rule.mistakes.map(({ pointer, say }) => ({ pointer, say: phrase(say) })),
    ...(place && { place: place.note === undefined ? place : { ...place, note: phrase(place.note) } }),
  };
  return { ...translated, sentence: renderRule(translated, texts.receiver, words) };
}

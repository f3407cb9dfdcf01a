import { z } from 'zod';
import type { Language } from '../catalogue/language.ts';
import type { Finding, FindingCode } from '../finding.ts';
import { toPointer } from '../json/pointer.ts';
import type { Pack, PackRule } from './pack-file.ts';
import { placeholdersIn } from './rule-sentence.ts';

const text = z.string().min(1).max(2000);

const translationFile = z.strictObject({
  /** `id@version` of the pack. */
  pack: z.string().max(300),
  language: z.string().max(35),
  title: text,
  notice: text,
  otherwise: text,
  classes: z.record(z.string(), z.strictObject({ label: text, definition: text })),
  rules: z.record(
    z.string(),
    z.strictObject({
      field: text,
      purpose: text,
      help: z.strictObject({ write: text, example: text, mistake: text }),
      receiver: z.strictObject({ met: text, missing: text }),
    }),
  ),
  /** Notes of places and what is said of mistakes, by the pack's own text. */
  phrases: z.record(z.string(), text),
});

/** The texts of a pack in another language, made by `parseTranslation`. Classes and rules that it lacks stay as they are. */
export type PackTranslation = z.infer<typeof translationFile>;

export type ParseTranslationResult =
  | { ok: true; translation: PackTranslation }
  | { ok: false; findings: [Finding, ...Finding[]] };

/** Read the translation file of a pack, from parsed JSON. What the pack does not have is refused: it is a slip of the pen. */
export function parseTranslation(value: unknown, pack: Pack): ParseTranslationResult {
  const read = translationFile.safeParse(value);
  if (!read.success) {
    const [first, ...rest] = read.error.issues.map((issue) => {
      const tokens = issue.path.map(String);
      return fault('pack-value', tokens, { name: tokens.at(-1) ?? '' });
    });
    return { ok: false, findings: [first ?? fault('pack-value', [], { name: '' }), ...rest] };
  }
  const translation = read.data;
  const [first, ...rest] = [
    ...(translation.pack === idOf(pack)
      ? []
      : [fault('translation-other-pack', ['pack'], { found: translation.pack, pack: idOf(pack) })]),
    ...unknownIn(translation, pack),
    ...wrongParameters(translation, pack),
  ];
  return first === undefined ? { ok: true, translation } : { ok: false, findings: [first, ...rest] };
}

/** What a translation of a pack would still have to say, as pointers into its file. */
export function missingIn(translation: PackTranslation, pack: Pack): string[] {
  const lacking = (member: 'classes' | 'rules' | 'phrases', ids: readonly string[]) =>
    ids.filter((id) => !Object.hasOwn(translation[member], id)).map((id) => toPointer([member, id]));
  return [
    ...lacking(
      'classes',
      pack.classes.map(({ id }) => id),
    ),
    ...lacking(
      'rules',
      pack.rules.map(({ id }) => id),
    ),
    ...lacking('phrases', phrasesOf(pack)),
  ];
}

/** A pack with the texts of a translation, for showing. To check with, give the pack itself: outcomes have no language. */
export function translatePack(pack: Pack, translations: readonly PackTranslation[], language: Language): Pack {
  const translation = translations.find((entry) => entry.pack === idOf(pack) && entry.language === language);
  if (translation === undefined) return pack;
  const { title, notice, otherwise, phrases } = translation;
  const phrase = (words: string) => phrases[words] ?? words;
  const translateRule = (rule: PackRule): PackRule => ({
    ...rule,
    ...translation.rules[rule.id],
    ...(rule.places && {
      places: rule.places.map((place) => (place.note === undefined ? place : { ...place, note: phrase(place.note) })),
    }),
    ...(rule.mistakes && { mistakes: rule.mistakes.map(({ path, say }) => ({ path, say: phrase(say) })) }),
  });
  return {
    ...pack,
    title,
    notice,
    appliesTo: { ...pack.appliesTo, otherwise },
    classes: pack.classes.map((entry) => ({ ...entry, ...translation.classes[entry.id] })),
    rules: pack.rules.map(translateRule),
  };
}

function idOf({ id, version }: Pick<Pack, 'id' | 'version'>): string {
  return `${id}@${version}`;
}

function phrasesOf({ rules }: Pack): string[] {
  const said = rules.flatMap(({ places = [], mistakes = [] }) => [
    ...places.flatMap(({ note }) => (note === undefined ? [] : [note])),
    ...mistakes.map(({ say }) => say),
  ]);
  return [...new Set(said)];
}

function unknownIn({ classes, rules, phrases }: PackTranslation, pack: Pack): Finding[] {
  const unknown = (member: string, given: object, known: readonly string[]) =>
    Object.keys(given)
      .filter((id) => !known.includes(id))
      .map((id) => fault('translation-unknown', [member, id], { name: id }));
  return [
    ...unknown(
      'classes',
      classes,
      pack.classes.map(({ id }) => id),
    ),
    ...unknown(
      'rules',
      rules,
      pack.rules.map(({ id }) => id),
    ),
    ...unknown('phrases', phrases, phrasesOf(pack)),
  ];
}

/** A name in braces that the pack's text does not use has no value to be filled in with. */
function wrongParameters({ rules }: PackTranslation, pack: Pack): Finding[] {
  return pack.rules.flatMap(({ id, receiver }) =>
    (['met', 'missing'] as const).flatMap((which) => {
      const known = placeholdersIn(receiver[which]);
      return [...placeholdersIn(rules[id]?.receiver[which] ?? '')]
        .filter((name) => !known.has(name))
        .map((name) => fault('translation-parameter', ['rules', id, 'receiver', which], { name: `{${name}}` }));
    }),
  );
}

function fault(code: FindingCode, tokens: readonly string[], params: Record<string, string>): Finding {
  return { code, severity: 'error', pointer: toPointer(tokens), params };
}

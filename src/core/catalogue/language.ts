/** The languages that Assay speaks. A new one is a folder of sentences beside `en`, and a translation of each pack. */
export const languages = ['en', 'es'] as const;

export type Language = (typeof languages)[number];

/** Each language's name in itself. */
export const languageNames: Record<Language, string> = { en: 'English', es: 'Español' };

/** Which way each is written. */
export const directions: Record<Language, 'ltr' | 'rtl'> = { en: 'ltr', es: 'ltr' };

// Day before month in both: a number for the month would be read differently on either side of an ocean.
const locales: Record<Language, string> = { en: 'en-GB', es: 'es' };

/** The first of the wanted language tags that Assay speaks, by its language alone; else English. */
export function chooseLanguage(wanted: readonly (string | null | undefined)[]): Language {
  for (const tag of wanted) {
    const known = languages.find((language) => language === tag?.toLowerCase().split(/[-_.@]/)[0]);
    if (known !== undefined) return known;
  }
  return 'en';
}

/** The language tags of an Accept-Language header (RFC 9110 §12.5.4), the most wanted first. */
export function readAcceptLanguage(header: string | undefined): string[] {
  return (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part, index) => {
      const [tag = '', ...rest] = part.trim().split(';');
      const weight = rest.map((text) => /^\s*q=([\d.]+)/.exec(text)?.[1]).find((text) => text !== undefined);
      return { tag, index, weight: weight === undefined ? 1 : Number(weight) || 0 };
    })
    .filter(({ tag, weight }) => tag !== '' && weight > 0)
    .sort((a, b) => b.weight - a.weight || a.index - b.index)
    .map(({ tag }) => tag);
}

interface Formats {
  day: Intl.DateTimeFormat;
  minute: Intl.DateTimeFormat;
  number: Intl.NumberFormat;
  plural: Intl.PluralRules;
}

const made: Partial<Record<Language, Formats>> = {};

/** Made once for each language: making them is slow. */
function formatsOf(language: Language): Formats {
  const locale = locales[language];
  made[language] ??= {
    day: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }),
    minute: new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }),
    number: new Intl.NumberFormat(locale),
    plural: new Intl.PluralRules(locale),
  };
  return made[language];
}

/** A date in full, in UTC; the time too unless it is midnight. Text that is no date stays as it is. */
export function formatDate(iso: string, language: Language = 'en'): string {
  const date = new Date(iso);
  if (!/^\d{4}-\d{2}-\d{2}/.test(iso) || Number.isNaN(date.getTime())) return iso;
  const { day, minute } = formatsOf(language);
  return date.getTime() % 86_400_000 === 0 ? day.format(date) : `${minute.format(date)} UTC`;
}

const inZones = new Map<string, Intl.DateTimeFormat>();

/** A moment in full, as the clocks of a zone show it, and the zone. */
export function formatMoment(iso: string, timeZone: string, language: Language = 'en'): string {
  const key = `${language} ${timeZone}`;
  const known =
    inZones.get(key) ?? new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeStyle: 'short', timeZone });
  inZones.set(key, known);
  return `${known.format(new Date(iso))} (${timeZone})`;
}

export function formatNumber(number: number, language: Language = 'en'): string {
  return formatsOf(language).number.format(number);
}

/** Which of two forms goes with a number: both languages have one for one, and one for the rest. */
export function chooseForm(number: number, [one = '', other = one]: readonly string[], language: Language): string {
  return formatsOf(language).plural.select(number) === 'one' ? one : other;
}

import { fillIn } from '../../core/catalogue/fill-in.ts';
import { html } from '../page/html.ts';

/** Letters in words. `{…}` are replaced as plain text. */
const texts = {
  en: {
    subject: '{issuer} has awarded you a credential: {title}',
    greeting: 'Hello {name},',
    greetingNameless: 'Hello,',
    news: '{issuer} has awarded you the credential “{title}”.',
    todo: 'Read it on its page, then accept or decline it. You need no account and no password.',
    button: 'Read your credential',
    secret:
      'Until you accept it, this link alone opens the page. Whoever has the link can accept in your place: keep it to yourself.',
    stranger: 'If this is not for you, decline it on the same page, or do nothing.',
    endsSubject: 'Your credential from {issuer} ends on {date}: {title}',
    ends: 'Your credential “{title}” from {issuer} ends on {date}.',
    page: 'You find it here:',
  },
  es: {
    subject: '{issuer} le ha otorgado una credencial: {title}',
    greeting: 'Hola, {name}:',
    greetingNameless: 'Hola:',
    news: '{issuer} le ha otorgado la credencial «{title}».',
    todo: 'Léala en su página y luego acéptela o rechácela. No necesita cuenta ni contraseña.',
    button: 'Leer su credencial',
    secret:
      'Hasta que la acepte, solo este enlace abre la página. Quien tenga el enlace puede aceptar en su lugar: guárdelo para usted.',
    stranger: 'Si no es para usted, rechácela en la misma página o no haga nada.',
    endsSubject: 'Su credencial de {issuer} vence el {date}: {title}',
    ends: 'Su credencial «{title}», de {issuer}, vence el {date}.',
    page: 'La encuentra aquí:',
  },
} as const satisfies Record<string, Record<string, string>>;

export type LetterLanguage = keyof typeof texts;

/** The letter that brings a learner the link to their credential. */
export function writeClaimLetter(
  { name, title, issuer, language }: { name: string | null; title: string; issuer: string; language: LetterLanguage },
  link: string,
): { subject: string; text: string; html: string } {
  const words = texts[language];
  const params = { name: oneLine(name ?? '', 200), title: oneLine(title, 300), issuer: oneLine(issuer, 200) };
  const say = (text: string) => fillIn(text, params);
  const greeting = say(params.name === '' ? words.greetingNameless : words.greeting);
  const after = [words.secret, words.stranger].map(say);
  const before = [greeting, say(words.news), say(words.todo)];
  return {
    subject: oneLine(say(words.subject), 200),
    text: `${[...before, link, ...after].join('\n\n')}\n`,
    html: html`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${say(words.subject)}</title></head>
<body style="font:16px/1.5 sans-serif;color:#15201d;max-width:36em">
${before.map((line) => html`<p>${line}</p>\n`)}<p><a href="${link}" style="display:inline-block;padding:12px 20px;background:#15201d;color:#ffffff;text-decoration:none">${words.button}</a></p>
<p style="font-size:14px"><a href="${link}">${link}</a></p>
${after.map((line) => html`<p style="font-size:14px">${line}</p>\n`)}</body></html>
`.text,
  };
}

/** The letter that says that a credential ends soon. */
export function writeReminder(
  { title, issuer, language, endsAt }: { title: string; issuer: string; language: LetterLanguage; endsAt: string },
  link: string,
): { subject: string; text: string } {
  const words = texts[language];
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(endsAt));
  const params = { title: oneLine(title, 300), issuer: oneLine(issuer, 200), date };
  const say = (text: string) => fillIn(text, params);
  return {
    subject: oneLine(say(words.endsSubject), 200),
    text: `${[say(words.ends), words.page, link].join('\n\n')}\n`,
  };
}

/** Text of others on one line: no control characters, none that turn the direction of what follows, not endless. */
function oneLine(text: string, maximum: number): string {
  const line = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= maximum ? line : `${characters.slice(0, maximum - 1).join('')}…`;
}

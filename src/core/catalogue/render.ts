import type { Finding } from '../finding.ts';
import type { Stamp } from '../hallmark.ts';
import { english } from './en/index.ts';
import { fillIn, type Params } from './fill-in.ts';
import { formatDate } from './language.ts';
import type { Sentence } from './sentence.ts';
import type { Words } from './words.ts';

/** A finding in words. Unknown parameters stay visible as `{name}`, so that a gap in a catalogue shows in tests. */
export function renderFinding({ code, params = {} }: Finding, words: Words = english): Sentence {
  const sentences: Record<string, Sentence> = words.findings;
  const sentence = sentences[code];
  if (!sentence) return { say: code };
  const shown = showParams(params, code, words);
  const fill = (text: string) => fillIn(text, shown, words.language);
  return sentence.todo === undefined
    ? { say: fill(sentence.say) }
    : { say: fill(sentence.say), todo: fill(sentence.todo) };
}

/** Dates in full, and why an address did not answer in words. A date that cannot be read is quoted as it stands. */
function showParams(params: Params, code: string, { language, reasonWords }: Words): Params {
  const shown: Record<string, string | number> = { ...params };
  if (typeof params.date === 'string' && code !== 'date-unreadable') shown.date = formatDate(params.date, language);
  if (typeof params.reason === 'string') {
    const [reason = '', ...more] = params.reason.split(' ');
    const known: Record<string, string> = reasonWords;
    if (Object.hasOwn(known, reason)) shown.reason = [known[reason], ...more].join(' ');
  }
  return shown;
}

/** A stamp in words: the short answer to its question, and why. */
export function renderStamp({ reason, params = {} }: Stamp, words: Words = english): { say: string; why: string } {
  const { say, why } = words.hallmarkReasons[reason];
  const shown = typeof params.date === 'string' ? { ...params, date: formatDate(params.date, words.language) } : params;
  return { say: fillIn(say, shown, words.language), why: fillIn(why, shown, words.language) };
}

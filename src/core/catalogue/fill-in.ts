import { chooseForm, formatNumber, type Language } from './language.ts';

export type Params = Readonly<Record<string, string | number>>;

/**
 * Replace each `{name}` by the parameter of that name, and each `{name:one|other}` by the form that goes with its number.
 * Names without a parameter stay as they are.
 */
export function fillIn(text: string, params: Params = {}, language: Language = 'en'): string {
  let filled = '';
  let from = 0;
  for (let open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
    const close = text.indexOf('}', open);
    const [name = '', forms] = text.slice(open + 1, close).split(':');
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (close < 0 || value === undefined) continue;
    filled += text.slice(from, open);
    if (forms !== undefined) filled += chooseForm(Number(value), forms.split('|'), language);
    else filled += typeof value === 'number' ? formatNumber(value, language) : value;
    from = close + 1;
  }
  return filled + text.slice(from);
}

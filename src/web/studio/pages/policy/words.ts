import type { Policy, PolicyName } from '../../../../server/policy/policy.ts';
import type { ShownPolicy } from '../../../../server/policy/routes.ts';
import { fill } from '../../../texts/language.ts';
import { kinds } from './decisions.ts';
import type { texts as english } from './en.ts';

type Texts = typeof english;

/** A decision in words. */
export function valueWords(texts: Texts, name: PolicyName, value: Policy[PolicyName]): string {
  if (value === null) return texts.never;
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'boolean') return value ? texts.yes : texts.no;
  const choices: Record<string, Record<string, string>> = texts.values;
  if (kinds[name] === 'days') return fill(texts.days, { count: Number(value) });
  if (kinds[name] === 'megabytes') return fill(texts.megabytes, { count: Number(value) / 1_000_000 });
  return choices[name]?.[String(value)] ?? String(value);
}

/** Who decided what would hold here without an own decision. */
export function sourceWords(texts: Texts, { from }: Pick<ShownPolicy, 'from'>, name: PolicyName): string {
  const above = from[name];
  return above === undefined ? texts.standard : fill(texts.from, { issuer: above.name });
}

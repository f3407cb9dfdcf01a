import type { Finding } from '../finding.ts';
import { english } from './en/index.ts';
import type { Sentence } from './sentence.ts';

/** A finding in words. Unknown parameters stay visible as `{name}`, so that a gap in a catalogue shows in tests. */
export function renderFinding(finding: Finding, catalogue: Record<string, Sentence> = english): Sentence {
  const sentence = catalogue[finding.code];
  if (!sentence) return { say: finding.code };
  const fill = (text: string) => fillIn(text, finding.params);
  return sentence.todo === undefined
    ? { say: fill(sentence.say) }
    : { say: fill(sentence.say), todo: fill(sentence.todo) };
}

/** Replace each `{name}` by the parameter of that name; names without a parameter stay as they are. */
export function fillIn(text: string, params: Record<string, string | number> = {}): string {
  let filled = '';
  let from = 0;
  for (let open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
    const close = text.indexOf('}', open);
    const name = text.slice(open + 1, close);
    if (close < 0 || !Object.hasOwn(params, name)) continue;
    filled += text.slice(from, open) + params[name];
    from = close + 1;
  }
  return filled + text.slice(from);
}

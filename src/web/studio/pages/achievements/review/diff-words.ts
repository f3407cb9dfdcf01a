/** A run of words that both texts have, or one of them. */
export interface Run {
  kind: 'same' | 'out' | 'in';
  text: string;
}

/** Beyond so many pairs of words two texts are shown whole. */
const maximumPairs = 1_000_000;

/** What was taken out of a text and put into it, word by word. */
export function diffWords(before: string, after: string): Run[] {
  const [old, current] = [wordsOf(before), wordsOf(after)];
  if (old.length * current.length > maximumPairs)
    return [
      { kind: 'out', text: before },
      { kind: 'in', text: after },
    ];
  // Longest common subsequence, from the end.
  const width = current.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = current.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        old[i] === current[j]
          ? (lengths[(i + 1) * width + j + 1] as number) + 1
          : Math.max(lengths[(i + 1) * width + j] as number, lengths[i * width + j + 1] as number);
  const runs: Run[] = [];
  const add = (kind: Run['kind'], text: string) => {
    const last = runs.at(-1);
    if (last?.kind === kind) last.text += text;
    else runs.push({ kind, text });
  };
  let [i, j] = [0, 0];
  while (i < old.length || j < current.length) {
    if (i < old.length && j < current.length && old[i] === current[j]) {
      add('same', old[i] as string);
      i++;
      j++;
    } else if (
      j === current.length ||
      (i < old.length && (lengths[(i + 1) * width + j] as number) >= (lengths[i * width + j + 1] as number))
    )
      add('out', old[i++] as string);
    else add('in', current[j++] as string);
  }
  return runs;
}

/** Words, and what is between them. */
const wordsOf = (text: string): readonly string[] => text.match(/\s+|\S+/g) ?? [];

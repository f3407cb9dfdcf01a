/** The words of texts, to be found by: without case and accents, letters and digits alone, each once. */
export function wordsOf(...texts: (string | null)[]): string[] {
  const folded = texts.join(' ').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return [...new Set(folded.match(/[\p{L}\p{N}]+/gu) ?? [])];
}

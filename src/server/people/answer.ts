import type { people } from '../texts/en/people.ts';

/** Why better-auth did not do it, in a sentence; null when it did. */
export async function faultOf(answer: Response, sentences: typeof people.answers): Promise<string | null> {
  if (answer.ok) return null;
  if (answer.status === 429) return sentences.tooMany;
  const { code = '' } = (await answer.json().catch(() => ({}))) as { code?: string };
  return (sentences as Record<string, string>)[code] ?? sentences.other;
}

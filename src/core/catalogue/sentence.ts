/** One finding in words. `{name}` is replaced by the finding's parameter of that name, as plain text. */
export interface Sentence {
  /** What happened and where, one sentence for a person who is no engineer. */
  say: string;
  /** What to do about it, one sentence. */
  todo?: string;
}

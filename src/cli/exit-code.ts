/** Exit codes (README, "The command line"): scripts rely on them. */
export const exitCode = { done: 0, failed: 1, cannotTell: 2, misuse: 3 } as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

const byGravity: readonly ExitCode[] = [exitCode.done, exitCode.cannotTell, exitCode.failed, exitCode.misuse];

/** Many inputs: the worst, failed before cannot-tell; misuse before both, because then something was not done at all. */
export function worstExitCode(codes: readonly ExitCode[]): ExitCode {
  return codes.reduce(
    (worst, code) => (byGravity.indexOf(code) > byGravity.indexOf(worst) ? code : worst),
    exitCode.done,
  );
}

/** What was asked cannot be done as asked: said in one sentence, with what to do, and exit code 3. */
export class Misuse extends Error {
  override readonly name = 'Misuse';
  readonly todo: string | undefined;

  constructor(say: string, todo?: string) {
    super(say);
    this.todo = todo;
  }
}

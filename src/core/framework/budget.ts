/** A rule did more work than it may; its outcome is `cannot-tell` (framework.md §2.3). Never leaves this folder. */
export class LimitReached extends Error {
  override readonly name = 'LimitReached';
}

/** Bounds the work of one rule, so that neither a hostile pack nor a hostile document can keep us busy. */
export interface Budget {
  steps: number;
}

export const stepsPerRule = 200_000;
export const nodesPerRule = 10_000;

/** Take `steps` from the budget. @throws LimitReached when it is used up. */
export function spend(budget: Budget, steps: number): void {
  budget.steps -= steps;
  if (budget.steps < 0) throw new LimitReached();
}

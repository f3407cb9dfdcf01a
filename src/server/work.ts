import { runCorrections } from './correction/runner.ts';
import { runReminders } from './credential/remind.ts';
import type { IssuingDeps } from './issuing.ts';
import { MailSender } from './mail/sender.ts';
import { RetentionKeeper } from './privacy/retention.ts';
import { runRosters } from './roster/runner.ts';
import type { Runner } from './runner.ts';

/** What a process does without being asked: it works on what stands in the database, beside any number of others. */
export interface Work {
  rosters: Runner;
  corrections: Runner;
  /** Ends after what is under way. */
  close(): Promise<void>;
}

export function startWork(deps: IssuingDeps, onError: (error: unknown) => void): Work {
  const rosters = runRosters(deps, onError);
  const corrections = runCorrections(deps, onError);
  const reminders = runReminders(deps, onError);
  const mail = deps.mail === null ? null : new MailSender(deps, deps.mail, { onError });
  const retention = new RetentionKeeper(deps, onError);
  return {
    rosters,
    corrections,
    async close() {
      await Promise.all([rosters.close(), corrections.close(), reminders.close(), mail?.close(), retention.close()]);
      await deps.signing.close();
    },
  };
}

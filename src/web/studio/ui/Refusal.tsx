import type { Finding } from '../../../core/finding.ts';
import { ProblemError } from '../../api.ts';
import { useFindingWords } from '../findings.ts';
import { Problem } from './Problem.tsx';

type Fault = Finding & { column?: number | null; name?: string | null };

/** Why the service refused something, with everything that is wrong in it. */
export function Refusal({ error, title }: { error: unknown; title: string }) {
  const say = useFindingWords();
  const { faults, findings } = error instanceof ProblemError ? error.members : {};
  const all = [...list(faults), ...list(findings)];
  return (
    <Problem
      error={error}
      title={title}
      action={
        all.length > 0 && (
          <ul className="ruled">
            {all.map((fault) => {
              const words = say(fault);
              return (
                <li key={JSON.stringify(fault)}>
                  <p>
                    {fault.name && (
                      <b>
                        <bdi>{fault.name}</bdi>:{' '}
                      </b>
                    )}
                    {words.say}
                  </p>
                  {words.todo !== undefined && <p className="small muted">{words.todo}</p>}
                </li>
              );
            })}
          </ul>
        )
      }
    />
  );
}

const list = (value: unknown): Fault[] => (Array.isArray(value) ? (value as Fault[]) : []);

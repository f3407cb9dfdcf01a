import type { Finding } from '../../../../core/finding.ts';
import { ProblemError } from '../../../api.ts';
import { useFindingWords } from '../../findings.ts';
import { Problem } from '../../ui/Problem.tsx';
import { useTexts } from './texts.ts';

type Fault = Finding & { column?: number | null; name?: string | null };

/** Why a list was not taken, with what is wrong in which column. */
export function HeaderProblem({ error }: { error: unknown }) {
  const texts = useTexts();
  const say = useFindingWords();
  const { faults, findings } = error instanceof ProblemError ? error.members : {};
  const all = [...list(faults), ...list(findings)];
  return (
    <Problem
      error={error}
      title={texts.notTaken}
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

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ShownSampleData } from '../../../server/sample-data/routes.ts';
import { askJson, ProblemError } from '../../api.ts';
import { fill } from '../../texts/language.ts';
import { useStudioTexts } from '../texts/index.ts';
import { Confirm } from '../ui/Confirm.tsx';
import { Problem } from '../ui/Problem.tsx';

const path = '/api/instance/sample-data';
const lookEvery = 1000;

/** Sample data to look around in, for those who may fill the instance with them; to others nothing. */
export function SampleData() {
  const { sampleData: texts } = useStudioTexts();
  const client = useQueryClient();
  const [removing, setRemoving] = useState(false);
  const query = useQuery({
    queryKey: [path],
    queryFn: () => askJson<ShownSampleData>(path),
    refetchInterval: ({ state }) =>
      state.data?.state === 'making' || state.data?.state === 'removing' ? lookEvery : false,
  });
  const lookAgain = () =>
    Promise.all([client.invalidateQueries({ queryKey: [path] }), client.invalidateQueries({ queryKey: ['me'] })]);
  const fillIn = useMutation({ mutationFn: () => askJson(path, { method: 'POST' }), onSettled: lookAgain });
  const { data, error } = query;
  if (error instanceof ProblemError && error.code === 'not-allowed') return null;
  if (data === undefined) return error === null ? null : <Problem error={error} />;
  const { state, done, total, issuers, record } = data;
  const mayFill = state === 'none' || state === 'stopped' || state === 'failed';
  return (
    <section className="card pad stack" aria-labelledby="sample-data">
      <h2 id="sample-data">{texts.title}</h2>
      <p role="status">{fill(texts.states[state], { done, total })}</p>
      {state === 'making' && <progress value={done} max={total} aria-label={texts.title} />}
      {state === 'ready' && (
        <ul className="tree choose">
          {issuers.map((slug) => (
            <li key={slug}>
              <Link to="/$issuer" params={{ issuer: slug }}>
                {slug}
              </Link>
            </li>
          ))}
        </ul>
      )}
      {state === 'ready' && record !== null && (
        <p>
          <a href={record}>{texts.record}</a>
        </p>
      )}
      {fillIn.error !== null && <Problem error={fillIn.error} />}
      <div className="row">
        {mayFill && (
          <button
            type="button"
            className={state === 'none' ? 'btn primary' : 'btn'}
            aria-disabled={fillIn.isPending}
            onClick={() => !fillIn.isPending && fillIn.mutate()}
          >
            {state === 'none' ? texts.explore : texts.goOn}
          </button>
        )}
        {(state === 'ready' || state === 'stopped' || state === 'failed') && (
          <button type="button" className="btn danger" onClick={() => setRemoving(true)}>
            {texts.remove}
          </button>
        )}
      </div>
      {removing && (
        <Confirm
          title={texts.removeTitle}
          act={texts.remove}
          keep={texts.keep}
          danger
          reason={false}
          onAct={async () => {
            await askJson(path, { method: 'DELETE' });
            await lookAgain();
          }}
          onClose={() => setRemoving(false)}
        >
          <p>{texts.removeMeaning}</p>
        </Confirm>
      )}
    </section>
  );
}

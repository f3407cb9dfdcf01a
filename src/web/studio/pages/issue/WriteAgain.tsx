import { useState } from 'react';
import type { ShownRoster } from '../../../../server/roster/routes.ts';
import { askJson } from '../../../api.ts';
import { fill } from '../../../texts/language.ts';
import { useIssuer } from '../../issuer.ts';
import { useIssuerChange } from '../../queries.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { Problem } from '../../ui/Problem.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { useTexts } from './texts.ts';

interface Counts {
  letters: number;
  withoutAddress: number;
}

/** Write to the learners of a list who have not answered: first, to how many. */
export function WriteAgain({ roster: { id } }: { roster: ShownRoster }) {
  const texts = useTexts();
  const toast = useToast();
  const { slug } = useIssuer();
  const change = useIssuerChange<Counts>();
  const [counts, setCounts] = useState<Counts | null>(null);
  const [error, setError] = useState<unknown>(null);
  const path = `/rosters/${id}/resend`;
  const look = () =>
    askJson<Counts>(`/api/issuers/${slug}${path}`, {
      method: 'POST',
      body: { to: 'unclaimed', preview: true },
    }).then(setCounts, setError);
  return (
    <>
      <button type="button" className="btn" onClick={() => void look()}>
        {texts.writeAgain}
      </button>
      {error !== null && <Problem error={error} />}
      {counts !== null && (
        <Confirm
          title={fill(texts.writeTitle, { count: counts.letters })}
          act={fill(texts.writeAct, { count: counts.letters })}
          reason={false}
          onAct={async () => {
            const { letters } = await change.mutateAsync({ path, body: { to: 'unclaimed' } });
            toast(fill(texts.written, { count: letters }));
          }}
          onClose={() => setCounts(null)}
        >
          <p>{texts.writeMeaning}</p>
          {counts.withoutAddress > 0 && <p>{fill(texts.withoutAddress, { count: counts.withoutAddress })}</p>}
        </Confirm>
      )}
    </>
  );
}

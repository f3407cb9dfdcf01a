import { useState } from 'react';
import { askJson } from '../../../api.ts';
import { useIssuer } from '../../issuer.ts';
import { Text } from '../../ui/Field.tsx';
import { Problem } from '../../ui/Problem.tsx';
import { useTexts } from './texts.ts';

/** The link by which the learner accepts, to hand over by other ways. Shown when it is asked for. */
export function ClaimLink({ id }: { id: string }) {
  const texts = useTexts();
  const { slug } = useIssuer();
  const [url, setUrl] = useState<string>();
  const [error, setError] = useState<unknown>(null);
  const show = () =>
    askJson<{ url: string }>(`/api/issuers/${slug}/credentials/${id}/claim`).then(({ url }) => setUrl(url), setError);
  if (error !== null) return <Problem error={error} />;
  if (url !== undefined)
    return (
      <div className="grow">
        <Text label={texts.claimLink} help={texts.claimLinkHelp} value={url} onChange={() => {}} dir="ltr" />
      </div>
    );
  return (
    <button type="button" className="btn" onClick={() => void show()}>
      {texts.showClaimLink}
    </button>
  );
}

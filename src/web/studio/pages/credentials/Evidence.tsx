import { useState } from 'react';
import type { ShownCredential } from '../../../../server/credential/routes.ts';
import { fill, formatDate, formatNumber } from '../../../texts/language.ts';
import { useMay } from '../../issuer.ts';
import { type Sent, useIssuerChange, useIssuerQuery } from '../../queries.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { Text } from '../../ui/Field.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Problem } from '../../ui/Problem.tsx';
import { useTexts } from './texts.ts';

interface Grant {
  id: string;
  created_at: Date;
  expires_at: Date;
  withdrawn_at: Date | null;
}
const days = 14;

/** Files that the credential carries, and who may read them. */
export function Evidence({ credential }: { credential: ShownCredential }) {
  const texts = useTexts();
  return (
    <section className="card pad stack" aria-labelledby="evidence">
      <h2 id="evidence">{texts.evidence}</h2>
      <ul className="ruled">
        {credential.evidence.map((file) => (
          <li key={file.id} className="stack">
            <p>
              <b>
                <bdi>{file.name || file.id}</bdi>
              </b>
              <br />
              <span className="small muted">
                {file.mediaType}, {fill(texts.kilobytes, { size: formatNumber(Math.ceil(file.size / 1000)) })}
              </span>
            </p>
            <Grants file={file.id} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Grants({ file }: { file: string }) {
  const texts = useTexts();
  const mayIssue = useMay('issue');
  const grants = useIssuerQuery<{ items: Sent<Grant>[] }>(`/evidence/${file}/grants`);
  const change = useIssuerChange<{ url: string; expiresAt: string } | null>();
  const [link, setLink] = useState<string>();
  const [withdraw, setWithdraw] = useState<string>();
  return (
    <Loaded query={grants} what={texts.grantsWhat} rows={1}>
      {({ items }) => (
        <>
          {items.length > 0 && (
            <ul className="small">
              {items.map((grant) => (
                <li key={grant.id} className="row">
                  <span>
                    {grant.withdrawn_at !== null
                      ? fill(texts.withdrawn, { date: formatDate(grant.withdrawn_at.slice(0, 10)) })
                      : fill(texts.mayRead, { date: formatDate(`${grant.expires_at.slice(0, 16)}Z`) })}
                  </span>
                  {mayIssue && grant.withdrawn_at === null && new Date(grant.expires_at) > new Date() && (
                    <button type="button" className="btn plain" onClick={() => setWithdraw(grant.id)}>
                      {texts.withdraw}
                    </button>
                  )}
                </li>
              ))}
            </ul>
          )}
          {link !== undefined && (
            <Text label={texts.grantLink} help={texts.grantLinkHelp} value={link} onChange={() => {}} dir="ltr" />
          )}
          {change.error !== null && withdraw === undefined && <Problem error={change.error} />}
          {mayIssue && (
            <button
              type="button"
              className="btn"
              aria-disabled={change.isPending}
              onClick={() =>
                change.mutate(
                  { path: `/evidence/${file}/grants`, body: { days } },
                  { onSuccess: (made) => setLink(made?.url) },
                )
              }
            >
              {fill(texts.grant, { days })}
            </button>
          )}
          {withdraw !== undefined && (
            <Confirm
              title={texts.withdrawTitle}
              act={texts.withdraw}
              onAct={async (reason) => {
                await change.mutateAsync({ path: `/evidence/${file}/grants/${withdraw}/withdraw`, body: { reason } });
                setLink(undefined);
              }}
              onClose={() => setWithdraw(undefined)}
            >
              <p>{texts.withdrawMeaning}</p>
            </Confirm>
          )}
        </>
      )}
    </Loaded>
  );
}

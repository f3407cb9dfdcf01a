import './credentials.css';
import { useParams } from '@tanstack/react-router';
import type { ShownCredential } from '../../../../server/credential/routes.ts';
import { fill } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useIssuer, useMay } from '../../issuer.ts';
import { useIssuerQuery } from '../../queries.ts';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Disputes } from './Disputes.tsx';
import { Evidence } from './Evidence.tsx';
import { Facts, Waiver } from './Facts.tsx';
import { Held, heldIn } from './Held.tsx';
import { History } from './History.tsx';
import { Letters } from './Letters.tsx';
import { Now } from './Now.tsx';
import { Privacy } from './Privacy.tsx';
import { StatusActions } from './StatusActions.tsx';
import { useTexts } from './texts.ts';

/** All that there is to know of one credential, and what can be done with it. */
export function Page() {
  const { name } = useIssuer();
  const texts = useTexts();
  const mayIssue = useMay('issue');
  const { credential: id = '' } = useParams({ strict: false });
  const query = useIssuerQuery<ShownCredential>(`/credentials/${id}`);
  const { data } = query;
  return (
    <>
      <p className="crumbs">
        <IssuerLink to="/credentials">{texts.title}</IssuerLink>
      </p>
      <PageHead
        title={data?.learner?.name ?? texts.credential}
        within={data?.achievementName ?? name}
        kicker={
          data &&
          (data.version === null
            ? fill(texts.recordOf, { count: heldIn(data.credential).length })
            : fill(texts.achievementVersion, { name: data.achievementName, version: data.version }))
        }
        actions={
          data?.claim === 'accepted' &&
          data.takenDownAt === null &&
          data.erasedAt === null && (
            <a className="btn" href={data.url} target="_blank" rel="noreferrer">
              <Icon name="info" />
              {texts.asReceiver}
            </a>
          )
        }
      />
      <Loaded query={query} what={texts.recordWhat} rows={6}>
        {(credential) => (
          <>
            <section className="card pad record-now" aria-label={texts.nowLabel}>
              <Now credential={credential} />
              {mayIssue && <Disputes credential={credential} />}
            </section>
            <div className="record-columns">
              <History credential={credential} />
              <div className="stack-2">
                {mayIssue && <StatusActions credential={credential} />}
                {credential.record.waiver !== null && <Waiver waiver={credential.record.waiver} />}
                {credential.kind === 'ClrCredential' && <Held credential={credential} />}
                <Facts credential={credential} />
                <Letters credential={credential} />
                {credential.evidence.length > 0 && <Evidence credential={credential} />}
                <Privacy credential={credential} />
              </div>
            </div>
          </>
        )}
      </Loaded>
    </>
  );
}

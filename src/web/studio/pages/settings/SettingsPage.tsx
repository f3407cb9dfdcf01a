import type { JsonObject } from '../../../../core/json/json.ts';
import { useIssuer } from '../../issuer.ts';
import { useIssuerQuery } from '../../queries.ts';
import { useStudioTexts } from '../../texts/index.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { EditProfile } from './EditProfile.tsx';
import { useTexts } from './texts.ts';

/** What the issuer says of itself. */
export function Page() {
  const texts = useTexts();
  const shared = useStudioTexts();
  const { name, slug } = useIssuer();
  const issuer = useIssuerQuery<{ id: string; profile: JsonObject }>('');
  return (
    <>
      <PageHead
        title={shared.areas.settings}
        within={name}
        kicker={<bdi>{name}</bdi>}
        lead={texts.lead}
        actions={
          <a className="btn plain" href={`/issuers/${slug}`}>
            {texts.public}
          </a>
        }
      />
      <Loaded query={issuer} what={texts.what} rows={6}>
        {({ id, profile }) => (
          <>
            <EditProfile key={JSON.stringify(profile)} profile={profile} />
            <p className="small muted id-line">
              {texts.address}: <code dir="ltr">{id}</code>
            </p>
          </>
        )}
      </Loaded>
    </>
  );
}

import { Link, Outlet, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ChosenIssuer, rememberIssuer } from '../issuer.ts';
import { useMe } from '../queries.ts';
import { useStudioTexts } from '../texts/index.ts';
import { Missing } from '../ui/Missing.tsx';
import { PageHead } from '../ui/PageHead.tsx';

/** Everything below is about one issuer, which is there for those who have a role in it. */
export function IssuerFrame() {
  const texts = useStudioTexts();
  const { issuer: slug } = useParams({ from: '/$issuer' });
  const issuer = useMe().data?.issuers.find((one) => one.slug === slug);
  const known = issuer?.slug;
  useEffect(() => {
    if (known !== undefined) rememberIssuer(known);
  }, [known]);
  if (issuer === undefined)
    return (
      <>
        <PageHead title={texts.noIssuer} />
        <Missing title={texts.noIssuer} text={texts.noIssuerMeaning}>
          <Link className="btn" to="/" search={{ choose: true }}>
            {texts.toChoose}
          </Link>
        </Missing>
      </>
    );
  return (
    <ChosenIssuer value={issuer} key={issuer.slug}>
      <Outlet />
    </ChosenIssuer>
  );
}

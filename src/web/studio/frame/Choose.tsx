import { Link, Navigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { fill } from '../../texts/language.ts';
import { type MyIssuer, rememberedIssuer } from '../issuer.ts';
import { useMe } from '../queries.ts';
import { useStudioTexts } from '../texts/index.ts';
import { Text } from '../ui/Field.tsx';
import { Missing } from '../ui/Missing.tsx';
import { PageHead } from '../ui/PageHead.tsx';
import { SampleData } from './SampleData.tsx';

/** More than these are not taken in at a look. */
const fewIssuers = 8;

/** Where somebody works: their only issuer, the one of last time, or the tree of all in which they have rights. */
export function Choose() {
  const texts = useStudioTexts();
  const { choose } = useSearch({ from: '/' });
  const { data: me } = useMe();
  const [text, setText] = useState('');
  if (me === undefined) return null;
  const { issuers, user } = me;
  const last = issuers.find(({ slug }) => slug === rememberedIssuer());
  const target = choose ? undefined : issuers.length === 1 ? issuers[0] : last;
  if (target !== undefined) return <Navigate to="/$issuer" params={{ issuer: target.slug }} replace />;
  if (issuers.length === 0)
    return (
      <>
        <PageHead title={texts.studio} kicker={user.name} />
        <Missing title={texts.choose.none} text={fill(texts.choose.noneMeaning, { email: user.email })} />
      </>
    );
  const wanted = text.trim().toLocaleLowerCase();
  const found = issuers.filter(({ name, slug }) => `${name} ${slug}`.toLocaleLowerCase().includes(wanted));
  const isRoot = ({ parent }: MyIssuer) => wanted !== '' || parent === null;
  return (
    <>
      <PageHead
        title={texts.choose.title}
        kicker={user.name}
        lead={fill(texts.choose.lead, { count: issuers.length })}
      />
      <section className="card pad stack">
        {issuers.length > fewIssuers && (
          <Text label={texts.choose.find} type="search" value={text} onChange={setText} />
        )}
        {found.length === 0 && <p role="status">{fill(texts.choose.noMatch, { text: text.trim() })}</p>}
        <ul className="tree choose">
          {found.filter(isRoot).map((issuer) => (
            <Branch key={issuer.slug} issuer={issuer} all={wanted === '' ? issuers : []} />
          ))}
        </ul>
      </section>
      <SampleData />
    </>
  );
}

function Branch({ issuer, all }: { issuer: MyIssuer; all: readonly MyIssuer[] }) {
  const texts = useStudioTexts();
  const below = all.filter(({ parent }) => parent === issuer.slug);
  return (
    <li>
      <Link to="/$issuer" params={{ issuer: issuer.slug }}>
        <bdi>{issuer.name}</bdi>
      </Link>
      <p className="small muted">
        {fill(texts.choose.yourRoles, { roles: issuer.roles.map((role) => texts.roles[role]).join(', ') })}
      </p>
      {below.length > 0 && (
        <ul>
          {below.map((one) => (
            <Branch key={one.slug} issuer={one} all={all} />
          ))}
        </ul>
      )}
    </li>
  );
}

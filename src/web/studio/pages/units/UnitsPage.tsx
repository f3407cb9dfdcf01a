import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { fill } from '../../../texts/language.ts';
import { type MyIssuer, useIssuer } from '../../issuer.ts';
import { useMe } from '../../queries.ts';
import { useStudioTexts } from '../../texts/index.ts';
import { PageHead } from '../../ui/PageHead.tsx';
import { MakeUnit } from './MakeUnit.tsx';
import { useTexts } from './texts.ts';

/** The issuer and all units below it, as a tree. */
export function Page() {
  const texts = useTexts();
  const shared = useStudioTexts();
  const issuer = useIssuer();
  const { data: me } = useMe();
  const [making, setMaking] = useState(false);
  const all = me?.issuers ?? [];
  const isEmpty = !all.some(({ parent }) => parent === issuer.slug);
  return (
    <>
      <PageHead
        title={shared.areas.units}
        within={issuer.name}
        kicker={<bdi>{issuer.name}</bdi>}
        lead={texts.lead}
        actions={
          <button type="button" className="btn primary" onClick={() => setMaking(true)}>
            {texts.make}
          </button>
        }
      />
      <section className="card pad stack" aria-label={texts.tree}>
        <ul className="tree choose">
          <Branch unit={issuer} all={all} isHere />
        </ul>
        {isEmpty && (
          <>
            <p>{fill(texts.none, { issuer: issuer.name })}</p>
            <p className="small muted">{texts.noneMeaning}</p>
          </>
        )}
      </section>
      {making && <MakeUnit onClose={() => setMaking(false)} />}
    </>
  );
}

function Branch({ unit, all, isHere = false }: { unit: MyIssuer; all: readonly MyIssuer[]; isHere?: boolean }) {
  const texts = useTexts();
  const below = all.filter(({ parent }) => parent === unit.slug);
  return (
    <li>
      {isHere ? (
        <b>
          <bdi>{unit.name}</bdi> <span className="tag">{texts.here}</span>
        </b>
      ) : (
        <Link to="/$issuer/units" params={{ issuer: unit.slug }}>
          <bdi>{unit.name}</bdi>
        </Link>
      )}
      <p className="small muted">
        <code dir="ltr">{unit.slug}</code> · <a href={`/issuers/${unit.slug}`}>{texts.public}</a>
      </p>
      {below.length > 0 && (
        <ul>
          {below.map((one) => (
            <Branch key={one.slug} unit={one} all={all} />
          ))}
        </ul>
      )}
    </li>
  );
}

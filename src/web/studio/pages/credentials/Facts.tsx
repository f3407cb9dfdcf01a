import type { ReactNode } from 'react';
import type { ShownCredential } from '../../../../server/credential/routes.ts';
import { fill, formatDate } from '../../../texts/language.ts';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { useTexts } from './texts.ts';

/** Whose it is, its dates, its editions, its address. */
export function Facts({ credential }: { credential: ShownCredential }) {
  const texts = useTexts();
  const { learner, record, url, digest, editions, test, issuedBy } = credential;
  const facts: [string, ReactNode][] = [
    ...(learner?.name === undefined
      ? []
      : ([[texts.name, <bdi key="n">{learner.name}</bdi>]] as [string, ReactNode][])),
    ...(learner?.email === undefined
      ? []
      : ([
          [
            texts.email,
            <span key="e" dir="ltr">
              {learner.email}
            </span>,
          ],
        ] as [string, ReactNode][])),
    ...(issuedBy === null ? [] : ([[texts.issuedBy, <bdi key="i">{issuedBy}</bdi>]] as [string, ReactNode][])),
    ...(record.awardedDate === null
      ? []
      : ([[texts.awarded, formatDate(record.awardedDate)]] as [string, ReactNode][])),
    ...(editions.length === 0
      ? []
      : ([[texts.editions, <Editions key="d" of={credential} />]] as [string, ReactNode][])),
    [
      texts.address,
      <a key="a" href={url} dir="ltr" className="path">
        {url.replace(/^https?:\/\//, '')}
      </a>,
    ],
    [
      texts.digest,
      <code key="s" dir="ltr" className="path">
        {digest}
      </code>,
    ],
    ...(test ? ([[texts.test, texts.testMeaning]] as [string, ReactNode][]) : []),
  ];
  return (
    <section className="card pad" aria-labelledby="facts">
      <h2 id="facts">{texts.facts}</h2>
      <dl className="facts">
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Editions({ of: { editions } }: { of: ShownCredential }) {
  const texts = useTexts();
  return (
    <ul>
      {editions.map(({ id, issuedAt, place }) => (
        <li key={id}>
          <IssuerLink to={`/credentials/${id}`}>
            {fill(place === 'before' ? texts.before : texts.later, { date: formatDate(issuedAt.slice(0, 10)) })}
          </IssuerLink>
        </li>
      ))}
    </ul>
  );
}

/** Issued although the policy refuses it: who answers for that, and why. */
export function Waiver({ waiver }: { waiver: NonNullable<ShownCredential['record']['waiver']> }) {
  const texts = useTexts();
  return (
    <section className="card pad stack" aria-labelledby="waiver">
      <h2 id="waiver">{texts.waiver}</h2>
      <p>{texts.waiverMeaning}</p>
      <p className="small muted">
        “<bdi>{waiver.reason}</bdi>” <bdi>{waiver.by}</bdi>, {formatDate(waiver.at.slice(0, 10))}
      </p>
    </section>
  );
}

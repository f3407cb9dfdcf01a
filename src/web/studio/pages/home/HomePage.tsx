import type { ReactNode } from 'react';
import type { Overview } from '../../../../server/issuer/overview.ts';
import { catalogue } from '../../../texts/catalogue.ts';
import { fill, formatDate, formatNumber } from '../../../texts/language.ts';
import { useIssuer } from '../../issuer.ts';
import { pages } from '../../pages.ts';
import { useIssuerQuery } from '../../queries.ts';
import { useStudioTexts } from '../../texts/index.ts';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { texts as english } from './en.ts';

const useTexts = catalogue(english, { es: () => import('./es.ts') });

/** What waits for somebody in the issuer, how much there is, and what to do next. */
export function Page() {
  const { name, roles } = useIssuer();
  const shared = useStudioTexts();
  const texts = useTexts();
  const overview = useIssuerQuery<Overview>('/overview', { refetchInterval: 30_000 });
  return (
    <>
      <PageHead
        title={name}
        within={shared.areas.home}
        kicker={fill(shared.choose.yourRoles, { roles: roles.map((role) => shared.roles[role]).join(', ') })}
      />
      <Loaded query={overview} what={texts.what}>
        {(data) => (
          <div className="two-columns">
            <Waits overview={data} />
            <div className="stack-2">
              <Counts overview={data} />
              <NextSteps />
            </div>
          </div>
        )}
      </Loaded>
    </>
  );
}

function Waits({ overview: { waiting, rosters, letters } }: { overview: Overview }) {
  const texts = useTexts();
  const isEmpty = waiting.length + rosters.length + letters.failed + letters.waiting === 0;
  return (
    <section className="card pad stack" aria-labelledby="waits">
      <h2 id="waits">{texts.waits}</h2>
      {isEmpty ? (
        <>
          <p>{texts.nothing}</p>
          <p className="small muted">{texts.nothingMeaning}</p>
        </>
      ) : (
        <ul className="ruled">
          {letters.failed > 0 && (
            <Item to="/outbox" title={fill(texts.lettersFailed, { count: letters.failed })}>
              {texts.lettersFailedMeaning}
            </Item>
          )}
          {waiting.map(({ id, name, state, changedAt }) => (
            <Item
              key={id}
              to={`/achievements/${id}`}
              title={name}
            >{`${state === 'review' ? texts.inReview : texts.draft}, ${fill(texts.since, { date: formatDate(changedAt.slice(0, 10)) })}`}</Item>
          ))}
          {rosters.map(({ id, name, state, rows, issued, faulty, failed }) => (
            <Item key={id} to={`/issue/${id}`} title={name}>
              {[
                texts.rosterStates[state],
                fill(texts.rosterProgress, { issued, rows }),
                faulty > 0 && fill(texts.rosterFaulty, { count: faulty }),
                failed > 0 && fill(texts.rosterFailed, { count: failed }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Item>
          ))}
          {letters.waiting > 0 && <Item to="/outbox" title={fill(texts.lettersWaiting, { count: letters.waiting })} />}
        </ul>
      )}
    </section>
  );
}

/** A line that leads to the thing, where the studio has a page for it. */
function Item({ to, title, children }: { to: string; title: string; children?: ReactNode }) {
  return (
    <li>
      <p>
        {isPage(to) ? (
          <IssuerLink to={to}>
            <bdi>{title}</bdi>
          </IssuerLink>
        ) : (
          <b>
            <bdi>{title}</bdi>
          </b>
        )}
      </p>
      {children !== undefined && <p className="small muted">{children}</p>}
    </li>
  );
}

function Counts({ overview: { achievements, issued } }: { overview: Overview }) {
  const texts = useTexts();
  const counts: [number, string][] = [
    [issued, texts.issued],
    [achievements.approved, texts.approved],
    [achievements.review, texts.underReview],
    [achievements.draft, texts.inDraft],
    [achievements.retired, texts.retired],
  ];
  return (
    <section className="card pad stack" aria-labelledby="counts">
      <h2 id="counts">{texts.counts}</h2>
      <ul className="figures">
        {counts.map(([count, label]) => (
          <li key={label}>
            <b className="num">{formatNumber(count)}</b> {label}
          </li>
        ))}
      </ul>
    </section>
  );
}

const steps = ['achievements', 'issue', 'people', 'settings', 'policy', 'units'] as const;

function NextSteps() {
  const texts = useTexts();
  const { scopes } = useIssuer();
  const needed = {
    achievements: 'author',
    issue: 'issue',
    people: 'manage',
    settings: 'manage',
    policy: 'manage',
    units: 'manage',
  } as const;
  const open = steps.filter((step) => isPage(`/${step}`) && scopes.includes(needed[step]));
  const onlyReads = scopes.length === 1;
  if (open.length === 0 && !onlyReads) return null;
  return (
    <section className="card pad stack" aria-labelledby="next">
      <h2 id="next">{texts.next}</h2>
      {onlyReads && <p className="muted">{texts.noSteps}</p>}
      <ul className="ruled">
        {open.map((step) => {
          const [title, text] = texts.steps[step];
          return (
            <li key={step}>
              <p>
                <IssuerLink to={`/${step}`}>{title}</IssuerLink>
              </p>
              <p className="small muted">{text}</p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Is there a page at this address, whatever stands for its parameters? */
function isPage(address: string): boolean {
  const parts = address.split('/');
  return pages.some(({ path }) => {
    const own = path.split('/');
    return own.length === parts.length && own.every((part, index) => part.startsWith('$') || part === parts[index]);
  });
}

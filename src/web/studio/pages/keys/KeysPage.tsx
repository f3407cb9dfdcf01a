import { useState } from 'react';
import type { ShownKey } from '../../../../server/issuer/key-routes.ts';
import { fill, formatDate, formatNumber } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useIssuer, useMay } from '../../issuer.ts';
import { type Sent, type Slice, useIssuerChange, useIssuerQuery } from '../../queries.ts';
import { useStudioTexts } from '../../texts/index.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { Table } from '../../ui/ListTable.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { endOf } from './end-of.ts';
import { useTexts } from './texts.ts';

type Key = Sent<ShownKey>;
type Signed = Slice<{ id: string; credentials: number }>;

/** The keys that the issuer signs with: which, since when, what they signed. */
export function Page() {
  const texts = useTexts();
  const shared = useStudioTexts();
  const { name } = useIssuer();
  const keys = useIssuerQuery<Slice<Key>>('/keys');
  const signed = useIssuerQuery<Signed>('/keys/signed');
  const counts = new Map(signed.data?.items.map(({ id, credentials }) => [id, credentials]));
  return (
    <>
      <PageHead title={shared.areas.keys} within={name} kicker={<bdi>{name}</bdi>} lead={texts.lead} />
      <Loaded query={keys} what={texts.what}>
        {({ items }) => (
          <div className="stack-2">
            <InUse keys={items} counts={counts} />
            <All keys={items} counts={counts} />
          </div>
        )}
      </Loaded>
    </>
  );
}

function InUse({ keys, counts }: { keys: readonly Key[]; counts: ReadonlyMap<string, number> }) {
  const texts = useTexts();
  const { slug } = useIssuer();
  const mayManage = useMay('manage');
  const [rotating, setRotating] = useState<Key | null>(null);
  const active = keys.filter(({ state }) => state === 'active');
  const address = `/issuers/${slug}/did.json`;
  const [before, after] = texts.kept.split('{address}');
  if (active.length === 0) return <p className="note unsure">{texts.noKey}</p>;
  return (
    <>
      {active.map((key) => (
        <section className="card pad now" key={key.id}>
          <div className="answer">
            <Icon name="passed" className="passed" />
            <div>
              <h2 className="say">
                {fill(key.use === 'jwt' ? texts.signsJwt : texts.signsToday, {
                  date: formatDate(key.createdAt.slice(0, 10)),
                })}
              </h2>
              <p className="why small">
                {before}
                <a href={address} dir="ltr">
                  {location.host}
                  {address}
                </a>
                {after}
              </p>
            </div>
          </div>
          {mayManage && (
            <button type="button" className="btn primary" onClick={() => setRotating(key)}>
              {texts.rotate}
              <span className="vh">: {texts.uses[key.use]}</span>
            </button>
          )}
        </section>
      ))}
      {rotating !== null && (
        <Rotate key_={rotating} count={counts.get(rotating.id)} onClose={() => setRotating(null)} />
      )}
    </>
  );
}

function Rotate({ key_, count, onClose }: { key_: Key; count: number | undefined; onClose(): void }) {
  const texts = useTexts();
  const toast = useToast();
  const { mutateAsync } = useIssuerChange();
  return (
    <Confirm
      title={texts.rotateTitle}
      act={texts.rotateAct}
      onClose={onClose}
      onAct={async (reason) => {
        await mutateAsync({ path: '/keys', body: { use: key_.use, type: key_.type, reason } });
        toast(texts.rotated);
      }}
    >
      <p>
        {fill(texts.rotateMeaning, { date: formatDate(key_.createdAt.slice(0, 10)) })}{' '}
        {count !== undefined && fill(texts.rotateStill, { count })} {texts.rotateNot}
      </p>
    </Confirm>
  );
}

function All({ keys, counts }: { keys: readonly Key[]; counts: ReadonlyMap<string, number> }) {
  const texts = useTexts();
  const mayManage = useMay('manage');
  const { columns } = texts;
  return (
    <section className="card" aria-labelledby="all">
      <h2 id="all" className="table-title">
        {texts.allKeys}
      </h2>
      <Table
        caption={texts.caption}
        items={[...keys].reverse()}
        keyOf={({ id }) => id}
        columns={[
          {
            head: columns.key,
            names: true,
            cell: ({ type, publicKeyMultibase }) => (
              <>
                {type}{' '}
                <span className="path" dir="ltr">
                  {publicKeyMultibase.slice(0, 8)}…{endOf(publicKeyMultibase)}
                </span>
              </>
            ),
          },
          { head: columns.use, cell: ({ use }) => texts.uses[use] },
          { head: columns.since, cell: ({ createdAt }) => formatDate(createdAt.slice(0, 10)) },
          {
            head: columns.until,
            cell: ({ endedAt }) => (endedAt === null ? texts.now : formatDate(endedAt.slice(0, 10))),
          },
          {
            head: columns.signed,
            numeric: true,
            cell: ({ id }) => {
              const count = counts.get(id);
              return count === undefined ? '…' : formatNumber(count);
            },
          },
          { head: columns.state, cell: (key) => <State of={key} /> },
          {
            head: columns.act,
            acts: true,
            cell: ({ id, state, createdAt, publicKeyMultibase }) =>
              mayManage &&
              (state === 'active' || state === 'published') && (
                <IssuerLink
                  to={`/keys/${id}`}
                  className="btn"
                  label={fill(texts.endOf, {
                    date: formatDate(createdAt.slice(0, 10)),
                    end: endOf(publicKeyMultibase),
                  })}
                >
                  {texts.end}
                </IssuerLink>
              ),
          },
        ]}
      />
    </section>
  );
}

function State({ of: { state, compromisedFrom } }: { of: Key }) {
  const texts = useTexts();
  const works = state === 'active' || state === 'published';
  const text = fill(texts.states[state], { date: formatDate(compromisedFrom ?? '') });
  return (
    <span className={works ? 'state passed' : 'state failed'}>
      <Icon name={works ? 'passed' : 'failed'} className={works ? 'passed' : 'failed'} />
      {text}
    </span>
  );
}

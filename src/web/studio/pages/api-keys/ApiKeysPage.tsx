import { useState } from 'react';
import type { ShownApiKey } from '../../../../server/access/api-key-routes.ts';
import { fill, formatDate } from '../../../texts/language.ts';
import { useIssuer } from '../../issuer.ts';
import { type Sent, type Slice, useIssuerChange, useIssuerQuery } from '../../queries.ts';
import { useStudioTexts } from '../../texts/index.ts';
import { Confirm } from '../../ui/Confirm.tsx';
import { Table } from '../../ui/ListTable.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Missing } from '../../ui/Missing.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { MakeApiKey } from './MakeApiKey.tsx';
import { useTexts } from './texts.ts';

type Key = Sent<ShownApiKey>;

/** Which programs may act, and what they may do. */
export function Page() {
  const texts = useTexts();
  const shared = useStudioTexts();
  const { name } = useIssuer();
  const keys = useIssuerQuery<Slice<Key>>('/api-keys');
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<Key | null>(null);
  return (
    <>
      <PageHead
        title={shared.areas.apiKeys}
        within={name}
        kicker={<bdi>{name}</bdi>}
        lead={texts.lead}
        actions={
          <>
            <button type="button" className="btn primary" onClick={() => setMaking(true)}>
              {texts.make}
            </button>
            <a className="btn plain" href="/docs/api">
              {texts.reference}
            </a>
          </>
        }
      />
      <Loaded query={keys} what={texts.what}>
        {({ items }) =>
          items.length === 0 ? (
            <Missing title={texts.empty} text={texts.emptyMeaning} />
          ) : (
            <div className="card">
              <Keys keys={[...items].reverse()} onRevoke={setRevoking} />
            </div>
          )
        }
      </Loaded>
      {making && <MakeApiKey onClose={() => setMaking(false)} />}
      {revoking !== null && <Revoke of={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}

function Keys({ keys, onRevoke }: { keys: readonly Key[]; onRevoke(key: Key): void }) {
  const texts = useTexts();
  const { columns } = texts;
  return (
    <Table
      caption={texts.caption}
      items={keys}
      keyOf={({ id }) => id}
      columns={[
        { head: columns.name, names: true, cell: ({ name }) => <bdi>{name}</bdi> },
        { head: columns.may, cell: ({ scopes }) => scopes.map((scope) => texts.scope[scope][0]).join(', ') },
        {
          head: columns.made,
          cell: ({ createdAt, madeBy }) => {
            const date = formatDate(createdAt.slice(0, 10));
            return madeBy === null ? date : fill(texts.by, { date, name: madeBy });
          },
        },
        {
          head: columns.state,
          cell: ({ revokedAt }) =>
            revokedAt === null ? texts.inUse : fill(texts.revoked, { date: formatDate(revokedAt.slice(0, 10)) }),
        },
        {
          head: columns.act,
          acts: true,
          cell: (key) =>
            key.revokedAt === null && (
              <button
                type="button"
                className="btn"
                aria-label={fill(texts.revokeOf, { name: key.name })}
                onClick={() => onRevoke(key)}
              >
                {texts.revoke}
              </button>
            ),
        },
      ]}
    />
  );
}

function Revoke({ of: { id, name }, onClose }: { of: Key; onClose(): void }) {
  const texts = useTexts();
  const toast = useToast();
  const { mutateAsync } = useIssuerChange();
  return (
    <Confirm
      title={fill(texts.revokeTitle, { name })}
      act={texts.revoke}
      keep={texts.keep}
      danger
      onClose={onClose}
      onAct={async (reason) => {
        await mutateAsync({ path: `/api-keys/${id}/revoke`, body: { reason } });
        toast(texts.revokedNow);
      }}
    >
      <p>{texts.revokeMeaning}</p>
    </Confirm>
  );
}

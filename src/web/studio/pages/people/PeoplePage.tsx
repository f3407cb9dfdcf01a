import { useState } from 'react';
import { fill, formatDate } from '../../../texts/language.ts';
import { useIssuer } from '../../issuer.ts';
import { type Slice, useIssuerQuery, useMe } from '../../queries.ts';
import { useStudioTexts } from '../../texts/index.ts';
import { Table } from '../../ui/ListTable.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { ChangeRole } from './ChangeRole.tsx';
import { Invitations } from './Invitations.tsx';
import { Invite } from './Invite.tsx';
import { type Member, useMayGive } from './member.ts';
import { RemoveMember } from './RemoveMember.tsx';
import { useTexts } from './texts.ts';

type Act = { kind: 'change' | 'remove'; member: Member } | { kind: 'invite' };

/** Who may act in the issuer, by which role and from where; and who was invited. */
export function Page() {
  const texts = useTexts();
  const shared = useStudioTexts();
  const { name } = useIssuer();
  const members = useIssuerQuery<Slice<Member>>('/members');
  const [act, setAct] = useState<Act | null>(null);
  const onClose = () => setAct(null);
  return (
    <>
      <PageHead
        title={shared.areas.people}
        within={name}
        kicker={<bdi>{name}</bdi>}
        lead={texts.lead}
        actions={
          <button type="button" className="btn primary" onClick={() => setAct({ kind: 'invite' })}>
            {texts.invite}
          </button>
        }
      />
      <div className="stack-2">
        <section className="card" aria-labelledby="members">
          <h2 id="members" className="table-title">
            {texts.members}
          </h2>
          <Loaded query={members} what={texts.what}>
            {({ items }) => <Members members={items} onAct={setAct} />}
          </Loaded>
        </section>
        <Invitations />
      </div>
      {act?.kind === 'invite' && <Invite onClose={onClose} />}
      {act?.kind === 'change' && <ChangeRole member={act.member} onClose={onClose} />}
      {act?.kind === 'remove' && <RemoveMember member={act.member} onClose={onClose} />}
    </>
  );
}

function Members({ members, onAct }: { members: readonly Member[]; onAct(act: Act): void }) {
  const texts = useTexts();
  const shared = useStudioTexts();
  const { data: me } = useMe();
  const mayTouch = useMayGive();
  const isMe = (member: Member) => member.id === me?.user.id;
  const { columns } = texts;
  return (
    <Table
      caption={texts.caption}
      items={members}
      keyOf={({ id, from }) => `${id} ${from?.slug ?? ''}`}
      columns={[
        {
          head: columns.name,
          names: true,
          cell: (member) => (
            <>
              <bdi>{member.name}</bdi> {isMe(member) && <span className="tag">{texts.you}</span>}
              {member.email !== null && <span className="small muted under">{member.email}</span>}
            </>
          ),
        },
        { head: columns.role, cell: ({ role }) => shared.roles[role] },
        {
          head: columns.from,
          cell: ({ from, since }) =>
            from === null
              ? fill(texts.here, { date: formatDate(since.slice(0, 10)) })
              : fill(texts.above, { issuer: from.name }),
        },
        { head: columns.second, cell: ({ twoFactor }) => (twoFactor ? texts.twoFactor : texts.oneFactor) },
        {
          head: columns.act,
          acts: true,
          cell: (member) =>
            member.from === null &&
            (mayTouch(member.role) || isMe(member)) && (
              <span className="row">
                {mayTouch(member.role) && (
                  <button
                    type="button"
                    className="btn"
                    aria-label={fill(texts.changeOf, { name: member.name })}
                    onClick={() => onAct({ kind: 'change', member })}
                  >
                    {texts.change}
                  </button>
                )}
                <button
                  type="button"
                  className="btn plain"
                  aria-label={isMe(member) ? texts.leave : fill(texts.removeOf, { name: member.name })}
                  onClick={() => onAct({ kind: 'remove', member })}
                >
                  {isMe(member) ? texts.leave : texts.remove}
                </button>
              </span>
            ),
        },
      ]}
    />
  );
}

import type { ReactNode } from 'react';
import type { Consequences } from '../../../../server/issuer/key-consequences.ts';
import { fill, formatNumber } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useStudioTexts } from '../../texts/index.ts';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { useTexts } from './texts.ts';

export interface WhatFollowsProps {
  how: 'compromise' | 'retire';
  /** A date is given, so that what lies before it can be told apart. */
  dated: boolean;
  of: Consequences;
}

/** Every consequence of taking a key out of use, in numbers. */
export function WhatFollows({
  how,
  dated,
  of: { signed, before, accepted, others, lists, replaced },
}: WhatFollowsProps) {
  const texts = useTexts();
  const shared = useStudioTexts();
  const [unread = '', unreadWhy = ''] = texts.unread[how];
  const [untouched = '', untouchedWhy = ''] = texts.others;
  const [again = '', againWhy = ''] = texts.lists;
  const [made = '', madeWhy = ''] = texts.replaced;
  return (
    <section aria-labelledby="follows" aria-live="polite">
      <h2 id="follows">{texts.consequences}</h2>
      <ul className="conse">
        <Line icon={signed === 0 ? 'passed' : 'unsure'} count={signed} title={unread}>
          {fill(unreadWhy, { accepted })}
        </Line>
        {how === 'compromise' && dated && (
          <>
            <Line icon="passed" count={before} title={texts.heldTitle}>
              {texts.held}
            </Line>
            <Line icon={signed === before ? 'passed' : 'unsure'} count={signed - before} title={texts.lostTitle}>
              {texts.lost}
            </Line>
          </>
        )}
        <Line icon="passed" count={others} title={untouched}>
          {untouchedWhy}
        </Line>
        <Line icon="info" count={lists} title={fill(again, { count: lists })}>
          {againWhy}
        </Line>
        {replaced && (
          <Line icon="info" count={1} title={made}>
            {madeWhy}
          </Line>
        )}
      </ul>
      {signed > 0 && (
        <p className="small">
          {texts.again} <IssuerLink to="/credentials">{shared.areas.credentials}</IssuerLink>
        </p>
      )}
    </section>
  );
}

interface LineProps {
  icon: 'passed' | 'unsure' | 'info';
  count: number;
  title: string;
  children: ReactNode;
}

function Line({ icon, count, title, children }: LineProps) {
  return (
    <li>
      <Icon name={icon} className={icon === 'info' ? 'ico' : icon} />
      <b className="num">{formatNumber(count)}</b>
      <div>
        <p>{title}</p>
        <p className="small muted">{children}</p>
      </div>
    </li>
  );
}

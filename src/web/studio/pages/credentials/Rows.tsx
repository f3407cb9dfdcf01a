import { memo } from 'react';
import type { ListedCredential } from '../../../../server/credential/routes.ts';
import { fill, formatDate } from '../../../texts/language.ts';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { useTexts } from './texts.ts';

type Toggle = (ids: readonly string[], on: boolean) => void;

export interface RowsProps {
  items: readonly ListedCredential[];
  chosen: ReadonlySet<string>;
  /** Null where nothing can be chosen. */
  onToggle: Toggle | null;
}

/** Credentials, each with a box to choose it. A box that changes draws its own row again, and no other. */
export function Rows({ items, chosen, onToggle }: RowsProps) {
  const texts = useTexts();
  const ids = items.map(({ id }) => id);
  const allChosen = ids.length > 0 && ids.every((id) => chosen.has(id));
  return (
    <table className="blocks">
      <caption className="vh">{texts.title}</caption>
      <thead>
        <tr>
          {onToggle !== null && (
            <th scope="col" className="tick">
              <label>
                <span className="vh">{texts.chooseAll}</span>
                <input type="checkbox" checked={allChosen} onChange={({ target }) => onToggle(ids, target.checked)} />
              </label>
            </th>
          )}
          <th scope="col">{texts.learner}</th>
          <th scope="col">{texts.achievement}</th>
          <th scope="col">{texts.state}</th>
          <th scope="col">{texts.claim}</th>
          <th scope="col">{texts.issued}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id}>
            {onToggle !== null && <Tick item={item} checked={chosen.has(item.id)} onToggle={onToggle} />}
            <Cells item={item} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface TickProps {
  item: ListedCredential;
  checked: boolean;
  onToggle: Toggle;
}

const Tick = memo(function Tick({ item, checked, onToggle }: TickProps) {
  const texts = useTexts();
  return (
    <td className="tick">
      <label>
        <span className="vh">{fill(texts.choose, { who: nameOf(item) ?? texts.unnamed })}</span>
        <input type="checkbox" checked={checked} onChange={({ target }) => onToggle([item.id], target.checked)} />
      </label>
    </td>
  );
});

const Cells = memo(function Cells({ item }: { item: ListedCredential }) {
  const texts = useTexts();
  return (
    <>
      <th scope="row">
        <IssuerLink to={`/credentials/${item.id}`}>
          <bdi>{nameOf(item) ?? texts.unnamed}</bdi>
        </IssuerLink>
        {item.learner?.name !== undefined && item.learner.email !== undefined && (
          <span className="small muted second" dir="ltr">
            {item.learner.email}
          </span>
        )}
      </th>
      <td data-l={texts.achievement}>
        <bdi>{item.achievementName || texts.record}</bdi>
      </td>
      <td data-l={texts.state}>
        <span className="tag">{texts.states[item.state]}</span>
        {item.test && <span className="tag">{texts.test}</span>}
      </td>
      <td data-l={texts.claim}>{texts.claimStates[item.claim]}</td>
      <td data-l={texts.issued}>{formatDate(item.issuedAt.slice(0, 10))}</td>
    </>
  );
});

const nameOf = ({ learner }: ListedCredential) => learner?.name ?? learner?.email;

import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { CredentialRecord } from '../../../../server/credential/record.ts';
import { askJson } from '../../../api.ts';
import { fill, formatDate } from '../../../texts/language.ts';
import { useIssuer, useMay } from '../../issuer.ts';
import { useStudioTexts } from '../../texts/index.ts';
import { Text } from '../../ui/Field.tsx';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { Problem } from '../../ui/Problem.tsx';
import { useTexts } from './texts.ts';

interface Found {
  by: string;
  items: (CredentialRecord & { name: string | null; learner?: string | null })[];
  next: string | null;
}

/** "Is this real?": by the address of a credential, or by its learner. */
export function Lookup() {
  const texts = useTexts();
  const shared = useStudioTexts();
  const navigate = useNavigate();
  const { slug } = useIssuer();
  const mayIssue = useMay('issue');
  const [text, setText] = useState('');
  const [found, setFound] = useState<(Found & { asked: string }) | null>(null);
  const [error, setError] = useState<unknown>(null);
  const ask = (body: object) => askJson<Found>(`/api/issuers/${slug}/credentials/look-up`, { method: 'POST', body });
  const look = async (event: FormEvent) => {
    event.preventDefault();
    const asked = text.trim();
    if (asked.length < 2) return;
    setError(null);
    setFound(null);
    try {
      const answer = await ask({ text: asked });
      const [only, ...more] = answer.items;
      if (only !== undefined && more.length === 0 && answer.next === null)
        await navigate({ to: `/${slug}/credentials/${only.id}` });
      else setFound({ ...answer, asked });
    } catch (error) {
      setError(error);
    }
  };
  const goOn = async ({ asked, items, next }: Found & { asked: string }) => {
    try {
      const more = await ask({ text: asked, after: next });
      setFound({ ...more, asked, items: [...items, ...more.items] });
    } catch (error) {
      setError(error);
    }
  };
  return (
    <section className="card pad stack" aria-labelledby="lookup">
      <h2 id="lookup">{texts.lookup}</h2>
      <form className="lookup" onSubmit={(event) => void look(event)} noValidate>
        <Text
          label={mayIssue ? texts.lookupLabel : texts.lookupAddress}
          help={texts.lookupHelp}
          value={text}
          onChange={setText}
          type="search"
          maxLength={500}
        />
        <button type="submit" className="btn">
          {texts.look}
        </button>
      </form>
      {error !== null && <Problem error={error} />}
      {found !== null && (
        <div role="status" className="stack">
          {found.items.length === 0 && (
            <p>{fill(found.next === null ? texts.notOurs : texts.notYet, { text: found.asked })}</p>
          )}
          <ul className="ruled">
            {found.items.map((item) => (
              <li key={item.id}>
                <IssuerLink to={`/credentials/${item.id}`}>
                  <bdi>{item.learner ?? item.name ?? texts.credential}</bdi>
                </IssuerLink>
                , <bdi>{item.name}</bdi>, {texts.states[item.state]}, {formatDate(item.issuedAt.slice(0, 10))}
              </li>
            ))}
          </ul>
          {found.next !== null && (
            <button type="button" className="btn" onClick={() => void goOn(found)}>
              {shared.showMore}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

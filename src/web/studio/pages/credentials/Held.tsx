import { titleOf } from '../../../../core/answer.ts';
import { isJsonObject, type JsonObject, toList } from '../../../../core/json/json.ts';
import type { ShownCredential } from '../../../../server/credential/routes.ts';
import { subjectOf } from '../../../credential/read.ts';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { useTexts } from './texts.ts';

/** The credentials in a record, as it was signed. */
export const heldIn = (record: JsonObject | null): JsonObject[] =>
  toList(subjectOf(record)?.verifiableCredential).filter(isJsonObject);

/** What a record holds; what its units issued stands in their lists. */
export function Held({ credential: { credential } }: { credential: ShownCredential }) {
  const texts = useTexts();
  const held = heldIn(credential);
  if (held.length === 0) return null;
  const issuer = issuerOf(credential);
  return (
    <section className="card pad" aria-labelledby="held">
      <h2 id="held">{texts.held}</h2>
      <ul className="ruled">
        {held.map((one) => {
          const id = String(one.id);
          const title = <bdi>{titleOf(one) ?? texts.credential}</bdi>;
          return (
            <li key={id}>
              {issuerOf(one) === issuer ? (
                <IssuerLink to={`/credentials/${id.split('/').at(-1)}`}>{title}</IssuerLink>
              ) : (
                title
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const issuerOf = (credential: JsonObject | null) => (isJsonObject(credential?.issuer) ? credential.issuer.id : null);

import type { CredentialView } from '../../core/credential/types.ts';
import { isJsonObject, toList } from '../../core/json/json.ts';
import { texts } from '../texts/language.ts';
import { achievementOf, textOf } from './read.ts';

const evidenceAtMost = 20;

/** What the credential says of itself, as plain text: Markdown and markup in it stay letters. */
export function Content({ credential, verified }: { credential: CredentialView; verified: boolean }) {
  const achievement = achievementOf(credential);
  const description = textOf(credential.description) ?? textOf(achievement?.description);
  const criteria = isJsonObject(achievement?.criteria) ? textOf(achievement.criteria.narrative) : null;
  const evidence = toList(credential.evidence).filter(isJsonObject).slice(0, evidenceAtMost);
  if (description === null && criteria === null && evidence.length === 0) return null;
  return (
    <section className="part pad">
      <h3>{texts.about}</h3>
      {!verified && <p className="small muted">{texts.notVerified}</p>}
      {description !== null && (
        <p className="prose" dir="auto">
          {description}
        </p>
      )}
      {criteria !== null && (
        <>
          <h4>{texts.criteria}</h4>
          <p className="prose" dir="auto">
            {criteria}
          </p>
        </>
      )}
      {evidence.length > 0 && (
        <>
          <h4>{texts.evidence}</h4>
          <p className="small muted">{texts.evidenceNote}</p>
          <dl className="facts">
            {evidence.map((entry) => (
              <div key={JSON.stringify(entry)}>
                <dt>
                  <bdi>{textOf(entry.name) ?? texts.unnamed}</bdi>
                </dt>
                <dd>
                  {textOf(entry.description) !== null && <p dir="auto">{textOf(entry.description)}</p>}
                  <code className="path" dir="ltr">
                    {textOf(entry.id)}
                  </code>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  );
}

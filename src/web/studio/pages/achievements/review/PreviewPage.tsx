import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { Assessment } from '../../../../../core/assess.ts';
import { askJson } from '../../../../api.ts';
import { Hallmark } from '../../../../credential/Hallmark.tsx';
import { Parts } from '../../../../credential/Parts.tsx';
import { translated } from '../../../../credential/words.ts';
import { fill, useLanguage } from '../../../../texts/language.ts';
import '../../../../ui/credential.css';
import { Icon } from '../../../../ui/Icon.tsx';
import { useIssuer, useMay } from '../../../issuer.ts';
import { useIssuerQuery } from '../../../queries.ts';
import { IssuerLink } from '../../../ui/IssuerLink.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { PageHead } from '../../../ui/PageHead.tsx';
import '../author.css';
import { type Achievement, useDraft, type Version } from '../draft.ts';
import { useTexts } from '../texts.ts';
import './review.css';
import { useReviewTexts } from './texts.ts';

interface Preview {
  assessment: Assessment | null;
  findings: { say: string }[];
}

/** A credential of the achievement as its receiver sees it, also of what is not saved yet. */
export function Page() {
  const { head } = useTexts();
  const { id } = useParams({ strict: false });
  const found = useIssuerQuery<Achievement>(`/achievements/${id}`);
  return (
    <Loaded query={found} what={head.what} rows={8}>
      {({ versions }) => <Shown latest={versions.at(-1) as Version} />}
    </Loaded>
  );
}

function Shown({ latest }: { latest: Version }) {
  const texts = useTexts();
  const { preview } = useReviewTexts();
  const { slug } = useIssuer();
  const mayWrite = useMay('author');
  const { draft, isChanged } = useDraft(latest);
  const asksUnsaved = isChanged && mayWrite;
  const { achievement, evidence } = draft;
  const found = useQuery({
    queryKey: [
      slug,
      'preview',
      latest.id,
      latest.changedAt,
      asksUnsaved ? JSON.stringify([achievement, evidence]) : '',
    ],
    queryFn: () =>
      asksUnsaved
        ? askJson<Preview>(`/api/issuers/${slug}/achievements/preview`, {
            method: 'POST',
            body: { achievement, evidence },
          })
        : askJson<Preview>(`/api/issuers/${slug}/achievements/${latest.id}/preview`),
  });
  const name = String(draft.achievement.name ?? '') || texts.list.unnamed;
  return (
    <>
      <PageHead
        title={preview.title}
        within={name}
        kicker={
          asksUnsaved ? fill(preview.kickerUnsaved, { name }) : fill(preview.kicker, { name, version: latest.version })
        }
        actions={
          <IssuerLink className="btn" to={`/achievements/${latest.id}`}>
            {preview.back}
          </IssuerLink>
        }
      />
      <div className="note unsure">
        <Icon name="unsure" className="unsure" />
        <p>
          <b>{preview.mark}</b> {preview.meaning}
        </p>
      </div>
      <Loaded query={found} what={preview.what} rows={8}>
        {({ assessment, findings }) => (
          <>
            {findings.length > 0 && (
              <div className="note failed">
                <Icon name="failed" className="failed" />
                <div>
                  <p>{preview.faults}</p>
                  <ul>
                    {findings.map(({ say }) => (
                      <li key={say}>{say}</li>
                    ))}
                  </ul>
                </div>
              </div>
            )}
            {assessment !== null && <Receiver assessment={assessment} name={name} />}
          </>
        )}
      </Loaded>
    </>
  );
}

function Receiver({ assessment: given, name }: { assessment: Assessment; name: string }) {
  useLanguage();
  const assessment = translated(given);
  return (
    <article className="card result" aria-label={name}>
      <div className="pad top">
        <h2>
          <bdi>{name}</bdi>
        </h2>
      </div>
      <div className="strike">
        <Hallmark assessment={assessment} />
      </div>
      <Parts assessment={assessment} />
    </article>
  );
}

import './issue.css';
import type { EvidenceRequirement } from '../../../../core/issue/check-mastery.ts';
import type { JsonObject } from '../../../../core/json/json.ts';
import type { Issuable } from '../../../../server/achievement/issuable.ts';
import type { FoundPolicy } from '../../../../server/policy/policy.ts';
import { useIssuer } from '../../issuer.ts';
import { useKept } from '../../kept.ts';
import { useIssuerQuery } from '../../queries.ts';
import { Select } from '../../ui/Field.tsx';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Missing } from '../../ui/Missing.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { AwardGrid } from './AwardGrid.tsx';
import { useTexts } from './texts.ts';

interface Achievement {
  versions: { version: number; state: string; achievement: JsonObject; evidence: EvidenceRequirement | null }[];
}

/** A sheet for one achievement: a row for each learner. */
export function Page() {
  const { name } = useIssuer();
  const texts = useTexts();
  const issuable = useIssuerQuery<{ items: Issuable[] }>('/issuable');
  const asked = new URLSearchParams(location.search).get('achievement') ?? '';
  const [chosen, setChosen] = useKept('issue.achievement', '');
  return (
    <>
      <PageHead title={texts.gridTitle} within={name} lead={texts.gridLead} />
      <Loaded query={issuable} what={texts.achievementsWhat}>
        {({ items }) => {
          const achievement = items.find(({ id }) => id === (chosen || asked))?.id ?? items[0]?.id;
          if (achievement === undefined)
            return (
              <Missing title={texts.nothingToIssue} text={texts.nothingToIssueMeaning}>
                <IssuerLink to="/" className="btn">
                  {texts.toStart}
                </IssuerLink>
              </Missing>
            );
          return (
            <div className="stack-2">
              <Select
                label={texts.achievement}
                value={achievement}
                onChange={setChosen}
                options={items.map((item): [string, string] => [item.id, item.name])}
              />
              <OfAchievement key={achievement} id={achievement} />
            </div>
          );
        }}
      </Loaded>
    </>
  );
}

function OfAchievement({ id }: { id: string }) {
  const texts = useTexts();
  const found = useIssuerQuery<Achievement>(`/achievements/${id}`);
  const policy = useIssuerQuery<FoundPolicy>('/policy');
  return (
    <Loaded query={found} what={texts.achievementWhat}>
      {({ versions }) => {
        const approved = versions.findLast(({ state }) => state === 'approved');
        return (
          <Loaded query={policy} what={texts.policyWhat}>
            {({ policy: { timeZone, deliver, proof } }) =>
              approved && (
                <AwardGrid
                  id={id}
                  achievement={approved.achievement}
                  evidence={approved.evidence ?? undefined}
                  timeZone={timeZone}
                  deliver={deliver}
                  proof={proof}
                />
              )
            }
          </Loaded>
        );
      }}
    </Loaded>
  );
}

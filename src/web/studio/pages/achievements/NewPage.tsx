import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { JsonObject } from '../../../../core/json/json.ts';
import { translation, useLanguage } from '../../../texts/language.ts';
import { useIssuer } from '../../issuer.ts';
import { useKept } from '../../kept.ts';
import { useIssuerChange } from '../../queries.ts';
import { useStudioTexts } from '../../texts/index.ts';
import { Area, Text } from '../../ui/Field.tsx';
import { FormFaults } from '../../ui/FormFaults.tsx';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Problem } from '../../ui/Problem.tsx';
import './author.css';
import { type AimId, ClassChoice, ClassReason } from './ClassChoice.tsx';
import { useJudge } from './judging.ts';
import { newScale } from './scale.ts';
import { useTexts } from './texts.ts';

const members = ['name', 'description', 'narrative'] as const;
const blank = { class: 'application' as AimId, name: '', description: '', narrative: '' };

/** An achievement begins with what the learner did. */
export function Page() {
  const texts = useTexts();
  const shared = useStudioTexts();
  const language = useLanguage();
  const { slug, name } = useIssuer();
  const navigate = useNavigate();
  const { judge } = useJudge();
  const create = useIssuerChange<{ id: string }>();
  const [kept, keep, clear] = useKept(`achievement.${slug}.new`, blank);
  const [attempt, setAttempt] = useState(0);
  const lacking = attempt === 0 ? [] : members.filter((member) => kept[member].trim() === '');

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setAttempt((count) => count + 1);
    if (create.isPending || members.some((member) => kept[member].trim() === '')) return;
    const { id } = await create.mutateAsync({
      path: '/achievements',
      body: {
        achievement: {
          type: ['Achievement'],
          name: kept.name.trim(),
          description: kept.description.trim(),
          achievementType: 'MicroCredential',
          inLanguage: language,
          criteria: { narrative: kept.narrative.trim() },
          ...begin(kept.class, texts),
        },
        ...(kept.class === 'application' && { evidence: { minimum: 1 } }),
      },
    });
    clear();
    await navigate({ to: `/${slug}/achievements/${id}` });
  };

  return (
    <>
      <PageHead title={texts.new.title} within={name} lead={texts.new.lead} />
      <form className="card pad form" onSubmit={(event) => void submit(event).catch(() => undefined)} noValidate>
        <FormFaults
          attempt={attempt}
          faults={lacking.map((member) => ({ id: `new-${member}`, label: texts.fields[member][0] ?? '' }))}
        />
        <ClassChoice legend={texts.new.did} value={kept.class} onChange={(value) => keep({ ...kept, class: value })} />
        {judge !== null && <ClassReason meaning={judge.meaningOf(kept.class, translation)} />}
        <h2>{texts.new.basics}</h2>
        {members.map((member) => {
          const [label = '', help] = texts.fields[member];
          const Control = member === 'name' ? Text : Area;
          return (
            <Control
              key={member}
              id={`new-${member}`}
              label={label}
              help={help}
              fault={lacking.includes(member) ? shared.required : undefined}
              value={kept[member]}
              maxLength={member === 'name' ? 300 : 20_000}
              onChange={(text) => keep({ ...kept, [member]: text })}
            />
          );
        })}
        {create.isError && <Problem error={create.error} />}
        <div className="row">
          <button type="submit" className="btn primary" aria-disabled={create.isPending}>
            {texts.new.begin}
          </button>
          <IssuerLink className="btn" to="/achievements">
            {shared.cancel}
          </IssuerLink>
        </div>
      </form>
    </>
  );
}

/** With which scale an achievement of that class begins. */
function begin(aim: AimId, { seeds, rubric }: ReturnType<typeof useTexts>): JsonObject {
  if (aim === 'recognition') return {};
  const scale =
    aim === 'application'
      ? newScale(seeds.application, 'Performance', rubric.first)
      : newScale(seeds.knowledge, 'Exam', []);
  return { resultDescription: [scale] };
}

import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { checkCredential } from '../../../../core/framework/check-credential.ts';
import { bundledPacks } from '../../../../core/framework/packs.ts';
import { buildFromAchievement } from '../../../../core/issue/build-from-achievement.ts';
import { passingLearner } from '../../../../core/issue/judge-achievement.ts';
import type { JsonObject } from '../../../../core/json/json.ts';
import { nodeCryptography } from '../../../../node/cryptography.ts';
import { ChosenIssuer, type MyIssuer } from '../../issuer.ts';
import { queries } from '../../queries.ts';
import { AssessmentSection } from './AssessmentSection.tsx';
import { BasicsSection } from './BasicsSection.tsx';
import { EvidenceSection } from './EvidenceSection.tsx';
import { EditingContext } from './editing.ts';
import { ImageSection } from './ImageSection.tsx';
import { jumpOf } from './jump.ts';
import { MoreSection } from './MoreSection.tsx';
import { fieldOf } from './places.ts';
import { SkillsSection } from './SkillsSection.tsx';
import { newScale } from './scale.ts';

const issuer: JsonObject = { id: 'did:web:assay.example', type: ['Profile'], name: 'Northfield' };
const evidence = null;
const chosen: MyIssuer = { slug: 'northfield', name: 'Northfield', role: 'author', scopes: ['author'] } as never;

/** The ids of the form for an achievement. */
async function idsOf(achievement: JsonObject): Promise<Set<string>> {
  const Form = () => (
    <QueryClientProvider client={queries}>
      <ChosenIssuer value={chosen}>
        <EditingContext
          value={{
            address: 'https://assay.example/achievements/1',
            achievement,
            evidence,
            set: () => {},
            setEvidence: () => {},
            comments: [],
            faults: new Map(),
          }}
        >
          <BasicsSection />
          <SkillsSection />
          <AssessmentSection />
          <EvidenceSection />
          <ImageSection />
          <MoreSection />
        </EditingContext>
      </ChosenIssuer>
    </QueryClientProvider>
  );
  const router = createRouter({
    routeTree: createRootRoute({ component: Form }),
    history: createMemoryHistory({ initialEntries: ['/'] }),
  });
  await router.load();
  const html = renderToStaticMarkup(<RouterProvider router={router as never} />);
  return new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => id));
}

/** For each rule: the field that its jump leads to, or who else supplies it. */
async function jumpsFor(achievement: JsonObject): Promise<Record<string, Record<string, string>>> {
  const ids = await idsOf(achievement);
  const now = new Date('2026-05-01T00:00:00Z');
  const learner = passingLearner({ achievement, evidence }, now);
  const built = await buildFromAchievement({ achievement, issuer, learner }, { cryptography: nodeCryptography, now });
  if (!built.ok) throw new Error(JSON.stringify(built.findings));
  const all = bundledPacks.map((pack) => {
    const report = checkCredential(built.credential, { pack, listOrderProtected: true });
    const lines = report.rules.flatMap((result) => {
      const rule = pack.rules.find(({ id }) => id === result.id);
      if (rule === undefined) return [];
      const { from, place } = jumpOf(rule, result, { pack, report, achievement });
      return [[rule.id, place === null ? `(${from})` : (fieldOf(place, (id) => ids.has(id)) ?? `nowhere: ${place}`)]];
    });
    return [pack.id, Object.fromEntries(lines)];
  });
  return Object.fromEntries(all);
}

const begun: JsonObject = { id: 'https://assay.example/achievements/1', type: ['Achievement'] };
const label = { type: ['Alignment'], targetName: 'Sampling', targetUrl: 'https://northfield.example/skills/1' };
const [trusted, european, aligned] = [
  'trusted-microcredential',
  'eu-microcredential-2022',
  'open-skill-alignment-0.1',
] as const;

describe('the way from each rule of the packs to the form', () => {
  it('leads to a field where nothing is written yet, or to whoever supplies it', async () => {
    expect(await jumpsFor(begun)).toEqual({
      [trusted]: {
        name: 'at/name',
        description: 'at/description',
        'achievement-type': 'at/achievementType',
        image: 'add-picture',
        language: 'at/inLanguage',
        'issuer-identity': '(issuer)',
        'issuer-authority': '(issuer)',
        recipient: '(learner)',
        'award-date': '(learner)',
        expiry: '(learner)',
        criteria: 'at/criteria/narrative',
        'learning-outcomes': 'add-skill',
        skills: 'add-skill',
        'framework-alignment': 'add-skill',
        effort: 'at/timeRequired',
        credit: 'at/creditsAvailable',
        'assessment-description': 'add-scale',
        'assessment-type-applied': 'add-scale',
        'assessment-type-scored': 'add-scale',
        'assessment-validity': 'add-scale',
        assessor: '(learner)',
        result: 'add-scale',
        'result-date': '(learner)',
        'result-scale': 'add-scale',
        rubric: 'add-scale',
        evidence: 'evidence-minimum',
        'evidence-durability': '(learner)',
        endorsement: 'at/endorsement',
        'terms-defined': '(achievement)',
      },
      [european]: {
        learner: '(learner)',
        title: 'at/name',
        'issuer-country': '(issuer)',
        'awarding-body': '(issuer)',
        'issue-date': '(learner)',
        'learning-outcomes': 'add-skill',
        workload: 'at/creditsAvailable',
        level: 'at/eqf',
        'assessment-type': 'add-scale',
        participation: 'add-skill',
        'quality-assurance': '(issuer)',
        prerequisites: 'at/coursePrerequisites',
        'supervision-identity': 'add-scale',
        grade: 'add-scale',
        stackability: 'at/related',
        'further-information': 'at/criteria/id',
      },
      [aligned]: {
        'scale-present': 'add-scale',
        'result-present': 'add-scale',
        'scale-type': 'add-scale',
        'percent-bounds': 'add-scale',
        'rubric-levels': 'add-scale',
        'result-linked': '(learner)',
        'value-in-range': '(learner)',
        'level-declared': '(learner)',
        'scale-alignment': 'add-scale',
        'result-alignment': '(learner)',
      },
    });
  });

  it('leads to what is missing where some is written', async () => {
    const found = await jumpsFor({
      ...begun,
      image: { id: 'https://assay.example/1.png', type: 'Image' },
      alignment: [label],
      resultDescription: [newScale('Examination', 'Exam', []), newScale('Practical', 'Performance', ['Low', 'High'])],
    });
    expect(found[trusted]).toMatchObject({
      image: 'at/image/caption',
      'learning-outcomes': 'at/alignment/0/targetDescription',
      'framework-alignment': 'add-skill',
      'assessment-description': 'at/resultDescription/0/description',
      'assessment-validity': 'at/resultDescription/0/assessmentEvaluation',
      'result-scale': 'at/resultDescription/0/requiredValue',
      rubric: 'at/resultDescription/1/rubricCriterionLevel/0/description',
    });
    expect(found[european]).toMatchObject({
      grade: 'at/resultDescription/0/requiredValue',
      'supervision-identity': 'at/resultDescription/0/alignment',
      participation: 'add-skill',
    });
    expect(found[aligned]).toMatchObject({ 'scale-alignment': 'at/resultDescription/0/alignment' });
  });

  it('leads to the assessment of which something is wrong', async () => {
    const { assessmentType: _, ...untold } = newScale('Examination', 'Exam', []);
    const [level] = (newScale('', 'Performance', ['Low']).rubricCriterionLevel ?? []) as JsonObject[];
    const described = { ...level, description: 'Finds the site.' };
    const bad = { ...label, targetName: 'River', targetUrl: 'https://northfield.example/' };
    const found = await jumpsFor({
      ...begun,
      skills: ['sampling'],
      alignment: [{ ...label, targetDescription: 'Samples a river.' }, bad],
      resultDescription: [
        { ...untold, requiredValue: '50', valueMin: '1' },
        { ...newScale('Practical', 'Performance', ['Low', 'High']), rubricCriterionLevel: [described] },
      ],
    });
    expect(found[trusted]).toMatchObject({
      'assessment-type-scored': 'at/resultDescription/0/assessmentType',
      'assessment-validity': 'at/resultDescription/0/assessmentType',
      'result-scale': 'at/resultDescription/1/requiredLevel',
      rubric: 'at/resultDescription/1/rubricCriterionLevel',
      'terms-defined': 'at/skills',
    });
    expect(found[aligned]).toMatchObject({ 'percent-bounds': 'at/resultDescription/0/valueMin' });
    const published = { ...bad, targetUrl: 'https://case.example/CFItems/11111111-1111-4111-8111-111111111111' };
    const two = [published, { ...published, targetName: 'Lake' }];
    expect((await jumpsFor({ ...begun, alignment: two }))[trusted]).toMatchObject({
      'framework-alignment': 'at/alignment/1/targetUrl',
    });
  });
});

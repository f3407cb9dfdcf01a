import { buildAnswer, learnerName } from '../../core/answer.ts';
import type { Assessment } from '../../core/assess.ts';
import type { Verdict } from '../../core/verify/report.ts';
import { fill, relations, texts, verdictWords } from '../texts/language.ts';
import { Disclosure } from '../ui/Disclosure.tsx';
import { Filled } from '../ui/Filled.tsx';
import { Icon } from '../ui/Icon.tsx';
import { AnswerText } from './Answer.tsx';
import { HallmarkRow } from './Hallmark.tsx';
import { IssuerLine } from './IssuerLine.tsx';
import { looks, outcomeOfVerdict } from './outcome.ts';
import { Parts } from './Parts.tsx';
import { buildTree, type TreeNode } from './tree.ts';

const verdicts: readonly Verdict[] = ['not-verified', 'cannot-tell', 'verified'];

/** The credentials of a record as a tree, each with its own verdict and row. */
export function RecordTree({ record }: { record: Assessment }) {
  return (
    <section className="part pad">
      <h3>{texts.inside}</h3>
      <ul className="tally">
        {verdicts.map((verdict) => {
          const number = record.credentials.filter(({ verification }) => verification.verdict === verdict).length;
          const { icon, tone } = looks[outcomeOfVerdict[verdict]];
          return number === 0 ? null : (
            <li key={verdict}>
              <Icon name={icon} className={tone} />
              <b className="num">{number}</b>
              <span>{fill(verdictWords[verdict], { n: number })}</span>
            </li>
          );
        })}
      </ul>
      {record.verification.credential?.partial === true && (
        <div className="note">
          <Icon name="info" />
          <p>
            <b>{texts.partial}</b> {texts.partialMore}
          </p>
        </div>
      )}
      <Nodes nodes={buildTree(record)} top />
    </section>
  );
}

function Nodes({ nodes, top = false }: { nodes: readonly TreeNode[]; top?: boolean }) {
  if (nodes.length === 0) return null;
  return (
    <ul className={top ? 'tree' : undefined}>
      {nodes.map((node) => (
        <li key={node.key}>
          {node.assessment === null ? <Named node={node} /> : <Earned node={node} assessment={node.assessment} />}
          <Nodes nodes={node.children} />
        </li>
      ))}
    </ul>
  );
}

function Relation({ relation }: { relation: TreeNode['relation'] }) {
  if (relation === null) return null;
  return (
    <p className="rel">
      <Filled template={relations[relation.kind] ?? ''} params={{ name: relation.to }} />
    </p>
  );
}

function Earned({ node, assessment }: { node: TreeNode; assessment: Assessment }) {
  const { verification, hallmark, framework } = assessment;
  const { verdict, sentence } = buildAnswer(verification, hallmark);
  const { icon, tone } = looks[outcomeOfVerdict[verdict]];
  const learner = verification.credential === null ? null : learnerName(verification.credential);
  return (
    <article className="card node">
      <div>
        <Relation relation={node.relation} />
        <h4>
          <bdi>{node.title ?? texts.unnamed}</bdi>
        </h4>
        <p className="small muted">
          {learner !== null && (
            <>
              <AnswerText sentence={{ code: 'detail-learner', params: { learner } }} />{' '}
            </>
          )}
          <IssuerLine assessment={assessment} />
        </p>
      </div>
      <p className="h">
        <HallmarkRow assessment={assessment} />
      </p>
      <div className="v">
        <Icon name={icon} className={tone} />
        <p>
          <b>
            <AnswerText sentence={sentence} />
          </b>{' '}
          {verdict === 'verified' && framework?.classes.sentence}
        </p>
      </div>
      <Disclosure summary={texts.inFull}>
        <Parts assessment={assessment} />
      </Disclosure>
    </article>
  );
}

function Named({ node }: { node: TreeNode }) {
  return (
    <div className="card node plan">
      <div>
        <Relation relation={node.relation} />
        <h4>
          <bdi>{node.title ?? texts.unnamed}</bdi>
        </h4>
      </div>
      <p className="h">
        <span className="tag">{texts.namedNotEarned}</span>
      </p>
      <p className="say-more">{texts.namedNotEarnedMore}</p>
    </div>
  );
}

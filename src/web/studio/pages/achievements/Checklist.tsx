import { Fragment, type ReactNode } from 'react';
import { fill } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useMay } from '../../issuer.ts';
import { type Option, Select } from '../../ui/Field.tsx';
import { IssuerLink } from '../../ui/IssuerLink.tsx';
import type { AuthorList, ListedItem } from './judge.ts';
import { goTo } from './places.ts';
import { useTexts } from './texts.ts';

interface ChecklistProps {
  list: AuthorList;
  /** Where somebody may choose which pack the list is of. */
  judgedBy?: { packId: string; choices: readonly Option[]; onChoose(packId: string): void };
  children: ReactNode;
}

/** Live beside the form: what the class asks, how it stands, why a receiver needs it, and where it goes. */
export function Checklist({ list, judgedBy, children }: ChecklistProps) {
  const texts = useTexts();
  const { check } = texts;
  const { items, count } = list;
  const all = count.met + count.weak + count.missing;
  const inSection = (section: ListedItem['section']) => items.filter((item) => item.section === section);
  const done = inSection('done');
  const weak = inSection('weak');
  const isRequired = ({ expectation }: ListedItem) => expectation === 'required';
  const ofLearner = ({ jump }: ListedItem) => jump.from === 'learner';
  return (
    <div className="card check">
      <div className="prog">
        <p className="kicker">
          {list.otherPack === null ? check.kicker : fill(check.kickerOther, { pack: list.otherPack })}
        </p>
        <h2 className="num">{fill(check.count, { class: list.class.label, have: count.met + count.weak, all })}</h2>
        <Ticks list={list} />
        <p className="small" role="status">
          {fill(check.sum, { ...count })}
        </p>
        <p className="small">
          {check.reads} <b>{list.sentence}</b>
        </p>
        <p className="small muted">
          {check.why} <a href="/framework">{check.guide}</a>
        </p>
        {judgedBy !== undefined && (
          <Select
            label={check.rules}
            help={list.otherPack === null ? check.rulesAsked : check.rulesOther}
            value={judgedBy.packId}
            options={judgedBy.choices}
            onChange={judgedBy.onChoose}
          />
        )}
      </div>
      <Group title={check.missing} tag={check.required} items={inSection('required')} />
      <Group title={check.weak} tag={check.required} items={weak.filter(isRequired)} />
      <Group title={check.weak} items={weak.filter((item) => !isRequired(item))} />
      <Group title={check.recommended} lead={check.recommendedMeaning} items={inSection('recommended')} />
      <Group title={check.ifAvailable} items={inSection('if-available')} />
      {done.length > 0 && (
        <div className="grp">
          <details>
            <summary>
              <Icon name="chev" className="chev" />
              {fill(check.done, { count: count.met })}
            </summary>
            <Lines items={done.filter((item) => !ofLearner(item))} />
            <h3>{check.perLearner}</h3>
            <p className="small muted">{check.perLearnerMeaning}</p>
            <Lines items={done.filter(ofLearner)} />
          </details>
        </div>
      )}
      {children}
    </div>
  );
}

/** One for each required part: met first, then weak, then missing. */
function Ticks({ list: { count } }: { list: AuthorList }) {
  const { check } = useTexts();
  const { met, weak, missing } = count;
  const all = met + weak + missing;
  return (
    <div className="ticks" role="img" aria-label={fill(check.ticks, { all, met, weak, missing })}>
      {Array.from({ length: all }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: ticks have no names
        <span key={index} className={index < met ? 'on' : index < met + weak ? 'wk' : undefined} />
      ))}
    </div>
  );
}

function Group({
  title,
  tag,
  lead,
  items,
}: {
  title: string;
  tag?: string;
  lead?: string;
  items: readonly ListedItem[];
}) {
  if (items.length === 0) return null;
  return (
    <div className="grp">
      <h3>
        {title} {tag !== undefined && <span className="tag">{tag}</span>}
      </h3>
      {lead !== undefined && <p className="small muted">{lead}</p>}
      <Lines items={items} />
    </div>
  );
}

const Lines = ({ items }: { items: readonly ListedItem[] }) => (
  <ul>
    {items.map((item) => (
      <Line key={item.rule.id} item={item} />
    ))}
  </ul>
);

const icons: Record<ListedItem['outcome'], string> = {
  met: 'passed',
  weak: 'weak',
  missing: 'failed',
  inapplicable: 'na',
  'cannot-tell': 'unsure',
};

/** What is missing is red only where it is required. */
function look({ outcome, expectation }: ListedItem): { icon: string; tone: string; kind: string } {
  if (outcome === 'missing')
    return expectation === 'required'
      ? { icon: 'failed', tone: 'failed', kind: 'miss' }
      : { icon: 'todo', tone: 'todo', kind: 'todo' };
  if (outcome === 'met' || outcome === 'weak') return { icon: icons[outcome], tone: 'passed', kind: outcome };
  return { icon: icons[outcome], tone: 'na', kind: 'todo' };
}

function Line({ item }: { item: ListedItem }) {
  const { check } = useTexts();
  const { rule, outcome, purpose, path, section, help, jump } = item;
  const mayManage = useMay('manage');
  const { icon, tone, kind } = look(item);
  const note = outcome === 'weak' ? rule.place?.note : undefined;
  const { from, place } = jump;
  const embedded = jump.path ?? path;
  return (
    <li className={`ck ${kind}`}>
      <Icon name={icon} className={tone} />
      <div>
        <div className="ch">
          <span className="ct">{rule.field}</span>
          <span className="cs">{check.states[outcome]}</span>
        </div>
        <p className="cw">{purpose}</p>
        {outcome !== 'met' && <p className="cw muted">{help.write}</p>}
        {note !== undefined && <p className="cw">{note}</p>}
        {embedded !== undefined && <Path path={embedded} />}
        {section !== 'done' && place === null && from !== 'achievement' && (
          <p className="small muted">
            {from !== 'issuer' ? (
              check.ofLearner
            ) : mayManage ? (
              <IssuerLink to="/settings">{check.ofIssuer}</IssuerLink>
            ) : (
              check.ofIssuer
            )}
          </p>
        )}
        {section !== 'done' && place !== null && (
          <button
            type="button"
            className={section === 'if-available' ? 'btn plain' : 'btn'}
            onClick={() => goTo(place)}
          >
            {section === 'if-available' ? check.toExist : check.toField}
            <span className="vh">: {rule.field}</span>
          </button>
        )}
      </div>
    </li>
  );
}

/** A path may break after its dots. */
function Path({ path }: { path: string }) {
  const { check } = useTexts();
  const parts = path
    .replace(/^\$\.?/, '')
    .replaceAll('[*]', '[]')
    .replaceAll(/\[\?.*?\]/g, '[]')
    .split('.');
  return (
    <p className="path" dir="ltr">
      <span className="vh">{check.at} </span>
      {parts.map((part, index) => (
        <Fragment key={parts.slice(0, index + 1).join('.')}>
          {index > 0 && (
            <>
              .<wbr />
            </>
          )}
          {part}
        </Fragment>
      ))}
    </p>
  );
}

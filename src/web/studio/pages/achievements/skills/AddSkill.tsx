import { type FormEvent, useEffect, useState } from 'react';
import type { JsonObject } from '../../../../../core/json/json.ts';
import { fill } from '../../../../texts/language.ts';
import { useIssuerQuery } from '../../../queries.ts';
import { Text } from '../../../ui/Field.tsx';
import { focusAfter } from '../../../ui/focus.ts';
import { IssuerLink } from '../../../ui/IssuerLink.tsx';
import { Problem } from '../../../ui/Problem.tsx';
import { fieldId } from '../editing.ts';
import { anchors } from '../places.ts';
import { useTexts } from '../texts.ts';
import { alignTo, isAddress } from './align-to.ts';
import { useSkillTexts } from './texts.ts';

interface FoundSkill {
  framework: { id: string; name: string };
  code: string | null;
  statement: string;
  above: { code: string | null; statement: string } | null;
  alignment: JsonObject;
}

const most = 20;

/** Find a skill in the imported frameworks, or paste its address. */
export function AddSkill({ skills, onAdd }: { skills: readonly JsonObject[]; onAdd(skill: JsonObject): void }) {
  const { skills: texts } = useTexts();
  const words = useSkillTexts();
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string>();
  const typed = text.trim();
  const has = ({ targetUrl }: JsonObject) => skills.some((skill) => skill.targetUrl === targetUrl);
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (!isAddress(typed)) return setFault(texts.notWeb);
    const skill = alignTo(typed);
    if (has(skill)) return setFault(texts.twice);
    // Its name is asked next.
    focusAfter(
      () => {
        onAdd(skill);
        setText('');
      },
      fieldId(`/alignment/${skills.length}/targetName`),
    );
  };
  const [label = '', help] = words.find;
  return (
    <div className="fs">
      <form className="add-one" onSubmit={add} noValidate>
        <Text
          id={anchors['/alignment']}
          label={label}
          help={help}
          fault={fault}
          type="search"
          value={text}
          maxLength={2000}
          onChange={(next) => {
            setText(next);
            setFault(undefined);
          }}
        />
        {isAddress(typed) && (
          <button type="submit" className="btn">
            {texts.add}
          </button>
        )}
      </form>
      {typed.length > 1 && !isAddress(typed) && <Found text={typed} has={has} onAdd={onAdd} />}
      <p className="small">
        <IssuerLink to="/achievements/frameworks">{words.frameworks}</IssuerLink>
      </p>
    </div>
  );
}

interface FoundProps {
  text: string;
  has(skill: JsonObject): boolean;
  onAdd(skill: JsonObject): void;
}

function Found({ text, has, onAdd }: FoundProps) {
  const words = useSkillTexts();
  const [wanted, setWanted] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setWanted(text), 250);
    return () => clearTimeout(timer);
  }, [text]);
  const query = useIssuerQuery<{ items: FoundSkill[]; next: string | null }>(
    `/skills?limit=${most}&q=${encodeURIComponent(wanted)}`,
  );
  const { data, error } = query;
  if (error !== null && data === undefined) return <Problem error={error} />;
  const say =
    data === undefined
      ? words.searching
      : data.items.length === 0
        ? fill(words.none, { text: wanted })
        : fill(data.next === null ? words.foundCount : words.foundMore, { count: data.items.length });
  return (
    <>
      <p className="small muted" role="status">
        {say}
      </p>
      {data !== undefined && data.items.length > 0 && (
        <ul className="skills found" aria-label={words.found}>
          {data.items.map((skill) => (
            <One key={String(skill.alignment.targetUrl)} skill={skill} isIn={has(skill.alignment)} onAdd={onAdd} />
          ))}
        </ul>
      )}
    </>
  );
}

function One({ skill, isIn, onAdd }: { skill: FoundSkill; isIn: boolean; onAdd(skill: JsonObject): void }) {
  const words = useSkillTexts();
  const { code, statement, framework, above, alignment } = skill;
  const where = [code, framework.name, above && fill(words.below, { above: above.code ?? above.statement })];
  return (
    <li className="split">
      <div>
        <p dir="auto">{statement}</p>
        <p className="small muted">
          <bdi>{where.filter(Boolean).join(', ')}</bdi>
        </p>
      </div>
      <button type="button" className="btn" aria-disabled={isIn} onClick={() => isIn || onAdd(alignment)}>
        {isIn ? words.has : words.add}
        <span className="vh">: {statement}</span>
      </button>
    </li>
  );
}

import { useState } from 'react';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../../../../core/json/json.ts';
import { fill } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import type { Written } from './document.ts';
import { fieldId, usePlace } from './editing.ts';
import { AreaAt, CommentsAt, TextAt } from './fields.tsx';
import { anchors } from './places.ts';
import { AddSkill } from './skills/AddSkill.tsx';
import { useTexts } from './texts.ts';

/** Outcomes and skills: one alignment for each. */
export function SkillsSection() {
  const texts = useTexts();
  const { value, write, fault } = usePlace('/alignment');
  const skills = listOf(value);
  return (
    <section className="card pad fs" aria-labelledby="skills">
      <h2 id="skills">{texts.sections.skills}</h2>
      <p className="small muted">{texts.skills.lead}</p>
      {fault !== undefined && <p className="small failed">{fault}</p>}
      <AddSkill skills={skills} onAdd={(skill) => write((before) => [...listOf(before), skill])} />
      {skills.length === 0 ? (
        <p className="small">{texts.skills.none}</p>
      ) : (
        <ul className="skills" aria-label={texts.skills.list}>
          {skills.map((skill, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: its fields stand at this place of the document
            <Skill key={index} skill={skill} index={index} write={write} />
          ))}
        </ul>
      )}
    </section>
  );
}

const listOf = (value: JsonValue | undefined) => toList(value).filter(isJsonObject);

function Skill({ skill, index, write }: { skill: JsonObject; index: number; write(value: Written): void }) {
  const { skills: texts } = useTexts();
  const toast = useToast();
  const at = `/alignment/${index}`;
  const name = String(skill.targetName ?? '');
  const [isNew] = useState(name === '');
  const said = [skill.targetCode, skill.targetFramework].filter((part) => typeof part === 'string').join(', ');
  const shown = name === '' ? texts.unnamed : name;
  const remove = () => {
    write((before) => listOf(before).filter((_, place) => place !== index));
    document.getElementById(anchors['/alignment'])?.focus();
    toast(fill(texts.removed, { name: shown }), () => write((before) => listOf(before).toSpliced(index, 0, skill)));
  };
  return (
    <li>
      <div className="split">
        <div>
          <b>
            <bdi>{shown}</bdi>
          </b>
          {said !== '' && (
            <p className="small muted">
              <bdi>{said}</bdi>
            </p>
          )}
          <p className="path" dir="ltr">
            {String(skill.targetUrl ?? '')}
          </p>
        </div>
        <button type="button" className="btn plain" aria-label={fill(texts.removeOf, { name: shown })} onClick={remove}>
          {texts.remove}
        </button>
      </div>
      <CommentsAt pointer={at} />
      <details className="more" open={isNew}>
        <summary id={fieldId(at)}>
          <Icon name="chev" className="chev" />
          {texts.edit}
        </summary>
        <div className="fs">
          <TextAt pointer={`${at}/targetName`} words={texts.targetName} />
          <AreaAt pointer={`${at}/targetDescription`} words={texts.targetDescription} />
          <TextAt pointer={`${at}/targetFramework`} words={texts.targetFramework} />
          <TextAt pointer={`${at}/targetCode`} words={texts.targetCode} dir="ltr" />
          <TextAt pointer={`${at}/targetUrl`} words={texts.targetUrl} type="url" dir="ltr" />
          <TextAt pointer={`${at}/targetType`} words={texts.targetType} dir="ltr" />
        </div>
      </details>
    </li>
  );
}

import { type FormEvent, useState } from 'react';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../../../../core/json/json.ts';
import { fill } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { Text } from '../../ui/Field.tsx';
import { focusAfter } from '../../ui/focus.ts';
import { useToast } from '../../ui/Toasts.tsx';
import { fieldId, usePlace } from './editing.ts';
import { AreaAt, CommentsAt, TextAt } from './fields.tsx';
import { fieldOf } from './places.ts';
import { alignTo, isAddress } from './skills/align-to.ts';
import { useTexts } from './texts.ts';

export const alignmentsOf = (value: JsonValue | undefined) => toList(value).filter(isJsonObject);

/** One alignment of a list: what it names, and the fields of it. */
export function AlignmentItem({ alignment, list, index }: { alignment: JsonObject; list: string; index: number }) {
  const { skills: texts } = useTexts();
  const { write } = usePlace(list);
  const toast = useToast();
  const at = `${list}/${index}`;
  const name = String(alignment.targetName ?? '');
  const [isNew] = useState(name === '');
  const said = [alignment.targetCode, alignment.targetFramework].filter((part) => typeof part === 'string').join(', ');
  const shown = name === '' ? texts.unnamed : name;
  const remove = () => {
    write((before) => alignmentsOf(before).filter((_, place) => place !== index));
    const next = fieldOf(list, (id) => document.getElementById(id) !== null);
    if (next !== null) document.getElementById(next)?.focus();
    toast(fill(texts.removed, { name: shown }), () =>
      write((before) => alignmentsOf(before).toSpliced(index, 0, alignment)),
    );
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
            {String(alignment.targetUrl ?? '')}
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

/** Published definitions that a part of an assessment follows, by their addresses; those chosen elsewhere are left out. */
export function Definitions({
  list,
  title,
  help,
  isElsewhere = () => false,
}: {
  list: string;
  title: string;
  help: string;
  isElsewhere?(alignment: JsonObject): boolean;
}) {
  const { skills: texts } = useTexts();
  const { id, value, write } = usePlace(list);
  const skills = alignmentsOf(usePlace('/alignment').value);
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string>();
  const all = alignmentsOf(value);
  const shown = [...all.entries()].filter(([, alignment]) => !isElsewhere(alignment));
  const add = (event: FormEvent) => {
    event.preventDefault();
    const typed = text.trim();
    if (!isAddress(typed)) return setFault(texts.notWeb);
    const made = alignTo(typed);
    if (all.some(({ targetUrl }) => targetUrl === made.targetUrl)) return setFault(texts.twice);
    // Its name is asked next.
    focusAfter(
      () => {
        write((before) => [
          ...alignmentsOf(before),
          skills.find(({ targetUrl }) => targetUrl === made.targetUrl) ?? made,
        ]);
        setText('');
      },
      fieldId(`${list}/${all.length}/targetName`),
    );
  };
  return (
    <details className="more">
      <summary>
        <Icon name="chev" className="chev" />
        {title}
        {shown.length > 0 && ` (${shown.length})`}
      </summary>
      <div className="fs">
        {shown.length > 0 && (
          <ul className="skills" aria-label={title}>
            {shown.map(([index, alignment]) => (
              <AlignmentItem key={index} alignment={alignment} list={list} index={index} />
            ))}
          </ul>
        )}
        <form className="add-one" onSubmit={add} noValidate>
          <Text
            id={id}
            label={texts.definition}
            help={help}
            fault={fault}
            type="url"
            dir="ltr"
            value={text}
            maxLength={2000}
            onChange={(next) => {
              setText(next);
              setFault(undefined);
            }}
          />
          <button type="submit" className="btn">
            {texts.add}
            <span className="vh">: {title}</span>
          </button>
        </form>
      </div>
    </details>
  );
}

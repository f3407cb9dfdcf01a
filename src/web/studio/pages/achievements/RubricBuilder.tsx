import { type KeyboardEvent, useId, useState } from 'react';
import type { JsonObject, JsonValue } from '../../../../core/json/json.ts';
import { Ladder } from '../../../credential/Ladder.tsx';
import { fill } from '../../../texts/language.ts';
import { focusAfter } from '../../ui/focus.ts';
import { useToast } from '../../ui/Toasts.tsx';
import { Definitions } from './Alignments.tsx';
import { fieldId, usePlace } from './editing.ts';
import { levelsOf, newLevel, numbered, passMarkOf } from './scale.ts';
import { useTexts } from './texts.ts';

/** Levels, lowest first, each described; one of them begins to pass. */
export function RubricBuilder({ scale, at }: { scale: JsonObject; at: string }) {
  const { rubric: texts } = useTexts();
  const place = usePlace(`${at}/rubricCriterionLevel`);
  const pass = usePlace(`${at}/requiredLevel`);
  const toast = useToast();
  const [said, setSaid] = useState('');
  const name = useId();
  const levels = levelsOf(scale.rubricCriterionLevel);
  const idOf = (index: number, member: string) => fieldId(`${at}/rubricCriterionLevel/${index}/${member}`);
  const write = (next: (levels: JsonObject[]) => JsonObject[]) =>
    place.write((before) => numbered(next(levelsOf(before))));

  const move = (index: number, to: number, member: string) => {
    const level = levels[index];
    if (level === undefined || to < 0 || to >= levels.length) return;
    focusAfter(
      () => {
        write((before) => before.toSpliced(index, 1).toSpliced(to, 0, before[index] as JsonObject));
        setSaid(fill(texts.moved, { name: String(level.name ?? ''), number: to + 1, of: levels.length }));
      },
      idOf(to, member),
    );
  };
  const remove = (index: number) => {
    const level = levels[index] as JsonObject;
    focusAfter(() => {
      write((before) => before.toSpliced(index, 1));
      if (pass.value === level.id) pass.write(undefined);
    }, place.id);
    toast(fill(texts.removed, { name: String(level.name ?? '') }), () => {
      write((before) => before.toSpliced(index, 0, level));
      if (pass.value === level.id) pass.write(level.id);
    });
  };
  const onKey = (event: KeyboardEvent, index: number, member: string) => {
    if (!event.altKey || !['ArrowUp', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    move(index, event.key === 'ArrowUp' ? index - 1 : index + 1, member);
  };

  return (
    <fieldset className="rubric">
      <legend>{texts.title}</legend>
      <p className="small muted">{texts.lead}</p>
      <ol className="levels">
        {levels.map((level, index) => {
          const number = index + 1;
          return (
            <li key={String(level.id)}>
              <label className="passes">
                <input
                  type="radio"
                  name={name}
                  id={pass.value === level.id || (pass.value === undefined && index === 0) ? pass.id : undefined}
                  checked={pass.value === level.id}
                  aria-label={fill(texts.passAt, { number })}
                  onChange={() => pass.write(level.id as JsonValue)}
                />
                <span aria-hidden="true">{texts.pass}</span>
              </label>
              <div className="words">
                {(['name', 'description'] as const).map((member) => (
                  <LevelText
                    key={member}
                    id={idOf(index, member)}
                    member={member}
                    pointer={`${at}/rubricCriterionLevel/${index}/${member}`}
                    label={fill(texts[member], { number })}
                    onKey={(event) => onKey(event, index, member)}
                  />
                ))}
                <Definitions
                  list={`${at}/rubricCriterionLevel/${index}/alignment`}
                  title={fill(texts.definitions, { number })}
                  help={texts.definitionsHelp}
                />
              </div>
              <div className="moves">
                <button
                  type="button"
                  className="btn"
                  id={idOf(index, 'up')}
                  aria-label={fill(texts.up, { number })}
                  aria-disabled={index === 0}
                  onClick={() => move(index, index - 1, 'up')}
                >
                  <span aria-hidden="true">↑</span>
                </button>
                <button
                  type="button"
                  className="btn"
                  id={idOf(index, 'down')}
                  aria-label={fill(texts.down, { number })}
                  aria-disabled={number === levels.length}
                  onClick={() => move(index, index + 1, 'down')}
                >
                  <span aria-hidden="true">↓</span>
                </button>
                <button
                  type="button"
                  className="btn"
                  aria-label={fill(texts.remove, { number })}
                  onClick={() => remove(index)}
                >
                  <span aria-hidden="true">×</span>
                </button>
              </div>
            </li>
          );
        })}
      </ol>
      <label className="passes none">
        <input type="radio" name={name} checked={pass.value === undefined} onChange={() => pass.write(undefined)} />
        <span>{texts.noPass}</span>
      </label>
      <div>
        <button
          type="button"
          className="btn"
          id={place.id}
          onClick={() => focusAfter(() => write((before) => [...before, newLevel('')]), idOf(levels.length, 'name'))}
        >
          {texts.add}
        </button>
      </div>
      <p className="vh" role="status">
        {said}
      </p>
      {levels.length > 1 && <Preview scale={scale} />}
    </fieldset>
  );
}

function LevelText({
  id,
  member,
  pointer,
  label,
  onKey,
}: {
  id: string;
  member: 'name' | 'description';
  pointer: string;
  label: string;
  onKey(event: KeyboardEvent): void;
}) {
  const { text, fault, write } = usePlace(pointer);
  const shared = {
    id,
    className: 'input',
    'aria-label': label,
    'aria-invalid': fault === undefined ? undefined : (true as const),
    'aria-describedby': fault === undefined ? undefined : `${id}-fault`,
    placeholder: label,
    value: text,
    onKeyDown: onKey,
  };
  return (
    <div className={fault === undefined ? 'field' : 'field bad'}>
      {member === 'name' ? (
        <input {...shared} type="text" maxLength={300} onChange={(event) => write(event.target.value)} />
      ) : (
        <textarea {...shared} rows={2} maxLength={5000} onChange={(event) => write(event.target.value)} />
      )}
      {fault !== undefined && (
        <p className="err" id={`${id}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}

/** The ladder of a result at the pass mark, as on a credential. */
function Preview({ scale }: { scale: JsonObject }) {
  const { rubric: texts } = useTexts();
  return (
    <div className="ladder-preview skill">
      <p className="small muted">{texts.preview}</p>
      <Ladder statement={passMarkOf(scale)} />
    </div>
  );
}

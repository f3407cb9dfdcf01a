import { fill } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { Choices } from '../../ui/Field.tsx';
import type { ClassMeaning } from './judge.ts';
import { useTexts } from './texts.ts';

export const classIds = ['application', 'knowledge', 'recognition'] as const;
export type AimId = (typeof classIds)[number];
export const isAim = (id: string): id is AimId => classIds.some((known) => known === id);

/** What the learner did, as the first question of all. */
export function ClassChoice({ legend, value, onChange }: { legend: string; value: AimId; onChange(id: AimId): void }) {
  const texts = useTexts();
  return (
    <Choices
      legend={legend}
      value={value}
      choices={classIds.map((id) => {
        const [label = '', help = ''] = texts.did[id];
        return { value: id, label, help };
      })}
      onChange={onChange}
    />
  );
}

/** The class that follows from the answer, and why: in the framework's own words. */
export function ClassReason({ meaning }: { meaning: ClassMeaning }) {
  const texts = useTexts();
  return (
    <div className="note" role="status">
      <Icon name="info" />
      <div>
        <p>
          <b>{fill(texts.new.aims, { class: meaning.label })}.</b> {meaning.definition}
        </p>
        <p className="small">
          {fill(texts.new.parts, { count: meaning.required })}
          {meaning.own.length > 0 && ` ${texts.new.own} ${meaning.own.join(', ').toLowerCase()}.`} {texts.new.rest}
        </p>
      </div>
    </div>
  );
}

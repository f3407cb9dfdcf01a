import { isJsonObject, type JsonValue, toList } from '../../../../core/json/json.ts';
import { fill } from '../../../texts/language.ts';
import { focusAfter } from '../../ui/focus.ts';
import { useToast } from '../../ui/Toasts.tsx';
import { usePlace } from './editing.ts';
import { CommentsAt, SelectAt, TextAt } from './fields.tsx';
import { useTexts } from './texts.ts';

const listOf = (value: JsonValue | undefined) => toList(value).filter(isJsonObject);

/** How other systems and catalogues call the achievement. */
export function Identifiers() {
  const { identifiers: texts } = useTexts();
  const toast = useToast();
  const { id, value, write } = usePlace('/otherIdentifier');
  const kinds = Object.entries<string>(texts.kinds);
  const add = () => {
    const added = { type: 'IdentifierEntry', identifier: '', identifierType: 'identifier' };
    focusAfter(() => write((before) => [...listOf(before), added]), `${id}/${listOf(value).length}/identifier`);
  };
  return (
    <fieldset className="rubric">
      <legend>{texts.title}</legend>
      <p className="small muted">{texts.lead}</p>
      <CommentsAt pointer="/otherIdentifier" />
      {listOf(value).map((entry, index) => {
        const at = `/otherIdentifier/${index}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: its fields stand at this place of the document
          <div className="three" key={index}>
            <TextAt pointer={`${at}/identifier`} words={[fill(texts.identifier, { number: index + 1 })]} dir="ltr" />
            <SelectAt
              pointer={`${at}/identifierType`}
              words={[fill(texts.kind, { number: index + 1 })]}
              options={kinds}
            />
            <div>
              <button
                type="button"
                className="btn plain"
                onClick={() => {
                  write((before) => listOf(before).filter((_, place) => place !== index));
                  document.getElementById(id)?.focus();
                  const name = String(entry.identifier ?? '') || fill(texts.identifier, { number: index + 1 });
                  toast(fill(texts.removed, { name }), () =>
                    write((before) => listOf(before).toSpliced(index, 0, entry)),
                  );
                }}
              >
                {fill(texts.remove, { number: index + 1 })}
              </button>
            </div>
          </div>
        );
      })}
      <div>
        <button type="button" className="btn" id={id} onClick={add}>
          {texts.add}
        </button>
      </div>
    </fieldset>
  );
}

import { Text } from '../../ui/Field.tsx';
import { usePlace } from './editing.ts';
import { fieldAt, ListText, TextAt } from './fields.tsx';
import { Rare } from './Rare.tsx';
import { useTexts } from './texts.ts';

/** What helps to file, find and count it. */
export function MoreSection() {
  const texts = useTexts();
  return (
    <section className="card pad fs" aria-labelledby="more">
      <h2 id="more">{texts.sections.more}</h2>
      <Effort />
      <Credit />
      <Tags />
      <Rare />
    </section>
  );
}

const hours = /^PT(\d+(?:\.\d+)?)H$/;

/** In hours; a duration that is written otherwise stays as it is. */
function Effort() {
  const { fields } = useTexts();
  const place = usePlace('/timeRequired');
  const { text, write } = place;
  if (text !== '' && !hours.test(text))
    return <TextAt pointer="/timeRequired" words={fields.duration} maxLength={50} dir="ltr" />;
  return (
    <Text
      {...fieldAt(place, fields.hours)}
      type="number"
      value={hours.exec(text)?.[1] ?? ''}
      onChange={(typed) => write(Number(typed) > 0 ? `PT${Number(typed)}H` : undefined)}
    />
  );
}

function Credit() {
  const { fields } = useTexts();
  const place = usePlace('/creditsAvailable');
  const { text, write } = place;
  return (
    <Text
      {...fieldAt(place, fields.creditsAvailable)}
      type="number"
      value={text}
      onChange={(typed) => write(typed === '' || !Number.isFinite(Number(typed)) ? undefined : Number(typed))}
    />
  );
}

function Tags() {
  const { fields } = useTexts();
  const place = usePlace('/tag');
  const { value, write } = place;
  const tags = Array.isArray(value) ? value.map(String) : [];
  return <ListText {...fieldAt(place, fields.tag)} items={tags} separator="," onChange={(next) => write(next)} />;
}

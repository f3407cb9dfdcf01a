import { Text } from '../../ui/Field.tsx';
import { usePlace } from './editing.ts';
import { helpWith, ListText, TextAt } from './fields.tsx';
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
  const { id, text, fault, write, comments } = usePlace('/timeRequired');
  if (text !== '' && !hours.test(text))
    return <TextAt pointer="/timeRequired" words={fields.duration} maxLength={50} dir="ltr" />;
  const [label = '', help] = fields.hours;
  return (
    <Text
      id={id}
      label={label}
      help={helpWith(help, comments)}
      fault={fault}
      type="number"
      value={hours.exec(text)?.[1] ?? ''}
      onChange={(typed) => write(Number(typed) > 0 ? `PT${Number(typed)}H` : undefined)}
    />
  );
}

function Credit() {
  const { fields } = useTexts();
  const { id, text, fault, write, comments } = usePlace('/creditsAvailable');
  const [label = '', help] = fields.creditsAvailable;
  return (
    <Text
      id={id}
      label={label}
      help={helpWith(help, comments)}
      fault={fault}
      type="number"
      value={text}
      onChange={(typed) => write(typed === '' || !Number.isFinite(Number(typed)) ? undefined : Number(typed))}
    />
  );
}

function Tags() {
  const { fields } = useTexts();
  const { id, value, fault, write, comments } = usePlace('/tag');
  const [label = '', help] = fields.tag;
  const tags = Array.isArray(value) ? value.map(String) : [];
  return (
    <ListText
      id={id}
      label={label}
      help={helpWith(help, comments)}
      fault={fault}
      items={tags}
      separator=","
      onChange={(next) => write(next)}
    />
  );
}

import { Text } from '../../ui/Field.tsx';
import { usePlace } from './editing.ts';
import { AreaAt, helpWith, ListText, SelectAt, TextAt } from './fields.tsx';
import { useTexts } from './texts.ts';

/** What everybody reads first. */
export function BasicsSection() {
  const texts = useTexts();
  const { fields } = texts;
  const kinds = Object.entries<string>(texts.kinds);
  return (
    <section className="card pad fs" aria-labelledby="basics">
      <h2 id="basics">{texts.sections.basics}</h2>
      <TextAt pointer="/name" words={fields.name} maxLength={300} />
      <AreaAt pointer="/description" words={fields.description} />
      <AreaAt pointer="/criteria/narrative" words={fields.narrative} rows={5} />
      <SelectAt pointer="/achievementType" words={fields.achievementType} options={[['', texts.noKind], ...kinds]} />
      <TextAt pointer="/inLanguage" words={fields.inLanguage} maxLength={35} dir="ltr" />
    </section>
  );
}

/** What helps to file, find and count it. */
export function MoreSection() {
  const texts = useTexts();
  const { fields } = texts;
  return (
    <section className="card pad fs" aria-labelledby="more">
      <h2 id="more">{texts.sections.more}</h2>
      <Effort />
      <Credit />
      <Tags />
      <TextAt pointer="/criteria/id" words={fields.criteriaPage} type="url" dir="ltr" />
      <TextAt pointer="/fieldOfStudy" words={fields.fieldOfStudy} />
      <TextAt pointer="/specialization" words={fields.specialization} />
      <TextAt pointer="/humanCode" words={fields.humanCode} />
      <TextAt pointer="/version" words={fields.version} />
      <Related />
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

function Related() {
  const { fields } = useTexts();
  const { id, value, fault, write, comments } = usePlace('/related');
  const [label = '', help] = fields.related;
  const known = Array.isArray(value) ? value.filter((entry) => typeof entry === 'object' && entry !== null) : [];
  const addressOf = (entry: (typeof known)[number]) => String(Reflect.get(entry, 'id') ?? '');
  return (
    <ListText
      id={id}
      label={label}
      help={helpWith(help, comments)}
      fault={fault}
      items={known.map(addressOf)}
      separator={'\n'}
      onChange={(next) =>
        write(
          next.map(
            (address) => known.find((entry) => addressOf(entry) === address) ?? { id: address, type: ['Related'] },
          ),
        )
      }
    />
  );
}

import { AreaAt, SelectAt, TextAt } from './fields.tsx';
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

import { AlignmentItem, alignmentsOf } from './Alignments.tsx';
import { usePlace } from './editing.ts';
import { AddSkill } from './skills/AddSkill.tsx';
import { useTexts } from './texts.ts';

/** Outcomes and skills: one alignment for each. */
export function SkillsSection() {
  const texts = useTexts();
  const { value, write, fault } = usePlace('/alignment');
  const skills = alignmentsOf(value);
  return (
    <section className="card pad fs" aria-labelledby="skills">
      <h2 id="skills">{texts.sections.skills}</h2>
      <p className="small muted">{texts.skills.lead}</p>
      {fault !== undefined && <p className="small failed">{fault}</p>}
      <AddSkill skills={skills} onAdd={(skill) => write((before) => [...alignmentsOf(before), skill])} />
      {skills.length === 0 ? (
        <p className="small">{texts.skills.none}</p>
      ) : (
        <ul className="skills" aria-label={texts.skills.list}>
          {skills.map((skill, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: its fields stand at this place of the document
            <AlignmentItem key={index} alignment={skill} list="/alignment" index={index} />
          ))}
        </ul>
      )}
    </section>
  );
}

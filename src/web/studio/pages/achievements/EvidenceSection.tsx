import { Text } from '../../ui/Field.tsx';
import { useEditing } from './editing.ts';
import { ListText } from './fields.tsx';
import { anchors } from './places.ts';
import { useTexts } from './texts.ts';

/** What each learner has to show of their own work. */
export function EvidenceSection() {
  const texts = useTexts();
  const { evidence, setEvidence } = useEditing();
  const kinds = evidence?.kinds ?? [];
  const put = (minimum: number, kinds: readonly string[]) =>
    setEvidence(minimum === 0 && kinds.length === 0 ? null : { minimum, ...(kinds.length > 0 && { kinds }) });
  return (
    <section className="card pad fs" aria-labelledby="evidence">
      <h2 id="evidence">{texts.sections.evidence}</h2>
      <p className="small muted">{texts.evidence.lead}</p>
      <Text
        id={anchors['/evidence']}
        label={texts.evidence.minimum[0] ?? ''}
        help={texts.evidence.minimum[1]}
        type="number"
        value={String(evidence?.minimum ?? 0)}
        onChange={(typed) => put(Math.min(100, Math.max(0, Math.trunc(Number(typed)) || 0)), kinds)}
      />
      <ListText
        label={texts.evidence.kinds[0] ?? ''}
        help={texts.evidence.kinds[1]}
        items={kinds}
        separator={'\n'}
        onChange={(next) => put(evidence?.minimum ?? 0, next.slice(0, 20))}
      />
    </section>
  );
}

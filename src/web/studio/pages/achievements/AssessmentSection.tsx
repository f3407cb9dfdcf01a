import { useRef } from 'react';
import { isJsonObject, type JsonObject, type JsonValue, toList } from '../../../../core/json/json.ts';
import { fill } from '../../../texts/language.ts';
import { Check, Select } from '../../ui/Field.tsx';
import { focusAfter } from '../../ui/focus.ts';
import { useToast } from '../../ui/Toasts.tsx';
import { Definitions } from './Alignments.tsx';
import { fieldId, usePlace } from './editing.ts';
import { AreaAt, CommentsAt, ListText, TextAt } from './fields.tsx';
import { anchors } from './places.ts';
import { RubricBuilder } from './RubricBuilder.tsx';
import { kindOf, membersOf, newScale, type ScaleKind, withAssessmentType } from './scale.ts';
import { useTexts } from './texts.ts';

const scalesOf = (value: JsonValue | undefined) => toList(value).filter(isJsonObject);

/** What is assessed, how, and on which scale a result stands. */
export function AssessmentSection() {
  const texts = useTexts();
  const { value, write } = usePlace('/resultDescription');
  const toast = useToast();
  const scales = scalesOf(value);
  const add = () => {
    const scale = newScale(texts.seeds.application, 'Performance', texts.rubric.first);
    focusAfter(
      () => write((before) => [...scalesOf(before), scale]),
      fieldId(`/resultDescription/${scales.length}/name`),
    );
  };
  const remove = (index: number, scale: JsonObject) => {
    write((before) => scalesOf(before).filter((_, place) => place !== index));
    document.getElementById(anchors['/resultDescription'])?.focus();
    toast(fill(texts.scale.removed, { name: String(scale.name ?? texts.scale.unnamed) }), () =>
      write((before) => scalesOf(before).toSpliced(index, 0, scale)),
    );
  };
  return (
    <section className="card pad fs" aria-labelledby="assessment">
      <h2 id="assessment">{texts.sections.assessment}</h2>
      <p className="small muted">{scales.length === 0 ? texts.scale.none : texts.scale.lead}</p>
      {scales.map((scale, index) => (
        <Scale key={String(scale.id)} scale={scale} index={index} onRemove={() => remove(index, scale)} />
      ))}
      <div>
        <button type="button" className="btn" id={anchors['/resultDescription']} onClick={add}>
          {texts.scale.add}
        </button>
      </div>
    </section>
  );
}

function Scale({ scale, index, onRemove }: { scale: JsonObject; index: number; onRemove(): void }) {
  const { scale: texts } = useTexts();
  const at = `/resultDescription/${index}`;
  const { write } = usePlace(at);
  const kind = kindOf(scale);
  const change = (next: (scale: JsonObject) => JsonObject) =>
    write((before) => (isJsonObject(before) ? next(before) : before));
  return (
    <fieldset className="scale-block fs" id={fieldId(at)} tabIndex={-1}>
      <legend>
        <bdi>{String(scale.name ?? texts.unnamed)}</bdi>
      </legend>
      <CommentsAt pointer={at} />
      <TextAt pointer={`${at}/name`} words={texts.name} />
      <AreaAt pointer={`${at}/description`} words={texts.description} />
      <Select
        id={fieldId(`${at}/assessmentType`)}
        label={texts.assessmentType[0] ?? ''}
        value={String(scale.assessmentType ?? '')}
        options={Object.entries<string>(texts.types)}
        onChange={(type) => change((before) => withAssessmentType(before, type))}
      />
      {scale.assessmentType !== undefined && <Assessed scale={scale} at={at} />}
      <ResultType scale={scale} at={at} change={change} />
      {kind === 'levels' && <RubricBuilder scale={scale} at={at} />}
      {kind === 'values' && <Values scale={scale} at={at} />}
      {kind === 'number' && (
        <div className="three">
          <TextAt pointer={`${at}/valueMin`} words={texts.valueMin} maxLength={50} dir="ltr" />
          <TextAt pointer={`${at}/valueMax`} words={texts.valueMax} maxLength={50} dir="ltr" />
          <TextAt pointer={`${at}/requiredValue`} words={texts.requiredValue} maxLength={50} dir="ltr" />
        </div>
      )}
      <Measures at={at} />
      <div>
        <button type="button" className="btn plain" onClick={onRemove}>
          {texts.remove}
        </button>
      </div>
    </fieldset>
  );
}

/** What an assessment is, beside its scale. */
function Assessed({ scale, at }: { scale: JsonObject; at: string }) {
  const { scale: texts } = useTexts();
  const participation = usePlace(`${at}/hasGroupParticipation`);
  const evaluation = usePlace(`${at}/hasGroupEvaluation`);
  return (
    <>
      <TextAt pointer={`${at}/assessmentOutput`} words={texts.assessmentOutput} />
      <AreaAt pointer={`${at}/evaluationMethod`} words={texts.evaluationMethod} rows={2} />
      <TextAt pointer={`${at}/assessmentEvaluation`} words={texts.assessmentEvaluation} type="url" dir="ltr" />
      <Check
        label={texts.hasGroupParticipation}
        checked={scale.hasGroupParticipation === true}
        onChange={participation.write}
      />
      {scale.hasGroupParticipation === true && (
        <Check
          label={texts.hasGroupEvaluation}
          checked={scale.hasGroupEvaluation === true}
          onChange={evaluation.write}
        />
      )}
    </>
  );
}

/** Another way to write results takes the members of the old one out, and gives them back when it is chosen again. */
function ResultType({
  scale,
  at,
  change,
}: {
  scale: JsonObject;
  at: string;
  change(next: (scale: JsonObject) => JsonObject): void;
}) {
  const { scale: texts } = useTexts();
  const left = useRef<Partial<Record<ScaleKind, JsonObject>>>({});
  const type = String(scale.resultType ?? '');
  const known = Object.entries<string>(texts.resultTypes);
  const choose = (resultType: string) =>
    change((before) => {
      const [from, to] = [kindOf(before), kindOf({ resultType })];
      if (from === to) return { ...before, resultType };
      const own = (entry: [string, JsonValue]) => membersOf[from].includes(entry[0]);
      left.current[from] = Object.fromEntries(Object.entries(before).filter(own));
      const others = Object.fromEntries(Object.entries(before).filter((entry) => !own(entry)));
      return { ...others, resultType, ...left.current[to] };
    });
  return (
    <Select
      id={fieldId(`${at}/resultType`)}
      label={texts.resultType[0] ?? ''}
      value={type}
      options={known.some(([value]) => value === type) ? known : [...known, [type, type]]}
      onChange={choose}
    />
  );
}

/** Named grades: the pass mark is one of them. */
function Values({ scale, at }: { scale: JsonObject; at: string }) {
  const { scale: texts } = useTexts();
  const list = usePlace(`${at}/allowedValue`);
  const mark = usePlace(`${at}/requiredValue`);
  const values = toList(scale.allowedValue).map(String);
  const options = [...new Set([...values, ...(mark.text === '' ? [] : [mark.text])])];
  return (
    <>
      <ListText
        id={list.id}
        label={texts.allowedValue[0] ?? ''}
        help={texts.allowedValue[1]}
        fault={list.fault}
        items={values}
        separator={'\n'}
        onChange={list.write}
      />
      <Select
        id={mark.id}
        label={texts.requiredValue[0] ?? ''}
        fault={mark.fault}
        value={mark.text}
        options={[['', texts.noPassMark], ...options.map((value) => [value, value] as const)]}
        onChange={mark.write}
      />
    </>
  );
}

/** A level of learning or a mode of study is no skill, framework.md §7. */
const isSkill = (address: string) => !address.startsWith('http://data.europa.eu/snb/');

/** Which of the skills the assessment measures: they are repeated on the scale, so that a level speaks of them. */
function Measures({ at }: { at: string }) {
  const { scale: texts } = useTexts();
  const skills = usePlace('/alignment');
  const { value, write } = usePlace(`${at}/alignment`);
  const all = scalesOf(skills.value).filter(({ targetUrl }) => typeof targetUrl === 'string' && isSkill(targetUrl));
  const measured = scalesOf(value);
  const choose = (skill: JsonObject, isMeasured: boolean) =>
    write((before) => {
      const others = scalesOf(before).filter(({ targetUrl }) => targetUrl !== skill.targetUrl);
      return isMeasured ? [...others, skill] : others;
    });
  const isOwn = (alignment: JsonObject) => all.some(({ targetUrl }) => targetUrl === alignment.targetUrl);
  return (
    <>
      {all.length === 0 ? (
        <p className="small muted">{texts.measuresNone}</p>
      ) : (
        <fieldset className="choices">
          <legend>{texts.measures}</legend>
          {all.map((skill) => (
            <Check
              key={String(skill.targetUrl)}
              label={String(skill.targetName ?? skill.targetUrl)}
              checked={measured.some(({ targetUrl }) => targetUrl === skill.targetUrl)}
              onChange={(isMeasured) => choose(skill, isMeasured)}
            />
          ))}
        </fieldset>
      )}
      <Definitions
        list={`${at}/alignment`}
        title={texts.definitions}
        help={texts.definitionsHelp}
        isElsewhere={isOwn}
      />
    </>
  );
}

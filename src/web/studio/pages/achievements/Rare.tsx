import { isJsonObject, type JsonObject } from '../../../../core/json/json.ts';
import { toPointer } from '../../../../core/json/pointer.ts';
import { fill } from '../../../texts/language.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { Select, Text } from '../../ui/Field.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import { alignmentsOf } from './Alignments.tsx';
import { Endorsements } from './Endorsements.tsx';
import { fieldId, useEditing, usePlace } from './editing.ts';
import { AreaAt, fieldAt, ListText, TextAt } from './fields.tsx';
import { Identifiers } from './Identifiers.tsx';
import { alignTo, eqfAddress } from './skills/align-to.ts';
import { useTexts } from './texts.ts';

const members = [
  ...['fieldOfStudy', 'specialization', 'humanCode', 'version', 'courseMode', 'coursePrerequisites', 'related'],
  ...['creator', 'otherIdentifier', 'endorsement', 'endorsementJwt'],
];
/** Members that have their fields elsewhere on the page, or none because they are made. */
const elsewhere = [
  ...['@context', 'id', 'type', 'name', 'description', 'criteria', 'achievementType', 'inLanguage', 'alignment'],
  ...['resultDescription', 'image', 'timeRequired', 'creditsAvailable', 'tag'],
];

/** What few achievements need: folded until it is asked for. */
export function Rare() {
  const texts = useTexts();
  const { fields, rare } = texts;
  const { achievement } = useEditing();
  const { criteria } = achievement;
  const has = (member: string) => Object.hasOwn(achievement, member);
  const count = members.filter(has).length + (isJsonObject(criteria) && criteria.id !== undefined ? 1 : 0);
  return (
    <details className="more">
      <summary>
        <Icon name="chev" className="chev" />
        {rare.title}
        {count > 0 && ` ${fill(rare.filled, { count })}`}
      </summary>
      <div className="fs">
        <TextAt pointer="/criteria/id" words={fields.criteriaPage} type="url" dir="ltr" />
        <TextAt pointer="/fieldOfStudy" words={fields.fieldOfStudy} />
        <TextAt pointer="/specialization" words={fields.specialization} />
        <TextAt pointer="/humanCode" words={fields.humanCode} />
        <TextAt pointer="/version" words={fields.version} />
        <Level />
        <TextAt pointer="/courseMode" words={fields.courseMode} />
        <AreaAt pointer="/coursePrerequisites" words={fields.coursePrerequisites} rows={2} />
        <Related />
        <Creator />
        <Identifiers />
        <Endorsements />
        <Others />
      </div>
    </details>
  );
}

const levels = [1, 2, 3, 4, 5, 6, 7, 8];
const isLevel = ({ targetUrl }: JsonObject) => levels.some((level) => eqfAddress(level) === targetUrl);

/** The level of learning is an alignment, to an address that nobody knows by heart. */
function Level() {
  const { fields, noKind } = useTexts();
  const { value, write } = usePlace('/alignment');
  const [label = '', help] = fields.level;
  const now = alignmentsOf(value).find(isLevel);
  const choose = (address: string) =>
    write((before) => {
      const others = alignmentsOf(before).filter((alignment) => !isLevel(alignment));
      const level = levels.find((each) => eqfAddress(each) === address);
      return level === undefined ? others : [...others, { ...alignTo(address), targetName: `EQF ${level}` }];
    });
  return (
    <Select
      id={fieldId('/eqf')}
      label={label}
      help={help}
      value={String(now?.targetUrl ?? '')}
      options={[['', noKind], ...levels.map((level) => [eqfAddress(level), `EQF ${level}`] as const)]}
      onChange={choose}
    />
  );
}

/** Whoever designed it: a Profile, which has an id of its own. */
function Creator() {
  const { fields } = useTexts();
  const { write, comments } = usePlace('/creator');
  const name = usePlace('/creator/name');
  const id = usePlace('/creator/id');
  const change = (part: { name?: string; id?: string }) =>
    write((before) => {
      const { name: nameBefore, id: idBefore, url, ...others } = isJsonObject(before) ? before : {};
      const after = { name: String(nameBefore ?? ''), id: String(idBefore ?? ''), ...part };
      if (after.name === '' && after.id === '') return undefined;
      const isWeb = /^https?:/.test(after.id);
      const { type = ['Profile'], ...rest } = others;
      return {
        ...(after.id !== '' && { id: after.id }),
        type,
        ...(after.name !== '' && { name: after.name }),
        ...(isWeb ? { url: after.id } : url !== undefined && url !== idBefore && { url }),
        ...rest,
      };
    });
  return (
    <>
      <Text
        {...fieldAt({ ...name, comments: [...comments, ...name.comments] }, fields.creatorName)}
        value={name.text}
        maxLength={300}
        onChange={(next) => change({ name: next })}
      />
      <Text
        {...fieldAt(id, fields.creatorId)}
        value={id.text}
        type="url"
        dir="ltr"
        maxLength={1000}
        onChange={(next) => change({ id: next.trim() })}
      />
    </>
  );
}

function Related() {
  const { fields } = useTexts();
  const place = usePlace('/related');
  const { value, write } = place;
  const known = Array.isArray(value) ? value.filter((entry) => typeof entry === 'object' && entry !== null) : [];
  const addressOf = (entry: (typeof known)[number]) => String(Reflect.get(entry, 'id') ?? '');
  return (
    <ListText
      {...fieldAt(place, fields.related)}
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

/** What another program wrote and no field shows: it can be seen, and taken out. */
function Others() {
  const { rare } = useTexts();
  const { achievement, set } = useEditing();
  const toast = useToast();
  const others = Object.keys(achievement).filter((name) => ![...members, ...elsewhere].includes(name));
  if (others.length === 0) return null;
  return (
    <div>
      <p className="small">{rare.others}</p>
      <ul className="skills">
        {others.map((name) => {
          const pointer = toPointer([name]);
          return (
            <li className="split" key={name}>
              <code className="path" dir="ltr">
                {name}
              </code>
              <button
                type="button"
                className="btn plain"
                id={fieldId(pointer)}
                aria-label={fill(rare.removeOther, { name })}
                onClick={() => {
                  const value = achievement[name];
                  set(pointer, undefined);
                  toast(fill(rare.removed, { name }), () => set(pointer, value));
                }}
              >
                {rare.remove}
              </button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

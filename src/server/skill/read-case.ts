import type { FindingCode } from '../../core/finding.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json/json.ts';
import { toPointer } from '../../core/json/pointer.ts';
import { checkItem, maximumFaults, type SkillFile, type SkillItem } from './item.ts';
import { JsonBroken, type JsonMember, readMembers } from './read-members.ts';

/** Where CASE keeps what an item has here. */
const names = {
  statement: 'fullStatement',
  code: 'humanCodingScheme',
  name: 'abbreviatedStatement',
  uri: 'uri',
  kind: 'CFItemType',
} as const;

/** Skills of a CFPackage (1EdTech CASE 1.0 and 1.1), one by one; what else it says goes into `file`. */
export async function* readCase(source: AsyncIterable<Uint8Array>, file: SkillFile): AsyncGenerator<SkillItem> {
  const found = { document: false, items: false };
  try {
    for await (const member of readMembers(source, ['CFDocument', 'CFItems', 'CFAssociations'])) {
      if (file.faults.length >= maximumFaults) return;
      const value = parse(member, file);
      if (value === null) continue;
      if (member.key === 'CFDocument') {
        found.document = true;
        file.framework = { name: text(value, 'title'), uri: text(value, 'uri') };
      } else if (member.key === 'CFAssociations') readAssociation(value, file);
      else {
        found.items = true;
        const item = itemOf(value);
        const place = (name: keyof typeof names) => ({
          line: null,
          column: null,
          pointer: pointerTo(member, names[name]),
        });
        file.faults.push(...checkItem(item, place));
        yield item;
      }
    }
  } catch (error) {
    if (!(error instanceof JsonBroken)) throw error;
    file.faults.push(faultOf('skill-json-broken', '', { offset: error.offset }));
    return;
  }
  if (!found.document || !found.items) file.faults.push(faultOf('skill-case-not-package', ''));
}

const faultOf = (code: FindingCode, pointer: string, params: Record<string, string | number> = {}) => ({
  line: null,
  column: null,
  finding: { code, severity: 'error' as const, pointer, params },
});

const pointerTo = ({ key, index }: JsonMember, ...more: string[]) =>
  toPointer([key, ...(index === null ? [] : [index]), ...more]);

function parse(member: JsonMember, file: SkillFile): JsonObject | null {
  try {
    const value = JSON.parse(member.text) as JsonValue;
    if (isJsonObject(value)) return value;
  } catch {
    // Told below.
  }
  file.faults.push(faultOf('skill-json-broken', pointerTo(member), { offset: 0 }));
  return null;
}

const text = (value: JsonObject, name: string) => {
  const found = value[name];
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : null;
};

function itemOf(value: JsonObject): SkillItem {
  const [uri, identifier] = [text(value, names.uri) ?? '', text(value, 'identifier')];
  return {
    keys: [uri, ...(identifier === null ? [] : [identifier])],
    code: text(value, names.code),
    name: text(value, names.name),
    statement: text(value, names.statement) ?? '',
    uri,
    kind: text(value, names.kind),
    targetType: 'CFItem',
    parent: null,
  };
}

/** `isChildOf` says which item is above which; others relate items in ways that nobody is shown here. */
function readAssociation(value: JsonObject, { parents }: SkillFile): void {
  if (value.associationType !== 'isChildOf') return;
  const [child, parent] = [value.originNodeURI, value.destinationNodeURI].map((end) => (isJsonObject(end) ? end : {}));
  const key = (end: JsonObject = {}) => text(end, 'identifier') ?? text(end, 'uri');
  const [below, above] = [key(child), key(parent)];
  if (below !== null && above !== null) parents.push([below, above]);
}

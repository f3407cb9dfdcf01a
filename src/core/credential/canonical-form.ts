import type { Pointer } from '../finding.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json.ts';
import { fromPointer, toPointer } from '../json/pointer.ts';
import type { CredentialView } from './types.ts';

/** Which properties of a class are lists, and which lead to objects of a class with rules of its own. */
interface Shape {
  lists: readonly string[];
  classes: Readonly<Record<string, ShapeName>>;
}

type ShapeName = keyof typeof shapes;

const endorsable = ['endorsement', 'endorsementJwt'] as const;

const shapes = {
  credential: {
    lists: ['type', ...endorsable, 'evidence', 'proof', 'credentialSchema', 'termsOfUse'],
    classes: { issuer: 'profile', credentialSubject: 'subject', endorsement: 'credential', evidence: 'typed' },
  },
  profile: {
    lists: ['type', 'otherIdentifier', ...endorsable, 'accreditations'],
    classes: { parentOrg: 'profile', endorsement: 'credential', accreditations: 'profile', address: 'typed' },
  },
  subject: {
    lists: ['type', 'identifier', 'result'],
    classes: { achievement: 'achievement', source: 'profile', result: 'result' },
  },
  clrSubject: {
    lists: ['type', 'identifier', 'achievement', 'verifiableCredential', 'association'],
    classes: { achievement: 'achievement', verifiableCredential: 'credential' },
  },
  achievement: {
    lists: ['type', 'alignment', ...endorsable, 'otherIdentifier', 'related', 'resultDescription', 'tag'],
    classes: {
      alignment: 'typed',
      creator: 'profile',
      endorsement: 'credential',
      related: 'typed',
      resultDescription: 'resultDescription',
    },
  },
  resultDescription: {
    lists: ['type', 'allowedValue', 'rubricCriterionLevel', 'alignment'],
    classes: { rubricCriterionLevel: 'aligned', alignment: 'typed' },
  },
  result: { lists: ['type', 'alignment'], classes: { alignment: 'typed' } },
  aligned: { lists: ['type', 'alignment'], classes: { alignment: 'typed' } },
  typed: { lists: ['type'], classes: {} },
} as const satisfies Record<string, { lists: readonly string[]; classes: Record<string, string> }>;

/** Called for each single value that stands where a list belongs, with its pointer in the document. */
export type OnCompacted = (pointer: Pointer, property: string) => void;

/**
 * A credential in canonical OB 3.0 form (OB 3.0 §2): single values of list properties as lists, the issuer as an object, one
 * subject as itself, VCDM 1.1 dates under their 2.0 names. The document is not changed, and what is canonical in it is not
 * copied; a document that is canonical throughout is its own view. For reading only: what was signed is the document.
 */
export function toCanonicalForm(document: JsonObject, onCompacted?: OnCompacted): CredentialView {
  return shapeCredential(document, [], onCompacted);
}

function shapeCredential(document: JsonObject, tokens: (string | number)[], onCompacted?: OnCompacted): JsonObject {
  const shaped = shapeObject(document, 'credential', tokens, onCompacted);
  if (typeof shaped.issuer !== 'string' && shaped.issuanceDate === undefined && shaped.expirationDate === undefined)
    return shaped;
  const view = { ...shaped };
  if (typeof view.issuer === 'string') view.issuer = { id: view.issuer };
  rename(view, 'issuanceDate', 'validFrom');
  rename(view, 'expirationDate', 'validUntil');
  return view;
}

function rename(view: JsonObject, from: string, to: string): void {
  if (view[from] === undefined || view[to] !== undefined) return;
  view[to] = view[from] as JsonValue;
  delete view[from];
}

function shapeObject(
  source: JsonObject,
  name: ShapeName,
  tokens: (string | number)[],
  onCompacted?: OnCompacted,
): JsonObject {
  const actual = name === 'subject' && isClrSubject(source) ? 'clrSubject' : name;
  const shape: Shape = shapes[actual];
  const { lists } = shape;
  let result = source;
  const change = (property: string, value: JsonValue) => {
    if (result === source) result = { ...source };
    result[property] = value;
  };
  for (const property of Object.keys(source)) {
    const value = source[property] as JsonValue;
    const next = Object.hasOwn(shape.classes, property) ? shape.classes[property] : undefined;
    const compacted = !Array.isArray(value) && lists.includes(property);
    if (next === undefined && !compacted) continue;
    tokens.push(property);
    const shaped = next === undefined ? value : shapeValue(value, next, tokens, onCompacted);
    if (compacted) {
      onCompacted?.(toPointer(tokens), property);
      change(property, [shaped]);
    } else if (shaped !== value) change(property, shaped);
    tokens.pop();
  }
  const subject = result.credentialSubject;
  if (actual === 'credential' && Array.isArray(subject) && subject.length === 1)
    change('credentialSubject', subject[0] as JsonValue);
  return result;
}

function shapeValue(
  value: JsonValue,
  name: ShapeName,
  tokens: (string | number)[],
  onCompacted?: OnCompacted,
): JsonValue {
  if (Array.isArray(value)) {
    let result = value;
    for (const [index, item] of value.entries()) {
      tokens.push(index);
      const shaped = shapeValue(item, name, tokens, onCompacted);
      tokens.pop();
      if (shaped === item) continue;
      if (result === value) result = value.slice();
      result[index] = shaped;
    }
    return result;
  }
  if (!isJsonObject(value)) return value;
  return name === 'credential'
    ? shapeCredential(value, tokens, onCompacted)
    : shapeObject(value, name, tokens, onCompacted);
}

function isClrSubject({ type, verifiableCredential }: JsonObject): boolean {
  return (
    type === 'ClrSubject' || (Array.isArray(type) && type.includes('ClrSubject')) || verifiableCredential !== undefined
  );
}

const olderNames: Readonly<Record<string, string>> = { validFrom: 'issuanceDate', validUntil: 'expirationDate' };

/** The pointer in the original document that corresponds to a pointer in its canonical form. */
export function toOriginalPointer(document: JsonObject, pointer: Pointer): Pointer {
  const tokens: (string | number)[] = [];
  let value: JsonValue | undefined = document;
  for (const token of fromPointer(pointer) ?? []) {
    const isIndex = /^\d+$/.test(token);
    if (Array.isArray(value) && !isIndex && value.length === 1) {
      tokens.push(0);
      value = value[0];
    }
    if (Array.isArray(value)) value = value[Number(token)];
    else if (isJsonObject(value)) {
      const older: string | undefined = olderNames[token];
      const name: string =
        older !== undefined && !Object.hasOwn(value, token) && Object.hasOwn(value, older) ? older : token;
      // A single value stands for a list of one.
      if (isIndex && !Object.hasOwn(value, token)) continue;
      tokens.push(name);
      value = value[name];
      continue;
    } else {
      // A string stands for a list of one, or for an issuer's id.
      if (value !== undefined) continue;
      tokens.push(token);
      continue;
    }
    tokens.push(token);
  }
  return toPointer(tokens);
}

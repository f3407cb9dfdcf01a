import { isJsonObject, type JsonObject, type JsonValue, toList } from '../../../../core/json/json.ts';

export interface Accreditor {
  /** Its id in the profile. */
  id: string;
  name: string;
  contactInstructions: string;
  url: string;
  accreditationDate: string;
  areaServed: string;
}

/** A profile as a form holds it: the parts that people write here. */
export interface ProfileForm {
  name: string;
  url: string;
  description: string;
  email: string;
  phone: string;
  /** Address of the picture; '' for none. */
  logo: string;
  accreditors: Accreditor[];
}

const textOf = (value: JsonValue | undefined) => (typeof value === 'string' ? value : '');

export function toForm(profile: JsonObject): ProfileForm {
  return {
    name: textOf(profile.name),
    url: textOf(profile.url),
    description: textOf(profile.description),
    email: textOf(profile.email),
    phone: textOf(profile.phone),
    logo: isJsonObject(profile.image) ? textOf(profile.image.id) : textOf(profile.image),
    accreditors: toList(profile.accreditations)
      .filter(isJsonObject)
      .map((one) => ({
        id: textOf(one.id),
        name: textOf(one.name),
        contactInstructions: textOf(one.contactInstructions),
        url: textOf(one.url),
        accreditationDate: textOf(one.accreditationDate),
        areaServed: textOf(one.areaServed),
      })),
  };
}

const accreditationType = 'IssuerAccreditationProfile';

/** The profile with what the form says; what the form does not know stays as it was. */
export function fromForm(profile: JsonObject, form: ProfileForm): JsonObject {
  const { id: _, image, accreditations, type, ...rest } = profile;
  const accredited = form.accreditors.map((one) => fromAccreditor(toList(accreditations), one));
  const types = toList(type).filter((name): name is string => typeof name === 'string' && name !== accreditationType);
  const written = {
    name: form.name,
    url: form.url,
    description: form.description,
    email: form.email,
    phone: form.phone,
  };
  return {
    ...withTexts(rest, written),
    type: [...new Set(['Profile', ...types, ...(accredited.length > 0 ? [accreditationType] : [])])],
    ...(form.logo === ''
      ? {}
      : { image: isJsonObject(image) && image.id === form.logo ? image : { id: form.logo, type: 'Image' } }),
    ...(accredited.length > 0 ? { accreditations: accredited } : {}),
  };
}

function fromAccreditor(before: readonly JsonValue[], { id, ...written }: Accreditor): JsonObject {
  const known = before.filter(isJsonObject).find((one) => one.id === id && id !== '');
  const url = written.url.trim();
  return {
    type: ['Profile', 'AccreditationProfile'],
    ...withTexts(known ?? {}, written),
    // A thing without an address of its own is named by a number that nothing else has.
    id: id || url || newId(),
  };
}

/** `crypto.randomUUID` is there on secure pages only. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** Texts that are empty are left out. */
function withTexts(before: JsonObject, texts: Readonly<Record<string, string>>): JsonObject {
  const kept = Object.entries(before).filter(([name]) => !(name in texts));
  const filled = Object.entries(texts).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text.trim()]]));
  return Object.fromEntries([...kept, ...filled]);
}

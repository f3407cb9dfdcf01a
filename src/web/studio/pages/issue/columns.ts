import { isIdentifier } from '../../../../core/issue/learner.ts';
import { readRosterHeader } from '../../../../core/issue/roster.ts';
import { isJsonObject, type JsonObject, toList } from '../../../../core/json/json.ts';

/** What a column of a list can be, by the name that the service knows it under; '' leaves it out. */
export const fieldTargets = [
  'name',
  'email',
  'identifier:systemId',
  'identifier:sourcedId',
  'identifier:userName',
  'id',
  'nameConsent',
  'awardedDate',
  'validFrom',
  'validUntil',
  'activityStartDate',
  'activityEndDate',
  'creditsEarned',
  'term',
  'role',
  'licenseNumber',
  'narrative',
  'evidence',
  'evidence:file',
  'evidence:name',
  'evidence:description',
  'evidence:genre',
  'evidence:narrative',
] as const;
export type FieldTarget = (typeof fieldTargets)[number];

export interface Scale {
  /** As a column is named that holds its results. */
  target: string;
  name: string;
  description: JsonObject;
}

/** The scales of an achievement. Where two have one name, or a name would break the request, the id names them. */
export function scalesOf(achievement: JsonObject): Scale[] {
  const descriptions = toList(achievement.resultDescription).filter(isJsonObject);
  const names = descriptions.map(({ name }) => (typeof name === 'string' ? name : ''));
  return descriptions.map((description, index) => {
    const name = names[index] ?? '';
    const isPlain =
      name !== '' && !name.includes('=') && names.filter((other) => normal(other) === normal(name)).length === 1;
    return { target: `result:${isPlain ? name : description.id}`, name, description };
  });
}

const alike: readonly [RegExp, FieldTarget][] = [
  [
    /^((student|learner|participant|full|display)(s|name|fullname)?|fullname|(nombre)(completo)?|estudiante|alumno|apellidosynombre)$/,
    'name',
  ],
  [/^((student|learner|user)?e?mail(address)?|correo(electronico)?)$/, 'email'],
  [
    /^((student|learner|person|user|sis|system)(user)?(id|number|no|nr)|idnumber|matricula|expediente)$/,
    'identifier:systemId',
  ],
  [/^(username|login|sisloginid|loginid|usuario)$/, 'identifier:userName'],
  [/^(award(ed)?(date|on)?|dateawarded|date|completed(on|at)?|completiondate|fecha|fechadeconcesion)$/, 'awardedDate'],
  [/^(expir(y|es|ation)(date)?|validuntil|vence|caducidad|validohasta)$/, 'validUntil'],
  [/^(credits?|creditos?)$/, 'creditsEarned'],
  [/^(link|url|evidencelink|evidenceurl|portfolio|evidencia|enlace)$/, 'evidence'],
  [/^(consent|consentimiento)$/, 'nameConsent'],
];
const anyResult = /^(grade|score|result|mark|level|points|nota|calificacion|nivel|puntuacion|resultado)s?$/;

/** What each column most likely is: by the name that the service knows, by usual names, by the achievement's scales. */
export function guessColumns(
  header: readonly string[],
  samples: readonly string[][],
  achievement: JsonObject,
): string[] {
  const scales = scalesOf(achievement);
  const taken = new Set<string>();
  return header.map((name, index) => {
    const guess = guessColumn(
      name,
      samples.map((row) => row[index] ?? ''),
      achievement,
      scales,
    );
    if (guess === '' || taken.has(normal(guess))) return '';
    taken.add(normal(guess));
    return guess;
  });
}

function guessColumn(
  name: string,
  cells: readonly string[],
  achievement: JsonObject,
  scales: readonly Scale[],
): string {
  const plain = normal(name);
  // A number under "ID" is the learner's in some system; the service means a DID or an address.
  if (plain === 'id') return cells.every((cell) => cell === '' || isIdentifier(cell)) ? 'id' : 'identifier:systemId';
  const known = fieldTargets.find((target) => normal(target) === plain);
  if (known !== undefined) return known;
  const scale = scales.find((one) => [normal(one.name), normal(`result:${one.name}`)].includes(plain));
  if (scale !== undefined) return scale.target;
  if (isKnown(name, achievement)) return name;
  const usual = alike.find(([pattern]) => pattern.test(plain))?.[1];
  if (usual !== undefined) return usual;
  return scales.length === 1 && anyResult.test(plain) ? (scales[0]?.target ?? '') : '';
}

/** Does the service know the column by its own name, such as "evidence 2:name"? */
export function isKnown(name: string, achievement: JsonObject): boolean {
  const read = readRosterHeader([name], achievement);
  return read.ok || read.faults.every(({ column }) => column === null);
}

/** Which columns stand for the learner: without one of them nobody is named. */
export const namesLearner = (target: string): boolean => /^(name|email|id|identifier:.*)$/.test(target);

/** What the service is asked: which names stand for what, and what is left out. */
export function columnQuery(header: readonly string[], targets: readonly string[]): [string, string][] {
  return header.flatMap((name, index): [string, string][] => {
    const target = targets[index] ?? '';
    if (target === '') return [['ignore', name]];
    return target === name ? [] : [['column', `${name}=${target}`]];
  });
}

const normal = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_-]+/g, '');

import type { Finding } from '../../core/finding.ts';
import type { Learner } from '../../core/issue/learner.ts';
import type { RosterFault } from '../../core/issue/roster.ts';
import type { Tables } from '../database.ts';
import type { MasterKey } from '../master-key.ts';

/** What a row of a list says of a person. */
export interface OpenRow {
  name: string;
  /** Until it is issued. */
  learner: Learner | null;
  faults: RosterFault[];
}

/** With what was sealed in it. */
export type OpenLine = Omit<Tables['roster_row'], keyof OpenRow> & OpenRow;

type Kept = Tables['roster_row'];
type Place = Pick<Kept, 'roster_id' | 'line'>;
/** In the order of the faults: what they quote. */
interface Said {
  name: string;
  params?: (Finding['params'] | null)[];
}

/** A row as it is kept; faults are counted and filtered in SQL, so that their codes and columns stay in clear. */
export function sealRow(
  masterKey: MasterKey,
  place: Place,
  row: OpenRow,
): Pick<Kept, 'said' | 'learner' | 'marks' | 'faults'> {
  return {
    ...sealSaid(masterKey, place, row),
    learner: row.learner === null ? null : seal(masterKey, place, 'learner', row.learner),
    marks: marksOf(masterKey, row),
  };
}

/** Of a row whose learner stays as it is. */
export function sealSaid(
  masterKey: MasterKey,
  place: Place,
  { name, faults }: Pick<OpenRow, 'name' | 'faults'>,
): Pick<Kept, 'said' | 'faults'> {
  const params = faults.map(({ finding }) => finding.params ?? null);
  const said: Said = faults.length > 0 ? { name, params } : { name };
  const bare = faults.map(({ column, finding: { params: _, ...finding } }) => ({ column, finding }));
  return {
    said: seal(masterKey, place, 'said', said),
    faults: faults.length > 0 ? JSON.stringify(bare) : null,
  };
}

/** Without a name when it was erased. Throws MasterKeyWrong. */
export function openRow(masterKey: MasterKey, row: Place & Pick<Kept, 'said' | 'learner' | 'faults'>): OpenRow {
  const open = (sealed: Uint8Array, part: Part) =>
    JSON.parse(new TextDecoder().decode(masterKey.open(sealed, purposeOf(row, part))));
  const { name, params = [] }: Said = row.said === null ? { name: '' } : open(row.said, 'said');
  const bare = row.faults === null ? [] : (JSON.parse(row.faults) as RosterFault[]);
  return {
    name,
    learner: row.learner === null ? null : (open(row.learner, 'learner') as Learner),
    faults: bare.map(({ column, finding }, index) => ({
      column,
      finding: params[index] ? { ...finding, params: params[index] } : finding,
    })),
  };
}

/** An address or identifier, by which a row is found again. */
export const markOf = (masterKey: MasterKey, text: string): string => masterKey.mac(text.toLowerCase(), 'roster row');

/** A name, which leads to rows that could not be read. */
export const markOfName = (masterKey: MasterKey, name: string): string => masterKey.mac(name, 'name in roster row');

function marksOf(masterKey: MasterKey, { name, learner, faults }: OpenRow): string[] {
  if (learner !== null) {
    const { email, id, identifiers = {} } = learner;
    const texts = [email, id, ...Object.values(identifiers)].filter((text) => text !== undefined);
    return texts.map((text) => markOf(masterKey, text));
  }
  const quoted = faults.flatMap(({ finding }) => Object.values(finding.params ?? {}));
  const texts = new Set(quoted.filter((value) => typeof value === 'string'));
  return [markOfName(masterKey, name), ...[...texts].map((text) => markOf(masterKey, text))];
}

type Part = 'said' | 'learner';

const purposeOf = ({ roster_id, line }: Place, part: Part) => `roster row ${roster_id} ${line} ${part}`;

const seal = (masterKey: MasterKey, place: Place, part: Part, value: object) =>
  masterKey.seal(new TextEncoder().encode(JSON.stringify(value)), purposeOf(place, part));

import { sql } from 'kysely';
import type { Learner } from '../../core/issue/learner.ts';
import type { RosterFault } from '../../core/issue/roster.ts';
import type { Database } from '../database.ts';
import type { MasterKey } from '../master-key.ts';
import { sealRow } from './sealed-row.ts';

const rowsAtOnce = 500;

interface ClearRow {
  roster_id: string;
  line: number;
  state: string;
  clear_name: string;
  clear_learner: string | null;
  faults: string | null;
}

/**
 * Seal rows from before they were sealed. It ends when none is left: who comes while another process is at it waits, so that
 * nobody works on a row that is in clear.
 */
export async function sealClearRows(db: Database, masterKey: MasterKey): Promise<void> {
  const sealSome = () =>
    db.transaction().execute(async (trx) => {
      const { rows } = await sql<ClearRow>`
        select roster_id, line, state, clear_name, clear_learner, faults from roster_row
        where clear_name is not null order by roster_id, line limit ${rowsAtOnce} for update`.execute(trx);
      const sealed = rows.map(({ roster_id, line, state, clear_name: name, clear_learner, faults }) => {
        const place = { roster_id, line };
        const { said, learner, marks, ...rest } = sealRow(masterKey, place, {
          name,
          learner: clear_learner === null ? null : (JSON.parse(clear_learner) as Learner),
          faults: faults === null ? [] : (JSON.parse(faults) as RosterFault[]),
        });
        // A name alone leads to what could not be read; anywhere else it would lead to everybody who bears it.
        const isFound = clear_learner !== null || state === 'faulty';
        return { ...place, ...rest, said: hex(said), learner: hex(learner), marks: isFound ? marks : null };
      });
      await sql`
        update roster_row set said = given.said, learner = given.learner, marks = given.marks, faults = given.faults,
          clear_name = null, clear_learner = null
        from json_populate_recordset(null::roster_row, ${JSON.stringify(sealed)}::text::json) as given
        where roster_row.roster_id = given.roster_id and roster_row.line = given.line`.execute(trx);
      return rows.length;
    });
  while ((await sealSome()) > 0);
}

const hex = (bytes: Uint8Array | null) => (bytes === null ? null : `\\x${Buffer.from(bytes).toString('hex')}`);

import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What rows of lists say of people is sealed. Those that are there are sealed at the next start, which has the master key. */
const statements = [
  `alter table roster_row rename column name to clear_name`,
  `alter table roster_row alter column clear_name drop not null`,
  `alter table roster_row rename column learner to clear_learner`,
  `alter table roster_row add column said bytea`,
  `alter table roster_row add column learner bytea`,
  `alter table roster_row add column marks text[]`,
  `create index roster_row_clear on roster_row (roster_id, line) where clear_name is not null`,
];

export const sealedRows: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `alter table credential alter column achievement_id drop not null`,
  `alter table credential alter column achievement_version drop not null`,
];

export const clr: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

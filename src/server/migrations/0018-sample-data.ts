import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const sampleData: Migration = {
  async up(db) {
    await sql.raw(`alter table issuer add column sample boolean not null default false`).execute(db);
  },
};

import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const settings: Migration = {
  async up(db) {
    await sql`create table setting (name text primary key, value text not null)`.execute(db);
  },
};

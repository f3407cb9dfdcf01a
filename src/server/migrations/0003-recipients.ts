import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `alter table credential add column recipient text`,
  `create index credential_of_recipient on credential (achievement_id, recipient) where state <> 'revoked'`,
  `alter table roster add column duplicates text not null default 'refuse' check (duplicates in ('refuse', 'allow'))`,
];

export const recipients: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

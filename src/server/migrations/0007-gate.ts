import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `alter table credential add column waiver text`,
  `alter table achievement_version add column evidence text`,
  `alter table roster add column judged text`,
  `alter table roster add column waiver text`,
  `alter table roster add column below_pass_mark text`,
  `alter table roster_row add column gate text`,
  `create table image (
    id text not null,
    issuer_id text not null references issuer,
    media_type text not null,
    content bytea not null,
    created_at timestamptz not null,
    primary key (issuer_id, id)
  )`,
];

export const gate: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

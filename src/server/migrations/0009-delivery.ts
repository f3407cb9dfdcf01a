import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `alter table credential add column claim_version integer not null default 1`,
  `alter table credential add column claim_state text not null default 'waiting'
    check (claim_state in ('waiting', 'accepted', 'declined'))`,
  `alter table credential add column claimed_at timestamptz`,
  `alter table credential add column indexed boolean not null default false`,
  `alter table roster add column deliver text check (deliver in ('email', 'none'))`,
  `alter table mail add column kind text not null default 'letter' check (kind in ('letter', 'claim'))`,
];

export const delivery: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

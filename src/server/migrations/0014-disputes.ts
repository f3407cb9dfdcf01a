import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `create table dispute (
    id text primary key,
    credential_id text not null references credential on delete cascade,
    issuer_id text not null,
    about text not null check (about in ('name', 'result', 'not-mine', 'other')),
    state text not null check (state in ('open', 'answered', 'closed')),
    words bytea not null,
    answer bytea,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    changed_by text not null
  )`,
  `create index dispute_of_issuer on dispute (issuer_id, created_at, id)`,
  `create index dispute_of_credential on dispute (credential_id, created_at)`,
];

export const disputes: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `create table policy (
    issuer_id text not null references issuer,
    name text not null,
    value text not null,
    changed_at timestamptz not null,
    changed_by text not null,
    primary key (issuer_id, name)
  )`,
  `create table mail (
    id text primary key,
    issuer_id text references issuer,
    credential_id text references credential,
    content bytea not null,
    state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
    attempts integer not null default 0,
    next_at timestamptz not null,
    created_at timestamptz not null,
    sent_at timestamptz,
    fault text
  )`,
  `create index mail_waiting on mail (next_at) where state = 'waiting'`,
  `create index mail_of_issuer on mail (issuer_id, created_at, id)`,
  `create index mail_of_credential on mail (credential_id) where credential_id is not null`,
  `alter table credential add column person bytea`,
  `alter table credential add column roster_id text references roster`,
  `create index credential_of_roster on credential (roster_id) where roster_id is not null`,
];

export const policyAndMail: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

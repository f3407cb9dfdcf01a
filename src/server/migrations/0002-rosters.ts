import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `create table roster (
    id text primary key,
    issuer_id text not null references issuer,
    achievement_id text not null,
    achievement_version integer not null,
    name text not null,
    state text not null check (state in ('reading', 'ready', 'running', 'paused', 'cancelled', 'done')),
    header text not null,
    valid_from text,
    valid_until text,
    actor text not null,
    created_at timestamptz not null default now(),
    rows integer not null default 0,
    faulty integer not null default 0,
    issued integer not null default 0,
    failed integer not null default 0,
    foreign key (achievement_id, achievement_version) references achievement_version (achievement_id, version)
  )`,
  `create index roster_of_issuer on roster (issuer_id, created_at, id)`,
  `create index roster_running on roster (created_at) where state = 'running'`,
  `create table roster_row (
    roster_id text not null references roster,
    line integer not null,
    state text not null check (state in ('waiting', 'faulty', 'issued', 'failed')),
    name text not null,
    learner text,
    faults text,
    credential_id text references credential,
    primary key (roster_id, line)
  )`,
  `create index roster_row_waiting on roster_row (roster_id, line) where state = 'waiting'`,
];

export const rosters: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `alter table issuer_key add column use text not null default 'proof' check (use in ('proof', 'jwt'))`,
  `drop index issuer_key_active`,
  `create unique index issuer_key_active on issuer_key (issuer_id, use) where state = 'active'`,
  `alter table credential add column jwt text`,
  `alter table credential add column jwt_digest text`,
  `alter table credential add column batch text`,
  `alter table credential add column issued_by text not null default ''`,
  `alter table credential add column issue_reason text not null default ''`,
  `alter table credential add column valid_until timestamptz`,
  `alter table credential add column reminded_at timestamptz`,
  `alter table credential add column revocation_listed boolean not null default false`,
  `alter table credential add column status_reason text`,
  `alter table credential add column status_at timestamptz`,
  `alter table credential add column superseded_by text references credential`,
  `alter table credential drop constraint credential_state_check`,
  `alter table credential add constraint credential_state_check
    check (state in ('active', 'suspended', 'revoked', 'superseded'))`,
  `drop index credential_of_recipient`,
  `create index credential_of_recipient on credential (achievement_id, recipient) where state in ('active', 'suspended')`,
  `create index credential_ending on credential (valid_until) where valid_until is not null and reminded_at is null`,
  `create index credential_listed on credential (issuer_id) where revocation_listed and state in ('revoked', 'superseded')`,
  `create index credential_superseded on credential (superseded_by) where superseded_by is not null`,
  `alter table roster add column proof text not null default 'data-integrity'
    check (proof in ('data-integrity', 'vc-jwt', 'both'))`,
  `alter table roster add column time_zone text not null default 'UTC'`,
  `create table correction (
    id text primary key,
    issuer_id text not null references issuer,
    kind text not null check (kind in ('revoke', 'suspend', 'reinstate', 'reissue', 'correct')),
    state text not null check (state in ('reading', 'ready', 'running', 'cancelled', 'done')),
    reason text not null,
    actor text not null,
    roster_id text references roster,
    achievement_id text,
    achievement_version integer,
    created_at timestamptz not null,
    total integer not null default 0,
    done integer not null default 0,
    skipped integer not null default 0,
    failed integer not null default 0
  )`,
  `create index correction_of_issuer on correction (issuer_id, created_at, id)`,
  `create index correction_running on correction (created_at) where state = 'running'`,
  `create table correction_item (
    correction_id text not null references correction,
    number integer not null,
    credential_id text references credential,
    act text not null check (act in ('revoke', 'suspend', 'reinstate', 'reissue', 'none')),
    state text not null check (state in ('waiting', 'done', 'skipped', 'failed')),
    learner bytea,
    faults text,
    edition_id text references credential,
    primary key (correction_id, number)
  )`,
  `create index correction_item_waiting on correction_item (correction_id, number) where state = 'waiting'`,
];

export const corrections: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

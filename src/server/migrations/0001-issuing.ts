import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `create table issuer (
    id text primary key,
    parent_id text references issuer,
    slug text not null unique,
    profile text not null,
    created_at timestamptz not null default now()
  )`,
  `create table issuer_key (
    id text primary key,
    issuer_id text not null references issuer,
    type text not null,
    public_key text not null,
    secret bytea not null,
    state text not null check (state in ('active', 'published', 'retired', 'compromised')),
    created_at timestamptz not null default now(),
    ended_at timestamptz,
    compromised_from timestamptz
  )`,
  `create unique index issuer_key_active on issuer_key (issuer_id) where state = 'active'`,
  `create table achievement (
    id text primary key,
    issuer_id text not null references issuer,
    created_at timestamptz not null default now(),
    retired_at timestamptz
  )`,
  `create index achievement_of_issuer on achievement (issuer_id, id)`,
  `create table achievement_version (
    achievement_id text not null references achievement,
    version integer not null,
    state text not null check (state in ('draft', 'review', 'approved')),
    document text not null,
    changed_at timestamptz not null default now(),
    changed_by text not null,
    primary key (achievement_id, version)
  )`,
  `create table status_list (
    id text primary key,
    issuer_id text not null references issuer,
    taken integer not null default 0,
    size integer not null,
    scramble bytea not null,
    revision integer not null default 0
  )`,
  `create index status_list_of_issuer on status_list (issuer_id)`,
  `create table credential (
    id text primary key,
    issuer_id text not null references issuer,
    achievement_id text not null,
    achievement_version integer not null,
    status_list_id text not null references status_list,
    status_index integer not null,
    state text not null default 'active' check (state in ('active', 'suspended', 'revoked')),
    document text not null,
    digest text not null,
    test boolean not null,
    issued_at timestamptz not null default now(),
    foreign key (achievement_id, achievement_version) references achievement_version (achievement_id, version),
    unique (status_list_id, status_index)
  )`,
  `create index credential_of_issuer on credential (issuer_id, issued_at, id)`,
  `create index credential_not_active on credential (status_list_id) where state <> 'active'`,
  `create table idempotent_request (
    issuer_id text not null references issuer,
    key text not null,
    digest text not null,
    status integer not null,
    body text not null,
    created_at timestamptz not null default now(),
    primary key (issuer_id, key)
  )`,
  `create table audit_head (
    chain text primary key,
    number integer not null,
    hash text not null
  )`,
  `create table audit_entry (
    chain text not null,
    number integer not null,
    at timestamptz not null,
    actor text not null,
    action text not null,
    subject text not null,
    reason text not null,
    detail text not null,
    previous text not null,
    hash text not null,
    primary key (chain, number)
  )`,
  `create table api_key (
    id text primary key,
    issuer_id text not null references issuer,
    name text not null,
    digest text not null unique,
    scopes text not null,
    created_at timestamptz not null default now(),
    revoked_at timestamptz
  )`,
];

export const issuing: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

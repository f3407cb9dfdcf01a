import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `alter table credential alter column document drop not null`,
  `alter table credential add column erased_at timestamptz`,
  `alter table credential add column hidden_at timestamptz`,
  `create table evidence_file (
    id text primary key,
    issuer_id text not null references issuer,
    sealed bytea not null,
    media_type text not null,
    size integer not null,
    digest text not null,
    state text not null check (state in ('receiving', 'kept', 'removing')),
    uploaded_at timestamptz not null
  )`,
  `create index evidence_file_of_issuer on evidence_file (issuer_id, uploaded_at, id)`,
  `create index evidence_file_under_way on evidence_file (uploaded_at) where state <> 'kept'`,
  `create table evidence_use (
    evidence_id text not null references evidence_file,
    credential_id text not null references credential,
    primary key (evidence_id, credential_id)
  )`,
  `create index evidence_use_of_credential on evidence_use (credential_id)`,
  `create table evidence_grant (
    id text primary key,
    evidence_id text not null references evidence_file,
    digest text not null unique,
    made_by text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    withdrawn_at timestamptz
  )`,
  `create index evidence_grant_of_file on evidence_grant (evidence_id, created_at)`,
];

export const evidence: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

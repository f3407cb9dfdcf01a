import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `create table skill_framework (
    id text primary key,
    issuer_id text not null references issuer,
    name text not null,
    uri text,
    source text not null check (source in ('case', 'csv')),
    state text not null check (state in ('reading', 'ready', 'removing')),
    items integer not null default 0,
    created_at timestamptz not null,
    created_by text not null
  )`,
  `create index skill_framework_of_issuer on skill_framework (issuer_id, created_at, id)`,
  `create table skill_item (
    framework_id text not null references skill_framework,
    number integer not null,
    code text,
    name text,
    statement text not null,
    uri text not null,
    kind text,
    target_type text not null,
    parent integer,
    words text not null,
    primary key (framework_id, number)
  )`,
  `create index skill_item_by_uri on skill_item (framework_id, uri)`,
  // Of the words as they were cut: the parser of the database takes codes such as RL.4.1 for the name of a computer.
  `create index skill_item_by_words on skill_item using gin (array_to_tsvector(string_to_array(words, ' ')))`,
];

export const skills: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

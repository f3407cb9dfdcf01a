import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `create table achievement_comment (
    id text primary key,
    achievement_id text not null,
    version integer not null,
    number integer not null,
    pointer text,
    text text not null,
    made_by text not null,
    made_at timestamptz not null,
    resolved_at timestamptz,
    foreign key (achievement_id, version) references achievement_version (achievement_id, version)
  )`,
  `create index achievement_comment_of_version on achievement_comment (achievement_id, version, made_at, number)`,
  `create index achievement_version_in_review on achievement_version (achievement_id) where state = 'review'`,
];

export const comments: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

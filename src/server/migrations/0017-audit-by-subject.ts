import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What happened to one thing: the record of a credential asks it of a log of millions. */
export const auditBySubject: Migration = {
  async up(db) {
    await sql.raw(`create index audit_entry_of_subject on audit_entry (chain, subject, number)`).execute(db);
  },
};

import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

const statements = [
  `alter table api_key add column made_by text not null default ''`,
  // The audit log knows whose the ones before are.
  `update api_key set made_by = audit_entry.actor from audit_entry
    where audit_entry.chain = api_key.issuer_id and audit_entry.action = 'api-key.make' and audit_entry.subject = api_key.id`,
];

export const apiKeyMaker: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

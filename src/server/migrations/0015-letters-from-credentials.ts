import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** A letter about a credential is written from the credential when it is sent: no copy of a person waits in the queue. */
const statements = [
  `alter table mail alter column content drop not null`,
  `alter table mail drop constraint mail_kind_check`,
  `alter table mail add constraint mail_kind_check check (kind in ('letter', 'claim', 'reminder'))`,
  `update mail set content = null where kind = 'claim'`,
];

export const lettersFromCredentials: Migration = {
  async up(db) {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};

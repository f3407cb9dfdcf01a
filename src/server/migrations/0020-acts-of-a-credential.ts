import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** In which acts on many a credential was: its record asks. */
export const actsOfACredential: Migration = {
  async up(db) {
    await sql.raw(`create index correction_item_of_credential on correction_item (credential_id)`).execute(db);
  },
};

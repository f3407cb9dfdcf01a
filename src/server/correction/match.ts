import type { CredentialRow } from '../credential/store.ts';
import type { Database } from '../database.ts';
import type { RosterRow } from '../roster/store.ts';

/** The credentials of a roster that are in force, by the line that they were issued from or by who they are for. */
export async function listMatches(
  db: Database,
  roster: RosterRow,
  by: { lines: readonly number[] } | { recipients: readonly (string | null)[] },
): Promise<Map<number | string, CredentialRow>> {
  if ('recipients' in by) {
    const asked = [...new Set(by.recipients.filter((recipient) => recipient !== null))];
    if (asked.length === 0) return new Map();
    const found = await db
      .selectFrom('credential')
      .selectAll()
      .where('achievement_id', '=', roster.achievement_id)
      .where('recipient', 'in', asked)
      .where('state', 'in', ['active', 'suspended'])
      .execute();
    const own = found.filter(({ roster_id, issuer_id }) => roster_id === roster.id && issuer_id === roster.issuer_id);
    return new Map(own.map((credential) => [credential.recipient as string, credential]));
  }
  if (by.lines.length === 0) return new Map();
  // A row leads to its newest edition.
  const editions = await db
    .withRecursive('edition', (query) =>
      query
        .selectFrom('roster_row')
        .innerJoin('credential', 'credential.id', 'roster_row.credential_id')
        .select(['roster_row.line', 'credential.id', 'credential.superseded_by'])
        .where('roster_row.roster_id', '=', roster.id)
        .where('roster_row.line', 'in', by.lines)
        .unionAll((next) =>
          next
            .selectFrom('credential')
            .innerJoin('edition', 'edition.superseded_by', 'credential.id')
            .select(['edition.line', 'credential.id', 'credential.superseded_by']),
        ),
    )
    .selectFrom('edition')
    .select(['line', 'id'])
    .where('superseded_by', 'is', null)
    .execute();
  if (editions.length === 0) return new Map();
  const found = await db
    .selectFrom('credential')
    .selectAll()
    .where(
      'id',
      'in',
      editions.map(({ id }) => id),
    )
    .where('state', 'in', ['active', 'suspended'])
    .execute();
  const byId = new Map(found.map((credential) => [credential.id, credential]));
  return new Map(
    editions.flatMap(({ line, id }) => {
      const credential = byId.get(id);
      return credential === undefined ? [] : [[line, credential] as const];
    }),
  );
}

/** The ids of a roster's credentials that are in force, page by page. */
export async function* listActive(db: Database, rosterId: string): AsyncGenerator<string[]> {
  for (let after = ''; ; ) {
    const page = await db
      .selectFrom('credential')
      .select('id')
      .where('roster_id', '=', rosterId)
      .where('state', 'in', ['active', 'suspended'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(1000)
      .execute();
    yield page.map(({ id }) => id);
    if (page.length < 1000) return;
    after = page.at(-1)?.id ?? '';
  }
}

import { csvLine } from '../../node/csv/csv-line.ts';
import { nameVersions } from '../achievement/store.ts';
import type { Database } from '../database.ts';
import type { MasterKey } from '../master-key.ts';
import type { Place } from '../paging.ts';
import { openPerson } from './person.ts';
import { type CredentialFilter, type CredentialRow, listCredentials, nameIn } from './store.ts';

const pageSize = 500;

/** Credentials of an issuer as CSV, newest first, page by page. `masterKey`: for those who may see whose they are. */
export async function* exportCredentials(
  { db, publicUrl, masterKey }: { db: Database; publicUrl: string; masterKey: MasterKey | null },
  issuerId: string,
  filter: CredentialFilter,
): AsyncGenerator<string> {
  yield csvLine([
    ...[
      'credential',
      'achievement',
      'achievementName',
      'version',
      'state',
      'stateSince',
      'stateReason',
      'claim',
      'test',
    ],
    ...['issuedAt', 'validUntil', 'issuedBy', 'reason', 'roster', 'supersededBy', 'waived', 'erasedAt', 'digest'],
    ...(masterKey === null ? [] : ['learnerName', 'learnerEmail']),
  ]);
  const time = (date: Date | null) => date?.toISOString() ?? '';
  const line = (row: CredentialRow, name: string) => {
    const person = masterKey === null ? null : openPerson(masterKey, row);
    return csvLine([
      ...[`${publicUrl}/credentials/${row.id}`, row.achievement_id ?? '', name, row.achievement_version ?? ''],
      ...[row.state, time(row.status_at), row.status_reason ?? '', row.claim_state, String(row.test)],
      ...[time(row.issued_at), time(row.valid_until), row.issued_by, row.issue_reason, row.roster_id ?? ''],
      ...[row.superseded_by ?? '', String(row.waiver !== null), time(row.erased_at), row.digest],
      ...(person === null ? [] : [person.name ?? '', person.email ?? '']),
    ]);
  };
  for (let place: Place | null = null; ; ) {
    const page: CredentialRow[] = await listCredentials(db, issuerId, place, pageSize, filter);
    const names = await nameVersions(db, page);
    yield page.map((row) => line(row, nameIn(names, row))).join('');
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    place = { at: last.issued_at, id: last.id };
  }
}

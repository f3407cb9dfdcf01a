import type { JsonObject } from '../../core/json/json.ts';
import { encodeMultikey } from '../../core/proof/multikey.ts';
import { writeEntry } from '../../core/status/bitstring.ts';
import type { Database } from '../database.ts';
import { didOf } from '../issuer/did.ts';
import { signingKeyOf } from '../issuer/keys.ts';
import type { MasterKey } from '../master-key.ts';
import type { StatusPlace } from './allocate.ts';
import { renderStatusList } from './render.ts';

export const statusPurposes = ['revocation', 'suspension'] as const;
export type StatusPurpose = (typeof statusPurposes)[number];
/** A superseded credential is revoked for verifiers that ask for no newer edition. */
const statesOf = { revocation: ['revoked', 'superseded'], suspension: ['suspended'] } as const;

const addressOf = (publicUrl: string, listId: string, purpose: StatusPurpose) =>
  `${publicUrl}/status/${listId}/${purpose}`;

/** What stands in a credential: one entry for each purpose. */
export function statusEntries(publicUrl: string, { listId, index }: StatusPlace): JsonObject[] {
  return statusPurposes.map((purpose) => {
    const list = addressOf(publicUrl, listId, purpose);
    return {
      id: `${list}#${index}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: purpose,
      statusListIndex: String(index),
      statusListCredential: list,
    };
  });
}

export interface PublishedList {
  /** The signed list, as it is delivered. */
  document: string;
  etag: string;
}

interface ListState {
  size: number;
  revision: number;
  issuerId: string;
  slug: string;
}

/** The signed lists of this process, each until its revision is over. */
export class StatusListPublisher {
  private readonly kept = new Map<string, { revision: number; published: Promise<PublishedList> }>();
  private readonly looked = new Map<string, { at: number; list: ListState }>();
  private readonly deps: { db: Database; masterKey: MasterKey; publicUrl: string; now(): Date };

  constructor(deps: StatusListPublisher['deps']) {
    this.deps = deps;
  }

  /** The list as it holds now; undefined when there is none of that id. */
  async find(listId: string, purpose: StatusPurpose): Promise<PublishedList | undefined> {
    const list = await this.look(listId);
    if (list === undefined) return undefined;
    const name = `${listId} ${purpose}`;
    const known = this.kept.get(name);
    if (known !== undefined && known.revision === list.revision) return await known.published;
    const published = this.sign(listId, purpose, list);
    // A failure is not kept.
    published.catch(() => this.kept.delete(name));
    if (this.kept.size >= maximumKept) this.kept.delete(this.kept.keys().next().value as string);
    this.kept.set(name, { revision: list.revision, published });
    return await published;
  }

  /** A list changed here, or all of an issuer did: the next fetch looks at once. */
  forget(listId?: string): void {
    if (listId === undefined) this.looked.clear();
    else this.looked.delete(listId);
  }

  /** How a list stands, looked up once a second: another process may have changed it. */
  private async look(listId: string): Promise<ListState | undefined> {
    const known = this.looked.get(listId);
    if (known !== undefined && performance.now() - known.at < trustedFor) return known.list;
    const list = await this.deps.db
      .selectFrom('status_list')
      .innerJoin('issuer', 'issuer.id', 'status_list.issuer_id')
      .select(['status_list.size', 'status_list.revision', 'issuer.id as issuerId', 'issuer.slug'])
      .where('status_list.id', '=', listId)
      .executeTakeFirst();
    if (list === undefined) return undefined;
    if (this.looked.size >= maximumKept) this.looked.clear();
    this.looked.set(listId, { at: performance.now(), list });
    return list;
  }

  private async sign(listId: string, purpose: StatusPurpose, list: ListState): Promise<PublishedList> {
    const { db, masterKey, publicUrl, now } = this.deps;
    const bits = new Uint8Array(list.size / 8);
    const entries = await db
      .selectFrom('credential')
      .select('status_index')
      .where('status_list_id', '=', listId)
      .where('state', 'in', statesOf[purpose])
      .execute();
    for (const { status_index } of entries) writeEntry(bits, status_index, 1, 1);
    const key = await signingKeyOf(db, list.issuerId, masterKey);
    const issuer = didOf(publicUrl, list.slug);
    const document = await renderStatusList(
      { statusPurpose: purpose, bits },
      addressOf(publicUrl, listId, purpose),
      { issuer, key, verificationMethod: `${issuer}#${encodeMultikey(key.publicKey)}` },
      now(),
    );
    return { document: JSON.stringify(document), etag: `"${list.revision}-${purpose}"` };
  }
}

const maximumKept = 200;
/** In milliseconds. A change is to show within five seconds (Cache-Control says so too). */
const trustedFor = 1000;

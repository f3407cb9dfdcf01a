import type { Database } from '../database.ts';
import { didOf } from '../issuer/did.ts';
import { findIssuer } from '../issuer/store.ts';

/** Where an issuer's 1EdTechRevocationList stands: one for all of its credentials (Open Badges 3.0 §6.1). */
export const revocationListOf = (publicUrl: string, slug: string) => `${publicUrl}/issuers/${slug}/revocations`;

interface RevocationList {
  document: string;
  etag: string;
}

/**
 * The 1EdTechRevocationList of each issuer: its revoked and superseded credentials that name the list, with the reason. Others
 * are not in it, since their addresses are for those who were given them.
 */
export class RevocationListPublisher {
  private readonly kept = new Map<string, { etag: string; document: Promise<string> }>();
  private readonly deps: { db: Database; publicUrl: string };

  constructor(deps: RevocationListPublisher['deps']) {
    this.deps = deps;
  }

  /** The list as it holds now; undefined when there is no such issuer. */
  async find(slug: string): Promise<RevocationList | undefined> {
    const { db } = this.deps;
    const issuer = await findIssuer(db, slug);
    if (issuer === undefined) return undefined;
    // Every change of a status counts the revision of its list up.
    const { revision } = await db
      .selectFrom('status_list')
      .select(({ fn }) => fn.sum<string | null>('revision').as('revision'))
      .where('issuer_id', '=', issuer.id)
      .executeTakeFirstOrThrow();
    const etag = `"${revision ?? 0}-revocations"`;
    const known = this.kept.get(slug);
    if (known?.etag === etag) return { etag, document: await known.document };
    const document = this.write(slug, issuer.id);
    document.catch(() => this.kept.delete(slug));
    if (this.kept.size >= maximumKept) this.kept.delete(this.kept.keys().next().value as string);
    this.kept.set(slug, { etag, document });
    return { etag, document: await document };
  }

  private async write(slug: string, issuerId: string): Promise<string> {
    const { db, publicUrl } = this.deps;
    const revoked = await db
      .selectFrom('credential')
      .select(['id', 'status_reason'])
      .where('issuer_id', '=', issuerId)
      .where('revocation_listed', '=', true)
      .where('state', 'in', ['revoked', 'superseded'])
      .orderBy('id')
      .execute();
    return JSON.stringify({
      id: revocationListOf(publicUrl, slug),
      issuer: didOf(publicUrl, slug),
      revokedCredential: revoked.map(({ id, status_reason }) => ({
        id: `${publicUrl}/credentials/${id}`,
        revoked: true,
        ...(status_reason === null ? {} : { revocationReason: status_reason }),
      })),
    });
  }
}

const maximumKept = 20;

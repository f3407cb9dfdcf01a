import type { EvidenceFile, EvidenceFiles } from '../../core/issue/evidence.ts';
import type { Learner } from '../../core/issue/learner.ts';
import { readUrl } from '../../core/read-url.ts';
import type { DatabaseTransaction, Executor } from '../database.ts';

/** What a credential that is being issued takes of the issuer's files. */
export interface FileClaim {
  credentialId: string;
  recipient: string | null;
  files: readonly string[];
}

export const addressOfFile = (publicUrl: string, id: string) => `${publicUrl}/evidence/${id}`;

/** The learner with files named as files, also where their address was written: a link would go past who may have them. */
export function nameFiles(publicUrl: string, learner: Learner): Learner {
  if (learner.evidence === undefined) return learner;
  const before = readUrl(addressOfFile(publicUrl, ''));
  return {
    ...learner,
    evidence: learner.evidence.map((entry) => {
      const url = typeof entry.id === 'string' ? readUrl(entry.id) : undefined;
      if (url === undefined || url.host !== before?.host || !url.pathname.startsWith(before.pathname)) return entry;
      const { id: _, ...rest } = entry;
      return { file: url.pathname.slice(before.pathname.length), ...rest };
    }),
  };
}

/** The files that a learner's evidence refers to. */
export function filesOf({ evidence = [] }: Learner): string[] {
  return [...new Set(evidence.map(({ file }) => file).filter((file) => typeof file === 'string'))];
}

/** The issuer's files of these learners, as their credentials will carry them; one query, none when there are no files. */
export async function findEvidenceFiles(
  db: Executor,
  { publicUrl, issuerId }: { publicUrl: string; issuerId: string },
  learners: readonly Learner[],
): Promise<EvidenceFiles> {
  const asked = [...new Set(learners.flatMap(filesOf))];
  const found = new Map<string, EvidenceFile>();
  if (asked.length === 0) return found;
  const rows = await db
    .selectFrom('evidence_file')
    .select(['id', 'media_type', 'digest'])
    .where('issuer_id', '=', issuerId)
    .where('state', '=', 'kept')
    .where('id', 'in', asked)
    .execute();
  for (const { id, media_type, digest } of rows)
    found.set(id, {
      id: addressOfFile(publicUrl, id),
      mediaType: media_type,
      digestMultibase: multihash(digest),
    });
  return found;
}

/** SHA-256 as a multihash in base64url (VCDM 2.0 §5.3). */
function multihash(hex: string): string {
  return `u${Buffer.concat([Buffer.of(0x12, 0x20), Buffer.from(hex, 'hex')]).toString('base64url')}`;
}

/**
 * Those credentials that may not have their files: a file belongs to one learner, and whoever is known by name alone cannot
 * be told to be the same. `lock` keeps it so until the transaction ends.
 */
export async function findRefused(
  db: Executor,
  issuerId: string,
  claims: readonly FileClaim[],
  lock = false,
): Promise<Set<string>> {
  const asked = [...new Set(claims.flatMap(({ files }) => files))];
  const refused = new Set<string>();
  if (asked.length === 0) return refused;
  let query = db
    .selectFrom('evidence_file')
    .select('id')
    .where('issuer_id', '=', issuerId)
    .where('state', '=', 'kept')
    .where('id', 'in', asked)
    .orderBy('id');
  if (lock) query = query.forUpdate();
  const kept = new Set((await query.execute()).map(({ id }) => id));
  const uses = await db
    .selectFrom('evidence_use')
    .innerJoin('credential', 'credential.id', 'evidence_use.credential_id')
    .select(['evidence_use.evidence_id', 'credential.recipient'])
    .where('evidence_use.evidence_id', 'in', asked)
    .execute();
  const owners = new Map<string, string | null>(uses.map(({ evidence_id, recipient }) => [evidence_id, recipient]));
  for (const { credentialId, recipient, files } of claims) {
    const isTheirs = (file: string) =>
      kept.has(file) && (!owners.has(file) || (recipient !== null && owners.get(file) === recipient));
    if (!files.every(isTheirs)) refused.add(credentialId);
    else for (const file of files) owners.set(file, recipient);
  }
  return refused;
}

/** Write down which credentials carry which files; after `findRefused` with a lock, and after the credentials. */
export async function keepUses(trx: DatabaseTransaction, claims: readonly FileClaim[]): Promise<void> {
  const uses = claims.flatMap(({ credentialId, files }) =>
    files.map((file) => ({ evidence_id: file, credential_id: credentialId })),
  );
  if (uses.length > 0) await trx.insertInto('evidence_use').values(uses).execute();
}

import type { JsonObject } from '../../core/json/json.ts';
import { appendAudit } from '../audit/append.ts';
import type { DatabaseTransaction } from '../database.ts';
import { openDispute } from '../dispute/store.ts';
import { openSecret } from '../evidence/content.ts';
import { createGrant, listGrants } from '../evidence/grants.ts';
import { listUses } from '../evidence/store.ts';
import { addressOfFile } from '../evidence/use.ts';
import type { MasterKey } from '../master-key.ts';
import { openRow } from '../roster/sealed-row.ts';
import type { LearnerData } from './learner.ts';

/** For how long an export opens its files, in milliseconds. */
const grantedFor = 7 * 24 * 3_600_000;

export interface ExportRequest {
  issuer: { id: string; slug: string };
  /** As the audit log names them. */
  actor: string;
  masterKey: MasterKey;
  publicUrl: string;
}

/**
 * Everything of one learner that an issuer keeps, as one document. Files are named by addresses that open for a week; links that
 * speak in the learner's name are taken out of letters.
 */
export async function exportLearner(
  trx: DatabaseTransaction,
  { issuer, actor, masterKey, publicUrl }: ExportRequest,
  { credentials, names, emails, files, letters, rows }: LearnerData,
  now: Date,
) {
  const ids = credentials.map(({ id }) => id);
  const uses = await listUses(
    trx,
    files.map(({ id }) => id),
  );
  const evidence: object[] = [];
  for (const file of files) {
    const grants = await listGrants(trx, file.id);
    const expiresAt = new Date(now.getTime() + grantedFor);
    const { token } = await createGrant(trx, { file, expiresAt, actor, reason: 'export' }, now);
    evidence.push({
      id: file.id,
      name: openSecret(masterKey, file).name,
      mediaType: file.media_type,
      size: file.size,
      digest: file.digest,
      uploadedAt: file.uploaded_at,
      credentials: uses.get(file.id) ?? [],
      url: `${addressOfFile(publicUrl, file.id)}?grant=${token}`,
      grants,
    });
  }
  const disputes =
    ids.length === 0 ? [] : await trx.selectFrom('dispute').selectAll().where('credential_id', 'in', ids).execute();
  const subjects = [...ids, ...files.map(({ id }) => id)];
  const log =
    subjects.length === 0
      ? []
      : await trx
          .selectFrom('audit_entry')
          .select(['number', 'at', 'actor', 'action', 'subject', 'reason', 'detail'])
          .where('chain', '=', issuer.id)
          .where('subject', 'in', subjects)
          .orderBy('number')
          .execute();
  const detail = { credentials: ids, evidence: files.length, letters: letters.length, rosterRows: rows.length };
  await appendAudit(trx, { chain: issuer.id, actor, action: 'learner.export', subject: issuer.id, detail }, now);
  return {
    exportedAt: now.toISOString(),
    issuer: issuer.slug,
    learner: { names, emails },
    credentials: credentials.map((credential) => ({
      id: credential.id,
      url: `${publicUrl}/credentials/${credential.id}`,
      achievement: credential.achievement_id,
      version: credential.achievement_version,
      state: credential.state,
      stateReason: credential.status_reason,
      issuedAt: credential.issued_at,
      issuedBy: credential.issued_by,
      test: credential.test,
      digest: credential.digest,
      erasedAt: credential.erased_at,
      takenDownAt: credential.hidden_at,
      credential: credential.document === null ? null : (JSON.parse(credential.document) as JsonObject),
      jwt: credential.jwt,
    })),
    evidence,
    disputes: disputes.map((row) => openDispute(masterKey, row)),
    letters: letters.map(({ id, state, createdAt, sentAt, to, subject, text }) => ({
      id,
      state,
      createdAt,
      sentAt,
      to,
      subject,
      text: text.replace(/([?&]claim=)[\w-]+/g, '$1…'),
    })),
    rosterRows: rows.map(({ roster_id, line, state, credential_id, ...kept }) => ({
      roster: roster_id,
      line,
      state,
      ...openRow(masterKey, { roster_id, line, ...kept }),
      credential: credential_id,
    })),
    log: log.map((entry) => ({ ...entry, detail: JSON.parse(entry.detail) as JsonObject })),
  };
}

import { randomUUID } from 'node:crypto';
import { parseCredential } from '../../core/credential/parse.ts';
import type { Finding } from '../../core/finding.ts';
import { isJsonObject, type JsonObject } from '../../core/json/json.ts';
import { checkContexts } from '../../core/json-ld/context-rules.ts';
import { contextUrl } from '../../core/json-ld/contexts.ts';
import { analyseTerms } from '../../core/json-ld/terms.ts';
import { addProof } from '../../core/proof/add-proof.ts';
import { signVcJwt } from '../../core/proof/vc-jwt.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { allocateIndex } from '../status-list/store.ts';
import type { VcApi, VcApiInstance } from './instances.ts';

export interface IssueOptions {
  credentialId?: string;
  mandatoryPointers?: string[];
}

export type Issued = { ok: true; verifiableCredential: JsonObject } | { ok: false; findings: Finding[] };

const refuse = (code: Finding['code'], pointer: string, params?: Finding['params']): Issued => ({
  ok: false,
  findings: [{ code, severity: 'error', pointer, ...(params ? { params } : {}) }],
});

/**
 * Issue what a suite sends, after checking it as a receiver would. The issuer must be this instance's own: what is signed is
 * what was sent, so another issuer is refused rather than replaced.
 */
export async function issue(
  given: JsonObject,
  instance: VcApiInstance,
  api: VcApi,
  options: IssueOptions,
): Promise<Issued> {
  const named = options.credentialId === undefined ? given : { ...given, id: options.credentialId };
  const credential = instance.withStatus ? await withStatus(named, api) : named;
  const parsed = parseCredential(credential);
  if (!parsed.ok) return { ok: false, findings: parsed.findings };
  const { findings, dataModel, document } = parsed.parsed;
  if (parsed.parsed.jws !== undefined) return refuse('credential-not-object', '');
  if (dataModel !== '2.0')
    return refuse('context-misplaced', '/@context', { position: 1, expected: contextUrl.credentials2 });
  const faults = findings.filter(({ severity }) => severity === 'error');
  const undefinedTerms = analyseTerms(document).undefinedTerms.map(
    ({ pointer, term }): Finding => ({ code: 'term-undefined', severity: 'error', pointer, params: { term } }),
  );
  const all = [...faults, ...checkContexts(document), ...undefinedTerms];
  if (all.length > 0) return { ok: false, findings: all };
  const issuer = isJsonObject(document.issuer) ? document.issuer.id : document.issuer;
  if (issuer !== instance.issuer) return refuse('vc-api-issuer-not-ours', '/issuer', { issuer: instance.issuer });
  const signed = await sign(document, instance, options);
  if (signed.ok && instance.withStatus) remember(document, api);
  return signed;
}

async function sign(document: JsonObject, instance: VcApiInstance, options: IssueOptions): Promise<Issued> {
  const { key, verificationMethod, cryptosuite } = instance;
  if (cryptosuite === null) {
    const made = await signVcJwt(document, { key, verificationMethod, profile: 'vc-jose-cose' }, nodeCryptography);
    if (!made.ok) return { ok: false, findings: [made.finding] };
    return {
      ok: true,
      verifiableCredential: {
        '@context': [contextUrl.credentials2],
        id: `data:application/vc+jwt,${made.jwt}`,
        type: 'EnvelopedVerifiableCredential',
      },
    };
  }
  const created = `${new Date().toISOString().slice(0, 19)}Z`;
  const made = await addProof(
    document,
    {
      cryptosuite,
      key,
      verificationMethod,
      created,
      ...(options.mandatoryPointers === undefined ? {} : { mandatoryPointers: options.mandatoryPointers }),
    },
    { cryptography: nodeCryptography },
  );
  return made.ok ? { ok: true, verifiableCredential: made.document } : { ok: false, findings: [made.finding] };
}

/** The credential with an id, by which its status is changed later, and an entry at a free place. */
async function withStatus(credential: JsonObject, { statusList, lists }: VcApi): Promise<JsonObject> {
  const index = await allocateIndex(lists, statusList.list);
  return {
    ...credential,
    id: credential.id ?? `urn:uuid:${randomUUID()}`,
    credentialStatus: {
      id: `${statusList.url}#${index}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: statusList.list.statusPurpose,
      statusListIndex: String(index),
      statusListCredential: statusList.url,
    },
  };
}

function remember({ id, credentialStatus }: JsonObject, { issued, statusList }: VcApi): void {
  if (typeof id === 'string' && isJsonObject(credentialStatus))
    issued.set(id, { list: statusList.list, index: Number(credentialStatus.statusListIndex) });
}

import type { SecretKey } from '../../core/cryptography.ts';
import type { JsonObject } from '../../core/json/json.ts';
import { addProof } from '../../core/proof/add-proof.ts';
import { buildStatusListCredential } from '../../core/status/build-status-list.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import type { StoredStatusList } from './store.ts';

export interface ListSigner {
  issuer: string;
  key: SecretKey;
  verificationMethod: string;
}

/** A change shows within five seconds; in milliseconds. */
export const listTtl = 5000;

/** The signed list as it is published at `url`. Signed anew each time: it says what holds now. */
export async function renderStatusList(
  list: Pick<StoredStatusList, 'statusPurpose' | 'bits'>,
  url: string,
  signer: ListSigner,
  now: Date,
): Promise<JsonObject> {
  const created = `${now.toISOString().slice(0, 19)}Z`;
  const unsigned = await buildStatusListCredential({
    id: url,
    issuer: signer.issuer,
    statusPurpose: list.statusPurpose,
    bits: list.bits,
    validFrom: created,
    ttl: listTtl,
  });
  const signed = await addProof(
    unsigned,
    {
      cryptosuite: signer.key.type === 'Ed25519' ? 'eddsa-rdfc-2022' : 'ecdsa-rdfc-2019',
      key: signer.key,
      verificationMethod: signer.verificationMethod,
      created,
    },
    { cryptography: nodeCryptography },
  );
  if (!signed.ok) throw new Error(`a status list does not sign: ${signed.finding.code}`);
  return signed.document;
}

import type { JsonObject } from '../json/json.ts';
import { contextUrl } from '../json-ld/contexts.ts';
import { encodeStatusList } from './bitstring.ts';

/**
 * An unsigned BitstringStatusListCredential (Bitstring Status List §2.2). `statusPurpose` is one string, since the official
 * validator reads no list; `ttl` in milliseconds; `validFrom` ISO 8601.
 */
export async function buildStatusListCredential(options: {
  id: string;
  issuer: string;
  statusPurpose: string;
  bits: Uint8Array;
  validFrom: string;
  ttl?: number;
}): Promise<JsonObject> {
  const { id, issuer, statusPurpose, bits, validFrom, ttl } = options;
  return {
    '@context': [contextUrl.credentials2],
    id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer,
    validFrom,
    credentialSubject: {
      id: `${id}#list`,
      type: 'BitstringStatusList',
      statusPurpose,
      encodedList: await encodeStatusList(bits),
      ...(ttl === undefined ? {} : { ttl }),
    },
  };
}

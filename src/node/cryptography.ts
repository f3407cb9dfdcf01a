import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import type { Cryptography, PublicKey, SecretKey } from '../core/cryptography.ts';
import { secretKeyFromJwk } from '../core/proof/jwk.ts';

/** DER in front of the raw key: SubjectPublicKeyInfo, and PKCS #8 or SEC 1 for secrets, which node:crypto imports fastest. */
const publicPrefix: Record<SecretKey['type'], string> = {
  Ed25519: '302a300506032b6570032100',
  'P-256': '3039301306072a8648ce3d020106082a8648ce3d030107032200',
  'P-384': '3046301006072a8648ce3d020106052b81040022033200',
};

const hashOf = { Ed25519: null, 'P-256': 'sha256', 'P-384': 'sha384', RSA: 'sha256' } as const;

/** Imported keys are kept, since importing costs as much as a signature; the oldest goes first. */
const maximumKeys = 1000;
const publicKeys = new Map<string, KeyObject | null>();
const secretKeys = new WeakMap<SecretKey, KeyObject>();

function importPublic(key: PublicKey): KeyObject | null {
  const name = `${key.type} ${Buffer.from(key.bytes).toString('latin1')}`;
  const known = publicKeys.get(name);
  if (known !== undefined) return known;
  const der = key.type === 'RSA' ? key.bytes : Buffer.concat([Buffer.from(publicPrefix[key.type], 'hex'), key.bytes]);
  let imported: KeyObject | null;
  try {
    imported = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
  } catch {
    imported = null;
  }
  if (publicKeys.size >= maximumKeys) publicKeys.delete(publicKeys.keys().next().value as string);
  publicKeys.set(name, imported);
  return imported;
}

function importSecret(key: SecretKey): KeyObject {
  const known = secretKeys.get(key);
  if (known !== undefined) return known;
  const imported = createPrivateKey({
    key: derOfSecret(key),
    format: 'der',
    type: key.type === 'Ed25519' ? 'pkcs8' : 'sec1',
  });
  secretKeys.set(key, imported);
  return imported;
}

function derOfSecret({ type, secret }: SecretKey): Buffer {
  if (type === 'Ed25519') return Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret]);
  // SEC 1 ECPrivateKey without the optional public key: SEQUENCE { 1, OCTET STRING, [0] curve }.
  const curve = Buffer.from(type === 'P-256' ? 'a00a06082a8648ce3d030107' : 'a00706052b81040022', 'hex');
  const body = Buffer.concat([Buffer.from([0x02, 0x01, 0x01, 0x04, secret.length]), secret, curve]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

/** Cryptography over node:crypto. */
export const nodeCryptography: Cryptography = {
  digest: (algorithm, data) => hash(algorithm, data, 'buffer'),
  digestHex: (algorithm, text) => hash(algorithm, text, 'hex'),
  hmacSha256: (key, bytes) => createHmac('sha256', key).update(bytes).digest(),
  randomBytes: (length) => randomBytes(length),
  generateKey(type) {
    const pair =
      type === 'Ed25519'
        ? generateKeyPairSync('ed25519')
        : generateKeyPairSync('ec', { namedCurve: type === 'P-256' ? 'prime256v1' : 'secp384r1' });
    return secretKeyFromJwk(type, pair.privateKey.export({ format: 'jwk' }) as JsonWebKey);
  },
  sign(key, bytes) {
    const imported = importSecret(key);
    return key.type === 'Ed25519'
      ? sign(null, bytes, imported)
      : sign(hashOf[key.type], bytes, { key: imported, dsaEncoding: 'ieee-p1363' });
  },
  verify(key, bytes, signature) {
    const imported = importPublic(key);
    if (imported === null) return false;
    if (key.type === 'Ed25519' || key.type === 'RSA') return verify(hashOf[key.type], bytes, imported, signature);
    return verify(hashOf[key.type], bytes, { key: imported, dsaEncoding: 'ieee-p1363' }, signature);
  },
};

/** The same for a process that serves many: whoever asks for something meanwhile is answered between the signatures of a record. */
export const sharingCryptography: Cryptography = {
  ...nodeCryptography,
  async verify(...given) {
    await new Promise((resolve) => setImmediate(resolve));
    return await nodeCryptography.verify(...given);
  },
};

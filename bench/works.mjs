// Each kind of work that is measured, as a function without arguments. Keys, contexts and documents are loaded beforehand
// on every side; what each gives is checked once, so that nobody is fast by being wrong.
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { makeCredential } from './document.mjs';

const assay = await import('../dist/core/index.js');
const { nodeCryptography } = await import('../dist/node/index.js');

const created = '2026-05-18T00:00:00Z';
const now = new Date('2026-06-01T00:00:00Z');
const key = await nodeCryptography.generateKey('Ed25519');
const did = assay.toDidKey(key.publicKey);
const verificationMethod = `${did}#${did.slice('did:key:'.length)}`;
const credential = makeCredential(did);

export async function issue(document = credential) {
  const made = await assay.addProof(
    document,
    { cryptosuite: 'eddsa-rdfc-2022', key, verificationMethod, created },
    { cryptography: nodeCryptography },
  );
  if (!made.ok) throw new Error(JSON.stringify(made.finding));
  return made.document;
}

/** Signature and every local check: data model, terms, proof, key of the issuer, dates. */
export async function check(document) {
  const report = await assay.verifyCredential(document, { cryptography: nodeCryptography, now });
  if (report.verdict !== 'verified') throw new Error(JSON.stringify(report.steps));
  return report;
}

const signed = await issue();
export const makeNumbered = (number) => makeCredential(did, number);

/** Assay alone. */
export const own = {
  issue: () => issue(),
  verify: () => check(signed),
  framework: () => assay.checkCredential(signed, { pack: assay.defaultPack }),
};

/** The same two with @digitalbazaar/vc, over the same document; both sides make the same signature. */
export async function digitalBazaar() {
  const vc = await import('@digitalbazaar/vc');
  const { DataIntegrityProof } = await import('@digitalbazaar/data-integrity');
  const { cryptosuite } = await import('@digitalbazaar/eddsa-rdfc-2022-cryptosuite');
  const Ed25519Multikey = await import('@digitalbazaar/ed25519-multikey');
  const loaded = new Map(
    [...assay.bundledContexts].map(([url, document]) => [url, { contextUrl: null, documentUrl: url, document }]),
  );
  const peerKey = await Ed25519Multikey.from({
    '@context': 'https://w3id.org/security/multikey/v1',
    id: verificationMethod,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase: did.slice('did:key:'.length),
    secretKeyMultibase: assay.encodeSecretMultikey(key),
  });
  const publicKey = await peerKey.export({ publicKey: true });
  const controller = { '@context': 'https://www.w3.org/ns/did/v1', id: did, assertionMethod: [publicKey] };
  loaded.set(verificationMethod, { contextUrl: null, documentUrl: verificationMethod, document: publicKey });
  loaded.set(did, { contextUrl: null, documentUrl: did, document: controller });
  const documentLoader = async (url) => {
    const found = loaded.get(url);
    if (!found) throw new Error(`not loaded: ${url}`);
    return found;
  };
  const issueWithPeer = () =>
    vc.issue({
      // It writes the proof into what it is given.
      credential: structuredClone(credential),
      suite: new DataIntegrityProof({ signer: peerKey.signer(), cryptosuite, date: created }),
      documentLoader,
      now,
    });
  const signedByPeer = await issueWithPeer();
  if (signedByPeer.proof.proofValue !== signed.proof.proofValue)
    throw new Error('Assay and @digitalbazaar/vc signed different bytes; the comparison would mean nothing.');
  const suite = new DataIntegrityProof({ cryptosuite });
  return {
    issue: issueWithPeer,
    async verify() {
      const result = await vc.verifyCredential({ credential: signedByPeer, suite, documentLoader, now });
      if (!result.verified) throw result.error;
    },
  };
}

/**
 * The floor: what nobody can do without who signs RDF. The statements of this one document are written directly, by
 * templates that know every one of them beforehand, sorted, hashed together with the proof configuration, and signed or
 * verified by node:crypto. No JSON-LD, no blank nodes to tell apart, no check of anything.
 */
export async function floor() {
  const canonical = await nquadsOf(credential);
  const { proofValue: _, ...configuration } = signed.proof;
  const config = await nquadsOf({ ...configuration, '@context': credential['@context'] });
  const templates = (nquads) => nquads.trimEnd().split('\n').map(template);
  const [statements, options] = [canonical, config].map(templates);
  const configHash = () => createHash('sha256').update(options.map(write).sort().join('')).digest();
  const documentHash = () => createHash('sha256').update(statements.map(write).sort().join('')).digest();
  const jwk = jwkOf(key);
  const secret = createPrivateKey({ key: jwk, format: 'jwk' });
  const publicKey = createPublicKey({ key: { kty: jwk.kty, crv: jwk.crv, x: jwk.x }, format: 'jwk' });
  const hashes = () => Buffer.concat([configHash(), documentHash()]);
  const signature = sign(null, hashes(), secret);
  return {
    quads: statements.length,
    bytes: canonical.length,
    issue: () => sign(null, hashes(), secret),
    verify() {
      if (!verify(null, hashes(), publicKey, signature)) throw new Error('floor');
    },
  };
}

async function nquadsOf(document) {
  const made = await assay.canonicalize(document, { cryptography: nodeCryptography });
  if (!made.ok) throw new Error(JSON.stringify(made.finding));
  return made.nquads;
}

/** A statement as its fixed parts and the text that is escaped into it. */
function template(line) {
  const literal = /^(.*? )"((?:[^"\\]|\\.)*)"(.*)$/.exec(line);
  if (literal === null) return { before: line, text: null, after: '' };
  return { before: literal[1], text: JSON.parse(`"${literal[2]}"`), after: literal[3] };
}

const special = /["\\\n\r\t]/;

function write({ before, text, after }) {
  if (text === null) return `${before}\n`;
  return `${before}"${special.test(text) ? JSON.stringify(text).slice(1, -1) : text}"${after}\n`;
}

function jwkOf({ publicKey, secret }) {
  const text = (bytes) => Buffer.from(bytes).toString('base64url');
  return { kty: 'OKP', crv: 'Ed25519', x: text(publicKey.bytes), d: text(secret) };
}

/** VC-JWT: the token alone on both sides, made and checked with its claims. */
export async function tokens() {
  const { decodeCompactJws } = await import('../dist/core/proof/jws.js');
  const { verifyVcJwt } = await import('../dist/core/proof/vc-jwt.js');
  const jose = await import('jose');
  const { d, ...publicJwk } = jwkOf(key);
  const joseSecret = await jose.importJWK({ ...publicJwk, d }, 'EdDSA');
  const josePublic = await jose.importJWK(publicJwk, 'EdDSA');
  const header = { alg: 'EdDSA', typ: 'vc+jwt', cty: 'vc', kid: verificationMethod };
  const signWithAssay = async () => {
    const options = { key, verificationMethod, profile: 'vc-jose-cose' };
    const made = await assay.signVcJwt(credential, options, nodeCryptography);
    return made.jwt;
  };
  const signWithJose = () => new jose.SignJWT(credential).setProtectedHeader(header).sign(joseSecret);
  const jwt = await signWithAssay();
  if (jwt !== (await signWithJose())) throw new Error('Assay and jose signed different tokens.');
  const resolved = { ok: true, key: key.publicKey, controller: did, bound: 'passed', verifiedAs: null, findings: [] };
  const options = { cryptography: nodeCryptography, resolveKey: async () => resolved, now, clockSkewSeconds: 60 };
  return {
    issue: signWithAssay,
    async verify() {
      const decoded = decodeCompactJws(jwt);
      const report = await verifyVcJwt({ jws: decoded.jws, document: decoded.jws.payload }, options);
      if (report.outcome !== 'passed') throw new Error(JSON.stringify(report.findings));
    },
    joseIssue: signWithJose,
    joseVerify: () => jose.jwtVerify(jwt, josePublic, { currentDate: now }),
  };
}

/** A record of `count` credentials, each signed by itself, signed as a whole. */
export async function record(count) {
  const nested = [];
  for (let number = 0; number < count; number++) nested.push(await issue(makeNumbered(number)));
  const [vcdm, openBadges] = credential['@context'];
  const { evidence: _, awardedDate: __, ...members } = credential;
  const clr = await issue({
    ...members,
    '@context': [vcdm, 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json', openBadges],
    type: ['VerifiableCredential', 'ClrCredential'],
    credentialSubject: { type: ['ClrSubject'], id: 'did:example:learner-0', verifiableCredential: nested },
  });
  const report = await check(clr);
  if (report.credentials.length !== count || report.credentials.some(({ verdict }) => verdict !== 'verified'))
    throw new Error('not every nested credential was verified');
  return () => check(clr);
}

// npm run bench: issue and verify per second on one core, beside @digitalbazaar/vc in the same run.
// Prints a table and writes bench/results.json. Machines are noisy: read the ratios, not the absolute figures.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
if (!existsSync(here('node_modules/.package-lock.json')))
  if (spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here('.'), stdio: 'inherit' }).status !== 0)
    process.exit(1);
if (!existsSync(here('../dist/core/index.js')))
  if (spawnSync(process.execPath, [here('../scripts/build.mjs'), '--no-web'], { stdio: 'inherit' }).status !== 0)
    process.exit(1);

const assay = await import('../dist/core/index.js');
const { nodeCryptography } = await import('../dist/node/index.js');
const vc = await import('@digitalbazaar/vc');
const { DataIntegrityProof } = await import('@digitalbazaar/data-integrity');
const { cryptosuite } = await import('@digitalbazaar/eddsa-rdfc-2022-cryptosuite');
const Ed25519Multikey = await import('@digitalbazaar/ed25519-multikey');

const rounds = 5;
const seconds = Number(process.env.BENCH_SECONDS ?? 1.5);
const unsigned = JSON.parse(readFileSync(here('../fixtures/trusted/application.json'), 'utf8'));

const key = await nodeCryptography.generateKey('Ed25519');
const did = assay.toDidKey(key.publicKey);
const verificationMethod = `${did}#${did.slice('did:key:'.length)}`;
// Both sides issue and verify the same document; the unsigned endorsement inside has its own report, so it is left out.
const { endorsement: _, credentialStatus: __, ...rest } = unsigned;
const { endorsement: ___, ...achievement } = rest.credentialSubject.achievement;
const credential = {
  ...rest,
  issuer: { ...rest.issuer, id: did },
  credentialSubject: { ...rest.credentialSubject, achievement },
};

async function issueWithAssay() {
  const made = await assay.addProof(
    credential,
    { cryptosuite: 'eddsa-rdfc-2022', key, verificationMethod, created: '2026-05-18T00:00:00Z' },
    { cryptography: nodeCryptography },
  );
  if (!made.ok) throw new Error(JSON.stringify(made.finding));
  return made.document;
}
const signedByAssay = await issueWithAssay();
const now = new Date('2026-06-01T00:00:00Z');
async function verifyWithAssay() {
  const report = await assay.verifyCredential(signedByAssay, { cryptography: nodeCryptography, now });
  if (report.verdict !== 'verified') throw new Error(JSON.stringify(report.steps));
}

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
const { secretKeyMultibase: _s, ...publicKey } = await peerKey.export({ publicKey: true });
loaded.set(verificationMethod, { contextUrl: null, documentUrl: verificationMethod, document: publicKey });
loaded.set(did, {
  contextUrl: null,
  documentUrl: did,
  document: { '@context': 'https://www.w3.org/ns/did/v1', id: did, assertionMethod: [publicKey] },
});
const documentLoader = async (url) => {
  const found = loaded.get(url);
  if (!found) throw new Error(`not loaded: ${url}`);
  return found;
};
const issueWithPeer = () =>
  vc.issue({
    credential: structuredClone(credential),
    suite: new DataIntegrityProof({ signer: peerKey.signer(), cryptosuite, date: '2026-05-18T00:00:00Z' }),
    documentLoader,
    now,
  });
const signedByPeer = await issueWithPeer();
async function verifyWithPeer() {
  const result = await vc.verifyCredential({
    credential: structuredClone(signedByPeer),
    suite: new DataIntegrityProof({ cryptosuite }),
    documentLoader,
    now,
  });
  if (!result.verified) throw result.error;
}

if (signedByAssay.proof.proofValue !== signedByPeer.proof.proofValue)
  throw new Error('Assay and its peer signed different bytes; the comparison would mean nothing.');

async function perSecond(work) {
  for (let index = 0; index < 5; index++) await work();
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < seconds * 1000) {
    await work();
    count += 1;
  }
  return (count * 1000) / (performance.now() - start);
}
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const rows = { issueWithAssay, issueWithPeer, verifyWithAssay, verifyWithPeer };
const measured = Object.fromEntries(Object.keys(rows).map((name) => [name, []]));
for (let round = 0; round < rounds; round++)
  for (const [name, work] of Object.entries(rows)) measured[name].push(await perSecond(work));
const medians = Object.fromEntries(Object.entries(measured).map(([name, values]) => [name, median(values)]));

const results = {
  made: new Date().toISOString(),
  node: process.version,
  cpu: cpus()[0]?.model ?? 'unknown',
  document: { bytes: JSON.stringify(credential).length },
  issue: {
    assay: medians.issueWithAssay,
    peer: medians.issueWithPeer,
    ratio: medians.issueWithAssay / medians.issueWithPeer,
  },
  verify: {
    assay: medians.verifyWithAssay,
    peer: medians.verifyWithPeer,
    ratio: medians.verifyWithAssay / medians.verifyWithPeer,
  },
};
writeFileSync(here('results.json'), `${JSON.stringify(results, null, 2)}\n`);
console.log(
  `eddsa-rdfc-2022, one core, medians of ${rounds} rounds, same document and same signature bytes on both sides`,
);
console.table({
  'issue per second': {
    assay: Math.round(results.issue.assay),
    '@digitalbazaar/vc': Math.round(results.issue.peer),
    ratio: results.issue.ratio.toFixed(2),
  },
  'verify per second': {
    assay: Math.round(results.verify.assay),
    '@digitalbazaar/vc': Math.round(results.verify.peer),
    ratio: results.verify.ratio.toFixed(2),
  },
});

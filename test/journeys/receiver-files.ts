import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import { makeZip } from '../../src/core/container/testing/make-zip.ts';
import { addProof, bakeCredential, hashIdentity, type JsonObject, signVcJwt, toDidKey } from '../../src/core/index.ts';
import { nodeCryptography } from '../../src/node/cryptography.ts';
import { root } from './assay.ts';

const email = 'robin@example.org';

/** What receivers hand over: files of every kind, out of the samples of the server at `url` and of an issuer of our own. */
export async function writeReceiverFiles(url: string, folder: string): Promise<void> {
  const at = (name: string) => join(folder, name);
  const sample = async (name: string) => Buffer.from(await (await fetch(`${url}/samples/${name}`)).arrayBuffer());
  const good = await sample('verified.json');
  const altered = good.toString().replaceAll('Robin', 'Mallory');
  writeFileSync(at('good.json'), good);
  writeFileSync(at('cannot-tell.json'), await sample('cannot-tell.json'));
  const files = [
    { name: 'people/good.json', content: good },
    { name: 'people/altered.json', content: altered },
    { name: 'people/letter.txt', content: 'Dear Sir or Madam' },
    { name: '__MACOSX/people/._good.json', content: 'x' },
  ];
  writeFileSync(at('three.zip'), await makeZip(files));
  const inner = { name: 'inner.zip', content: await makeZip(files), stored: true };
  writeFileSync(
    at('nested.zip'),
    await makeZip([inner, { name: 'revoked.json', content: await sample('revoked.json') }]),
  );
  writeFileSync(at('cut.zip'), readFileSync(at('three.zip')).subarray(0, 600));
  const token = await signToken();
  writeFileSync(at('token.jwt'), token);
  const salt = 'a1b2c3';
  const identityHash = await hashIdentity(email, salt, nodeCryptography);
  const addressed = draft({
    identifier: [{ type: 'IdentityObject', hashed: true, identityHash, identityType: 'emailAddress', salt }],
  });
  writeFileSync(at('addressed.json'), JSON.stringify(await sign(addressed)));
  writeFileSync(at('old.json'), JSON.stringify(await sign(renewable('2026-05-20T00:00:00Z'))));
  writeFileSync(at('certificate.pdf'), await certificate({ 'credential.json': good }));
  writeFileSync(
    at('token.pdf'),
    await certificate({ 'credential.jwt': Buffer.from(token), 'notes.txt': Buffer.from('Hi') }),
  );
  writeFileSync(at('two.pdf'), await certificate({ a: good, b: Buffer.from(altered) }));
  writeFileSync(at('plain.pdf'), await certificate({}));
  const png = Buffer.from(onePixel, 'base64');
  const baked = bakeCredential(png, good.toString(), 'openbadgecredential');
  if (!baked.ok) throw new Error(`does not bake: ${baked.finding.code}`);
  writeFileSync(at('badge.png'), baked.bytes);
  mkdirSync(at('folder/deeper'), { recursive: true });
  writeFileSync(at('folder/good.json'), good);
  writeFileSync(at('folder/deeper/altered.json'), altered);
  writeFileSync(at('folder/.hidden'), 'x');
  const more = Array.from({ length: 900 }, (_, index) => ({
    name: `${index}.json`,
    content: index % 10 === 7 ? altered : good,
  }));
  writeFileSync(at('more.zip'), await makeZip(more));
  writeFileSync(at('many.zip'), await makeZip(more.slice(0, 150)));
  writeFileSync(at('list.json'), JSON.stringify({ name: 'My own list', date: '2026-05-18', issuers: [] }));
}

const onePixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=';

const key = await nodeCryptography.generateKey('Ed25519');
const did = toDidKey(key.publicKey);
const verificationMethod = `${did}#${did.slice('did:key:'.length)}`;
export const refreshService = 'https://issuer.example/refresh/1';

/** A recognition by an issuer that is its own key, about `subject`. */
function draft(subject: JsonObject = {}): JsonObject {
  const { proof: _, ...document } = JSON.parse(readFileSync(join(root, 'fixtures/trusted/recognition.json'), 'utf8'));
  const { issuer, credentialSubject } = document;
  return {
    ...document,
    validFrom: '2026-05-20T00:00:00Z',
    issuer: { ...issuer, id: did },
    credentialSubject: { ...credentialSubject, ...subject },
  };
}

export function renewable(validFrom: string): JsonObject {
  const document = draft();
  const contexts = document['@context'] as string[];
  const extensions = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';
  return {
    ...document,
    '@context': [...contexts.filter((url) => url !== extensions), extensions],
    validFrom,
    refreshService: { id: refreshService, type: '1EdTechCredentialRefresh' },
  };
}

export async function sign(document: JsonObject): Promise<JsonObject> {
  const options = { cryptosuite: 'eddsa-rdfc-2022', key, verificationMethod, created: '2026-05-20T10:00:00Z' } as const;
  const signed = await addProof(document, options, { cryptography: nodeCryptography });
  if (!signed.ok) throw new Error(`does not sign: ${signed.finding.code}`);
  return { ...signed.document, proof: [signed.document.proof as JsonObject] };
}

async function signToken(): Promise<string> {
  const signed = await signVcJwt(draft(), { key, verificationMethod, profile: 'vc-jose-cose' }, nodeCryptography);
  if (!signed.ok) throw new Error(`does not sign: ${signed.finding.code}`);
  return signed.jwt;
}

async function certificate(files: Record<string, Buffer>): Promise<Buffer> {
  const document = new PDFDocument();
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  const ended = new Promise((done) => document.on('end', done));
  document.text('Certificate');
  for (const [name, content] of Object.entries(files)) document.file(content, { name });
  document.end();
  await ended;
  return Buffer.concat(parts);
}

import type { SecretKey } from '../../core/cryptography.ts';
import { encodeMultikey, encodeSecretMultikey } from '../../core/proof/multikey.ts';
import { nodeCryptography } from '../../node/cryptography.ts';
import { writeKeyFile } from '../../node/key-file.ts';
import { defineCommand } from '../command.ts';
import { exitCode, Misuse } from '../exit-code.ts';
import { safeJson } from '../print/safe-text.ts';
import { Terminal } from '../print/terminal.ts';
import { cannotWrite } from '../write-file.ts';

const types = ['Ed25519', 'P-256', 'P-384'] as const;

export const keygen = defineCommand({
  name: 'keygen',
  summary: 'Make a key to sign with.',
  usage: ['keygen --out <file> [--type <type>]'],
  about: [
    'Writes the key as a Multikey into a file that only you can read (mode 600), and prints its public part: the did:key, which is an issuer id that needs no web site, and the public key, which a web issuer publishes in its controller document. Keep the file safe: whoever has it can sign as you.',
    'Ed25519 is what most verifiers know; P-256 is the better choice for JWT.',
  ],
  options: {
    type: { type: 'string', value: 'type', say: 'Default: Ed25519.', choices: types },
    out: { type: 'string', short: 'o', value: 'file', say: 'Where the key goes. An existing file is never replaced.' },
    'stdout-secret': { type: 'boolean', say: 'Print the whole key instead, the secret included.' },
    json: { type: 'boolean', say: 'Print the public part as JSON.' },
  },
  examples: [
    { line: 'keygen --out issuer.key.json', say: 'An Ed25519 key' },
    { line: 'keygen --type P-256 --out jwt.key.json', say: 'A key for JWT' },
  ],
  exits: '0 done, 3 misuse.',
  async run({ values, positionals }, io) {
    if (positionals.length > 0)
      throw new Misuse(`"${positionals[0]}" belongs to no option.`, 'Name the file with --out.');
    if ((values.out === undefined) === !values['stdout-secret'])
      throw new Misuse('Where shall the key go?', 'Write --out <file>, or --stdout-secret to print it.');
    const key = await nodeCryptography.generateKey((values.type ?? 'Ed25519') as SecretKey['type']);
    const publicKeyMultibase = encodeMultikey(key.publicKey);
    const controller = `did:key:${publicKeyMultibase}`;
    const publicPart = { type: 'Multikey', id: `${controller}#${publicKeyMultibase}`, controller, publicKeyMultibase };
    if (values.out === undefined) {
      io.stdout.write(`${safeJson({ ...publicPart, secretKeyMultibase: encodeSecretMultikey(key) })}\n`);
      return exitCode.done;
    }
    const { out } = values;
    await writeKeyFile(out, key, publicPart).catch((error: unknown) => {
      throw cannotWrite(out, error, 'Name another one; a key is never replaced.');
    });
    const terminal = new Terminal(io.stdout, io.env, io.speech);
    if (values.json) io.stdout.write(`${safeJson(publicPart)}\n`);
    else {
      // Not wrapped: both are there to be copied.
      terminal.line(`Issuer id:   ${controller}`);
      terminal.line(`Public key:  ${publicKeyMultibase}`);
      terminal.line(`Method:      ${publicPart.id}`);
    }
    return exitCode.done;
  },
});

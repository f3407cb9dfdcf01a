import { readUrl } from '../../core/read-url.ts';
import { defineCommand } from '../command.ts';
import { type ExitCode, exitCode, Misuse } from '../exit-code.ts';
import { Terminal } from '../print/terminal.ts';

export const serve = defineCommand({
  name: 'serve',
  summary: 'Serve the receiver’s page and the verify API.',
  usage: ['serve [options]'],
  about: [
    'Files dropped on the page are verified in the browser; only what must be fetched goes through this server’s guarded door. With --vc-api the VC-API for conformance suites is open to this machine, without login; --vc-api-public opens it to everyone who can reach the port.',
  ],
  options: {
    port: { type: 'string', value: 'number', say: 'Default: 4280.' },
    host: { type: 'string', value: 'address', say: 'Default: 127.0.0.1, this machine only.' },
    data: { type: 'string', value: 'folder', say: 'Where it keeps its keys and lists. Default: ./data.' },
    'public-url': { type: 'string', value: 'URL', say: 'The address under which others reach it.' },
    trust: {
      type: 'string',
      multiple: true,
      short: 't',
      value: 'file|URL',
      say: 'A list of issuers that this instance trusts.',
    },
    'vc-api': { type: 'boolean', say: 'Open the VC-API, to this machine only.' },
    'vc-api-public': { type: 'boolean', say: 'Open the VC-API to all who can reach the port.' },
    'allow-loopback': { type: 'boolean', say: 'Also fetch from this machine, over http; for tests.' },
  },
  examples: [
    { line: 'serve --port 4280 --data ./data', say: 'What `npm start` runs' },
    {
      line: 'serve --vc-api --public-url https://assay.example',
      say: 'For a conformance suite, with the address that status lists carry',
    },
  ],
  exits: '0 stopped, 3 misuse.',
  async run({ values, positionals }, io): Promise<ExitCode> {
    const [extra] = positionals;
    if (extra !== undefined) throw new Misuse(`"${extra}" belongs to no option.`, 'Add --help to see the options.');
    const port = Number(values.port ?? '4280');
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Misuse(`--port does not understand "${values.port}".`, 'Write a number from 0 to 65535.');
    const publicUrl = values['public-url'];
    if (publicUrl !== undefined && !/^https?:$/.test(readUrl(publicUrl)?.protocol ?? ''))
      throw new Misuse(`--public-url does not understand "${publicUrl}".`, 'Write it as https://assay.example.');
    // On demand: the other commands shall not pay for loading a server.
    const { StartRefused, startServer } = await import('../../server/main.ts');
    const { FolderInUse } = await import('../../server/data-folder.ts');
    const { MasterKeyWrong } = await import('../../server/master-key.ts');
    const { PublicUrlChanged } = await import('../../server/public-url.ts');
    const server = await startServer({
      port,
      host: values.host ?? '127.0.0.1',
      data: values.data ?? 'data',
      trust: values.trust,
      vcApi: values['vc-api-public'] ? 'public' : values['vc-api'] ? 'loopback' : 'off',
      allowLoopback: values['allow-loopback'],
      ...(publicUrl === undefined ? {} : { publicUrl }),
      ...(io.env.DATABASE_URL === undefined ? {} : { databaseUrl: io.env.DATABASE_URL }),
      ...(io.env.ASSAY_MASTER_KEY === undefined ? {} : { masterKey: io.env.ASSAY_MASTER_KEY }),
    }).catch((error: unknown) => {
      const plain =
        error instanceof StartRefused ||
        error instanceof FolderInUse ||
        error instanceof MasterKeyWrong ||
        error instanceof PublicUrlChanged;
      throw plain ? new Misuse(error.message) : error;
    });
    const out = new Terminal(io.stdout, io.env);
    out.line(`Assay answers on ${server.url}`);
    if (server.masterKeyMade !== null)
      out.text(
        `A new master key is in ${server.masterKeyMade}. Issuers’ keys are encrypted under it: keep a copy apart from the database. Who loses it can never sign with these keys again; who gets both can sign as every issuer.`,
      );
    if (server.setupToken !== null)
      out.line(`Token for the first issuer (POST /api/setup), once: ${server.setupToken}`);
    await stopSignal();
    await server.close();
    return exitCode.done;
  },
});

/** Until somebody asks the process to stop. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

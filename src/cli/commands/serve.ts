import { defineCommand } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { Terminal } from '../print/terminal.ts';
import { refuseExtra, refuseInWords, runUntilStopped, warnOfUnknownSettings } from '../server-command.ts';

export const serve = defineCommand({
  name: 'serve',
  summary: 'Serve the receiver’s page and the issuing service.',
  usage: ['serve [options]'],
  about: [
    'Files dropped on the page are verified in the browser; only what must be fetched goes through this server’s guarded door. With --vc-api the VC-API for conformance suites is open to this machine, without login; --vc-api-public opens it to everyone who can reach the port.',
    'All other settings come from the environment: docs/configuration.md is the table.',
  ],
  options: {
    port: { type: 'string', value: 'number', say: 'Default: PORT, else 4280.' },
    host: { type: 'string', value: 'address', say: 'Default: ASSAY_HOST, else 127.0.0.1, this machine only.' },
    data: {
      type: 'string',
      value: 'folder',
      say: 'Where it keeps its keys and the embedded database. Default: ASSAY_DATA, else ./data.',
    },
    'public-url': {
      type: 'string',
      value: 'URL',
      say: 'The address under which others reach it. Default: PUBLIC_URL.',
    },
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
    refuseExtra(positionals);
    // On demand: the other commands shall not pay for loading a server.
    const { readConfig } = await import('../../server/config.ts');
    const flags = { port: values.port, host: values.host, data: values.data, 'public-url': values['public-url'] };
    const server = await refuseInWords(async () => {
      const config = readConfig(io.env, flags);
      const { startServer } = await import('../../server/main.ts');
      return await startServer(config, {
        trust: values.trust,
        vcApi: values['vc-api-public'] ? 'public' : values['vc-api'] ? 'loopback' : 'off',
        allowLoopback: values['allow-loopback'],
      });
    });
    await warnOfUnknownSettings(io);
    const out = new Terminal(io.stdout, io.env);
    out.line(`Assay answers on ${server.url}`);
    if (server.masterKeyMade !== null)
      out.text(
        `A new master key is in ${server.masterKeyMade}. Issuers’ keys are encrypted under it: keep a copy apart from the database. Who loses it can never sign with these keys again; who gets both can sign as every issuer.`,
      );
    if (server.setupToken !== null) {
      out.line(`Open this link to set up (it works once): ${server.publicUrl}/setup?token=${server.setupToken}`);
      out.line(`Or, for scripts, the token for the first issuer (POST /api/setup), once: ${server.setupToken}`);
    }
    await runUntilStopped(server);
    return exitCode.done;
  },
});

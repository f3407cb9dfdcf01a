import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FetchedDocument } from '../core/network.ts';
import type { TrustSource } from '../core/trust/trust-source.ts';
import { createFetchDoor } from '../node/fetch-door.ts';
import { loadTrustSource } from '../node/load-trust-source.ts';
import { createApp } from './app.ts';
import { openDataFolder } from './data-folder.ts';
import { type Database, databaseSessions, openDatabase } from './database.ts';
import { openIssuing } from './issuing.ts';
import { loadMasterKey } from './master-key.ts';
import { makeSamples } from './samples/make-samples.ts';
import { openStatusListStore } from './status-list/store.ts';
import { openVcApi } from './vc-api/instances.ts';

export interface ServerConfig {
  /** 0 takes any free port. */
  port: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** Folder for keys and status lists. */
  data: string;
  /** Files or addresses of trust sources. */
  trust?: readonly string[];
  vcApi?: 'off' | 'loopback' | 'public';
  /** PostgreSQL; without one the embedded database in the data folder. */
  databaseUrl?: string;
  /** 32 bytes in base64url; without one a file in the data folder. */
  masterKey?: string;
  /** Also fetch from this machine; for tests. */
  allowLoopback?: boolean;
  /** What status lists and did:web carry. Default: this machine and port. */
  publicUrl?: string;
}

export interface RunningServer {
  url: string;
  /** Where a new master key was written; null when there was one. */
  masterKeyMade: string | null;
  /** Makes the first issuer, once; null when there is one. */
  setupToken: string | null;
  close(): Promise<void>;
}

/** A sentence for the person who starts the server; not a bug. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}

/** Open the data folder, make what is published, and listen. */
export async function startServer(config: ServerConfig): Promise<RunningServer> {
  const folder = await openDataFolder(config.data);
  const closing: (() => Promise<void>)[] = [() => folder.release()];
  const close = async () => {
    for (const end of closing.toReversed()) await end();
  };
  try {
    const port = config.port === 0 ? await freePort() : config.port;
    const publicUrl = (config.publicUrl ?? `http://localhost:${port}`).replace(/\/+$/, '');
    const published = new Map<string, () => Promise<unknown>>();
    const db = await connect(config.databaseUrl, folder.path);
    closing.push(() => db.destroy());
    const { key: masterKey, made } = await loadMasterKey(folder.path, config.masterKey);
    const issuing = await openIssuing({
      db,
      masterKey,
      publicUrl,
      now: () => new Date(),
      sessions: config.databaseUrl === undefined ? 1 : databaseSessions,
    });
    const own = async (url: string): Promise<FetchedDocument | undefined> => {
      const target = new URL(url);
      if (target.host !== new URL(publicUrl).host) return undefined;
      const render = published.get(target.pathname);
      const text =
        render === undefined ? (await issuing.publisher(target.pathname))?.document : JSON.stringify(await render());
      const bytes = new TextEncoder().encode(text ?? '{}');
      return { url, status: text === undefined ? 404 : 200, contentType: 'application/json', bytes };
    };
    const network = createFetchDoor({ allowLoopback: config.allowLoopback ?? false, own });
    const trustSources = await loadTrust(config.trust ?? [], network);
    const lists = openStatusListStore(folder);
    const samples = await makeSamples(publicUrl, folder, lists, new Date());
    for (const [path, render] of samples.published) published.set(path, render);
    const vcApi =
      config.vcApi === undefined || config.vcApi === 'off'
        ? null
        : await openVcApi({ publicUrl, folder, lists, network, loopbackOnly: config.vcApi === 'loopback' });
    if (vcApi !== null) published.set(vcApi.statusList.path, vcApi.statusList.render);
    const { version } = JSON.parse(
      await readFile(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8'),
    ) as { version: string };
    const app = await createApp({
      version,
      network,
      samples,
      trustSources,
      web: fileURLToPath(new URL('../web', import.meta.url)),
      vcApi,
      issuing,
      https: publicUrl.startsWith('https:'),
      ...(process.env.LOG_LEVEL === undefined ? {} : { logLevel: process.env.LOG_LEVEL }),
    });
    closing.push(() => app.close());
    await app.listen({ port, host: config.host ?? '127.0.0.1' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        throw new StartRefused(`Port ${port} is in use. Stop what uses it, or give another --port.`);
      throw error;
    });
    const shown = config.host === undefined || config.host === '127.0.0.1' ? 'localhost' : config.host;
    return {
      url: `http://${shown}:${port}`,
      masterKeyMade: made,
      setupToken: issuing.setupToken,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function connect(databaseUrl: string | undefined, folder: string): Promise<Database> {
  if (databaseUrl === undefined) return await openDatabase({ folder });
  return await openDatabase({ url: databaseUrl }).catch((error: NodeJS.ErrnoException) => {
    // The address holds a password, so it is not repeated.
    throw new StartRefused(
      `The database that DATABASE_URL names cannot be used (${error.code ?? error.name}). Start it, or mend the address.`,
    );
  });
}

async function loadTrust(
  places: readonly string[],
  network: Parameters<typeof loadTrustSource>[1],
): Promise<TrustSource[]> {
  const sources: TrustSource[] = [];
  for (const place of places) {
    const loaded = await loadTrustSource(place, network);
    if (!loaded.ok)
      throw new StartRefused(
        `The trust source ${place} cannot be used: ${loaded.findings.map(({ code, pointer }) => `${code} at ${pointer || '/'}`).join(', ')}.`,
      );
    sources.push(loaded.source);
  }
  return sources;
}

/** The address is part of what the samples sign, so it must be known before listening. */
async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

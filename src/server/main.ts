import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { FetchedDocument } from '../core/network.ts';
import type { TrustSource } from '../core/trust/trust-source.ts';
import { createFetchDoor } from '../node/fetch-door.ts';
import { loadTrustSource } from '../node/load-trust-source.ts';
import { createApp } from './app.ts';
import { type Config, StartRefused } from './config.ts';
import { holdPort } from './hold-port.ts';
import { openService } from './open-service.ts';
import { openAdminSocket } from './operation/admin-socket.ts';
import { makeSamples } from './samples/make-samples.ts';
import { openStatusListStore } from './status-list/store.ts';
import { openVcApi } from './vc-api/instances.ts';

/** What only the command line of `serve` says. */
export interface ServeOptions {
  /** Files or addresses of trust sources. */
  trust?: readonly string[];
  vcApi?: 'off' | 'loopback' | 'public';
  /** Also fetch from this machine; for tests. */
  allowLoopback?: boolean;
}

export interface RunningServer {
  url: string;
  /** Where a new master key was written; null when there was one. */
  masterKeyMade: string | null;
  /** The address under which others reach it. */
  publicUrl: string;
  /** Makes the first issuer, once; null when there is one. */
  setupToken: string | null;
  close(): Promise<void>;
}

/** Open the data folder, make what is published, and listen. */
export async function startServer(config: Config, options: ServeOptions = {}): Promise<RunningServer> {
  // The address is part of what the samples sign, so it must be known before.
  const held = config.port === 0 ? await holdPort() : null;
  const port = held?.port ?? config.port;
  const publicUrl = config.publicUrl ?? `http://localhost:${port}`;
  const service = await openService(config, publicUrl);
  const { folder, issuing, closing, close } = service;
  try {
    const published = new Map<string, () => Promise<unknown>>();
    const own = async (url: string): Promise<FetchedDocument | undefined> => {
      const target = new URL(url);
      if (target.host !== new URL(publicUrl).host) return undefined;
      const render = published.get(target.pathname);
      const text =
        render === undefined ? (await issuing.publisher(target.pathname))?.document : JSON.stringify(await render());
      const bytes = new TextEncoder().encode(text ?? '{}');
      return { url, status: text === undefined ? 404 : 200, contentType: 'application/json', bytes };
    };
    const network = createFetchDoor({ allowLoopback: options.allowLoopback ?? false, own });
    const trustSources = await loadTrust(options.trust ?? [], network);
    const lists = openStatusListStore(folder);
    const samples = await makeSamples(publicUrl, folder, lists, new Date());
    for (const [path, render] of samples.published) published.set(path, render);
    const vcApi =
      options.vcApi === undefined || options.vcApi === 'off'
        ? null
        : await openVcApi({ publicUrl, folder, lists, network, loopbackOnly: options.vcApi === 'loopback' });
    if (vcApi !== null) published.set(vcApi.statusList.path, vcApi.statusList.render);
    const app = await createApp({
      version: await readVersion(),
      network,
      samples,
      trustSources,
      web: fileURLToPath(new URL('../web', import.meta.url)),
      vcApi,
      issuing,
      https: publicUrl.startsWith('https:'),
      trustedProxies: config.trustedProxies,
      metricsToken: config.metricsToken,
      logLevel: config.logLevel,
    });
    closing.push(() => closeApp(app));
    const onError = (err: unknown) => app.log.error({ err }, 'failed');
    const socket = config.databaseUrl === null ? await openAdminSocket(folder.path, issuing.db, onError) : null;
    if (socket !== null) closing.push(() => socket.close());
    await held?.release();
    await app.listen({ port, host: config.host }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        throw new StartRefused(`Port ${port} is in use. Stop what uses it, or give another --port.`);
      throw error;
    });
    const shown = config.host === '127.0.0.1' ? 'localhost' : config.host;
    return {
      url: `http://${shown}:${port}`,
      masterKeyMade: service.masterKeyMade,
      publicUrl: issuing.publicUrl,
      setupToken: issuing.setupToken,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** How long requests under way may take when the process is asked to stop; in milliseconds. */
const grace = 20_000;

/**
 * Take no more requests, finish those under way, cut off what then still runs. A connection that was busy when this began
 * is kept by its browser for a next request: it is closed as soon as it is idle.
 */
async function closeApp(app: FastifyInstance): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), 100);
  const timer = setTimeout(() => app.server.closeAllConnections(), grace);
  await app.close().finally(() => {
    clearInterval(idle);
    clearTimeout(timer);
  });
}

async function readVersion(): Promise<string> {
  const text = await readFile(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
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

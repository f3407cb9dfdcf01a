import { createFetchDoor } from '../node/fetch-door.ts';
import { createApp } from './app.ts';
import { openDataFolder } from './data-folder.ts';
import { makeSamples } from './samples/make-samples.ts';
import { openStatusListStore } from './status-list/store.ts';
import { openVcApi } from './vc-api/instances.ts';

/** The whole service on a folder, ready to be injected into; tests only. Its own addresses resolve in process as in `main`. */
export async function startTestServer(path: string, { loopbackOnly = true } = {}) {
  const folder = await openDataFolder(path);
  const publicUrl = 'https://assay.example';
  const published = new Map<string, () => Promise<unknown>>();
  const network = createFetchDoor({
    own: async (url) => {
      const target = new URL(url);
      if (target.host !== 'assay.example') return undefined;
      const render = published.get(target.pathname);
      const bytes = new TextEncoder().encode(JSON.stringify((await render?.()) ?? {}));
      return { url, status: render ? 200 : 404, contentType: 'application/json', bytes };
    },
  });
  const lists = openStatusListStore(folder);
  const samples = await makeSamples(publicUrl, folder, lists, new Date());
  const vcApi = await openVcApi({ publicUrl, folder, lists, network, loopbackOnly });
  for (const [at, render] of samples.published) published.set(at, render);
  published.set(vcApi.statusList.path, vcApi.statusList.render);
  const app = await createApp({
    version: '0',
    network,
    samples,
    trustSources: [],
    web: null,
    vcApi,
    issuing: null,
    https: true,
    logLevel: 'silent',
  });
  const close = async () => {
    await app.close();
    await folder.release();
  };
  return { app, vcApi, samples, close };
}

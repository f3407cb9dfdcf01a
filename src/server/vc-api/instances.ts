import type { SecretKey } from '../../core/cryptography.ts';
import { toDidKey } from '../../core/did/did-key.ts';
import type { Network } from '../../core/network.ts';
import { encodeMultikey } from '../../core/proof/multikey.ts';
import { type DataFolder, loadOrMakeKey } from '../data-folder.ts';
import { renderStatusList } from '../status-list/render.ts';
import { findOrInsertStatusList, type StatusListStore, type StoredStatusList } from '../status-list/store.ts';

/** One issuer for outside suites: a name in the path, a key of its own, a did:key. */
export interface VcApiInstance {
  name: string;
  /** `jwt` signs a vc-jose-cose token instead. */
  cryptosuite: string | null;
  issuer: string;
  key: SecretKey;
  verificationMethod: string;
  /** Adds a BitstringStatusListEntry to what it issues. */
  withStatus: boolean;
}

/** Where issued credentials stand in the list, for `/credentials/status`. */
export interface IssuedStatus {
  list: StoredStatusList;
  index: number;
}

export interface VcApi {
  instances: VcApiInstance[];
  publicUrl: string;
  network: Network;
  loopbackOnly: boolean;
  lists: StatusListStore;
  statusList: { path: string; url: string; list: StoredStatusList; render: () => Promise<unknown> };
  /** By credential id, for this process; the list itself is kept on disk. */
  issued: Map<string, IssuedStatus>;
}

const rows = [
  { name: 'eddsa-rdfc-2022', cryptosuite: 'eddsa-rdfc-2022', type: 'Ed25519' },
  { name: 'eddsa-jcs-2022', cryptosuite: 'eddsa-jcs-2022', type: 'Ed25519' },
  { name: 'ecdsa-rdfc-2019-p256', cryptosuite: 'ecdsa-rdfc-2019', type: 'P-256' },
  { name: 'ecdsa-rdfc-2019-p384', cryptosuite: 'ecdsa-rdfc-2019', type: 'P-384' },
  { name: 'ecdsa-sd-2023', cryptosuite: 'ecdsa-sd-2023', type: 'P-256' },
  { name: 'jwt', cryptosuite: null, type: 'P-256' },
  { name: 'with-status', cryptosuite: 'eddsa-rdfc-2022', type: 'Ed25519' },
] as const;

/** The instances for outside suites, each with a key that is kept in the data folder. */
export async function openVcApi(options: {
  publicUrl: string;
  folder: DataFolder;
  lists: StatusListStore;
  network: Network;
  loopbackOnly: boolean;
}): Promise<VcApi> {
  const { publicUrl, folder, lists, network, loopbackOnly } = options;
  const instances: VcApiInstance[] = [];
  for (const { name, cryptosuite, type } of rows) {
    const key = await loadOrMakeKey(folder, `vc-api-${name}`, type);
    const issuer = toDidKey(key.publicKey);
    instances.push({
      name,
      cryptosuite,
      issuer,
      key,
      verificationMethod: `${issuer}#${encodeMultikey(key.publicKey)}`,
      withStatus: name === 'with-status',
    });
  }
  const signer = instances.find(({ withStatus }) => withStatus) as VcApiInstance;
  const path = '/vc-api/status-lists/1';
  const url = `${publicUrl}${path}`;
  const list = await findOrInsertStatusList(lists, 'vc-api-1', 'revocation');
  return {
    instances,
    publicUrl,
    network,
    loopbackOnly,
    lists,
    statusList: { path, url, list, render: () => renderStatusList(list, url, signer, new Date()) },
    issued: new Map(),
  };
}

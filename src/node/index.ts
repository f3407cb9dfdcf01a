export { nodeCryptography } from './cryptography.ts';
export { createFetchDoor, type FetchDoorOptions } from './fetch-door.ts';
export { type KeyFile, readKeyFile, writeKeyFile } from './key-file.ts';
export { loadTrustSource } from './load-trust-source.ts';

// How much more one gets from all cores: a list of learners issued by one worker thread, and by one for each core, in turns.
import { availableParallelism } from 'node:os';
import { makeCredential } from './document.mjs';
import { median } from './measure.mjs';

const assay = await import('../dist/core/index.js');
const { nodeCryptography } = await import('../dist/node/index.js');
const { WorkerPool } = await import('../dist/node/worker-pool.js');

export async function measureWorkers({ rounds, learners }) {
  const workers = availableParallelism();
  const key = await nodeCryptography.generateKey('Ed25519');
  const did = assay.toDidKey(key.publicKey);
  const verificationMethod = `${did}#${did.slice('did:key:'.length)}`;
  const { issuer, credentialSubject } = makeCredential(did);
  const data = {
    achievement: credentialSubject.achievement,
    issuer,
    now: new Date('2026-06-01T00:00:00Z'),
    signing: { key, verificationMethod, cryptosuite: 'eddsa-rdfc-2022' },
    format: 'json',
    dryRun: false,
  };
  const module = new URL('../dist/node/issue-worker.js', import.meta.url);
  const pools = [1, workers].map((count) => new WorkerPool({ module, data, workers: count }));
  const list = Array.from({ length: learners }, (_, index) => ({
    name: `Learner ${index}`,
    email: `learner-${index}@example.edu`,
  }));
  const rates = pools.map(() => []);
  // The first round warms the threads up.
  for (let round = 0; round <= rounds; round++)
    for (const [index, pool] of pools.entries()) {
      const start = performance.now();
      for await (const { outcome } of pool.map(list, (learner) => learner))
        if (outcome.lost || !outcome.result.ok) throw new Error(JSON.stringify(outcome));
      if (round > 0) rates[index].push((learners * 1000) / (performance.now() - start));
    }
  for (const pool of pools) await pool.close();
  const [one, all] = rates.map(median);
  return { workers, one, all, efficiency: all / (workers * one) };
}

// Measuring on machines that others use too: kinds of work take turns in one process, and medians are compared.
import { spawnSync } from 'node:child_process';

export const median = (values) => values.toSorted((one, two) => one - two)[Math.floor(values.length / 2)];

/** Microseconds for each call, as the median of rounds in which all kinds take turns. `works`: functions by name. */
export async function measure(works, { rounds, milliseconds, warmUp = 300 }) {
  const names = Object.keys(works);
  for (const name of names) await turn(works[name], warmUp);
  const measured = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++)
    // Whoever is first in one round is last in the next.
    for (const name of round % 2 ? names.toReversed() : names)
      measured[name].push(await turn(works[name], milliseconds));
  return Object.fromEntries(names.map((name) => [name, median(measured[name])]));
}

async function turn(work, milliseconds) {
  const start = performance.now();
  const end = start + milliseconds;
  let calls = 0;
  do {
    await work();
    calls += 1;
  } while (performance.now() < end);
  return ((performance.now() - start) * 1000) / calls;
}

/**
 * Instructions of one call in user space, by `perf stat`: a run of many calls less a run of few, so that start and warm-up
 * do not count. Null where perf is missing or the machine does not let it count.
 */
export function instructionsOf(script, name) {
  const few = countInstructions(script, name, 2000);
  const many = few === null ? null : countInstructions(script, name, 4000);
  return few === null || many === null ? null : (many - few) / 2000;
}

function countInstructions(script, name, calls) {
  const { status, stderr } = spawnSync(
    'perf',
    ['stat', '-x', ',', '-e', 'instructions:u', process.execPath, script, name, String(calls)],
    { encoding: 'utf8' },
  );
  const counted = Number(/^(\d+),/m.exec(stderr ?? '')?.[1]);
  return status === 0 && counted > 0 ? counted : null;
}

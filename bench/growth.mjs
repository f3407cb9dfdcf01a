// Time for each credential and heap, while one process issues and verifies more and more of them. Run by run.mjs with
// --expose-gc; prints JSON. Argument: the largest number.
import { median } from './measure.mjs';
import { check, issue, makeNumbered } from './works.mjs';

const largest = Number(process.argv[2]);
let made = 0;
const one = async () => check(JSON.parse(JSON.stringify(await issue(makeNumbered(made++)))));
const heap = () => {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed / 1_000_000;
};

for (let index = 0; index < 8000; index++) await one();
const heapAtStart = heap();
const points = [];
for (let count = 10; count <= largest; count *= 10) {
  // Few credentials take too little time for one measurement to mean anything.
  const times = [];
  for (let again = 0; again < Math.max(1, Math.min(300, 20_000 / count)); again++) {
    const start = performance.now();
    for (let index = 0; index < count; index++) await one();
    times.push(((performance.now() - start) * 1000) / count);
  }
  points.push({ count, microseconds: median(times), heap: heap() - heapAtStart });
}
console.log(JSON.stringify(points));

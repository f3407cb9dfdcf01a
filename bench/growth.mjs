// Time for each credential and heap, while one process issues and verifies more and more of them. Run by run.mjs with
// --expose-gc; prints JSON. Argument: the largest number.
import { median } from './measure.mjs';
import { check, floor, issue, makeNumbered } from './works.mjs';

const largest = Number(process.argv[2]);
let made = 0;
const one = async () => check(JSON.parse(JSON.stringify(await issue(makeNumbered(made++)))));
const heap = () => {
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed / 1_000_000;
};

// The clock is the floor, measured in turns with the credentials: other users of a machine slow both down alike.
const clock = await floor();
const floorTime = [];
async function timed(count, work) {
  const start = performance.now();
  for (let index = 0; index < count; index++) await work();
  return ((performance.now() - start) * 1000) / count;
}

for (let index = 0; index < 8000; index++) {
  await one();
  clock.verify();
}
const heapAtStart = heap();
const points = [];
const turn = 50;
for (let count = 10; count <= largest; count *= 10) {
  const ratios = [];
  // Few credentials take too little time for one measurement to mean anything.
  const turns = Math.max(count, Math.min(count * 300, 10_000)) / Math.min(count, turn);
  for (let index = 0; index < turns; index++) {
    const microseconds = await timed(Math.min(count, turn), one);
    const floorMicroseconds = await timed(10, clock.verify);
    floorTime.push(floorMicroseconds);
    ratios.push(microseconds / floorMicroseconds);
  }
  points.push({ count, ratio: median(ratios), heap: heap() - heapAtStart });
}
const unit = median(floorTime);
console.log(JSON.stringify(points.map(({ count, ratio, heap }) => ({ count, microseconds: ratio * unit, heap }))));

// npm run bench: speed beside other implementations and beside the floor, in one run, as medians of rounds in turns.
// Prints a table with the bar of each row, writes bench/results.json and docs/pictures/growth.svg. Machines are noisy and
// differ: read the ratios, not the absolute figures. --quick takes a minute and writes nothing.
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const run = (command, argv, options = {}) => {
  const { status, stdout } = spawnSync(command, argv, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
  if (status !== 0) process.exit(1);
  return stdout;
};
if (!existsSync(here('node_modules/.package-lock.json')))
  run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here('.') });
// Always: yesterday's build would be measured otherwise.
run(process.execPath, [here('../scripts/build.mjs'), '--no-web']);

const quick = process.argv.includes('--quick');
const rounds = quick ? 3 : 7;
const milliseconds = quick ? 200 : 800;
const warmUp = quick ? 500 : 2000;

const { instructionsOf, measure } = await import('./measure.mjs');
const { digitalBazaar, floor, own, record, tokens } = await import('./works.mjs');
const { measureWorkers } = await import('./workers.mjs');
const { growthChart } = await import('./chart.mjs');

const say = (text) => process.stderr.write(`${text}\n`);
const peer = await digitalBazaar();
const least = await floor();
const token = await tokens();
const nested = 200;

say('Issue and verify, beside @digitalbazaar/vc and the floor …');
const main = await measure(
  {
    issue: own.issue,
    verify: own.verify,
    framework: own.framework,
    floorIssue: least.issue,
    floorVerify: least.verify,
    peerIssue: peer.issue,
    peerVerify: peer.verify,
  },
  { rounds, milliseconds, warmUp },
);
say('VC-JWT, beside jose …');
const jwt = await measure(token, { rounds, milliseconds: milliseconds / 2, warmUp });
say(`A record of ${nested} credentials …`);
const clr = await measure({ record: await record(nested), single: own.verify }, { rounds, milliseconds, warmUp });
say('All cores …');
const workers = await measureWorkers({ rounds: quick ? 3 : 5, learners: quick ? 2000 : 8000 });
say(`Growth to ${quick ? '1,000' : '100,000'} …`);
const growth = JSON.parse(
  run(process.execPath, ['--expose-gc', here('growth.mjs'), quick ? '1000' : '100000'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  }),
);
const instructions = {};
for (const name of ['issue', 'verify', 'framework', 'peerIssue', 'peerVerify'])
  instructions[name] = quick ? null : instructionsOf(here('once.mjs'), name);

const times = growth.map(({ microseconds }) => microseconds);
const results = {
  made: new Date().toISOString(),
  node: process.version,
  cpu: `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
  document: { quads: least.quads, nquadsBytes: least.bytes },
  issue: {
    microseconds: main.issue,
    ratio: main.peerIssue / main.issue,
    floorShare: main.floorIssue / main.issue,
    instructions: instructions.issue,
  },
  verify: {
    microseconds: main.verify,
    ratio: main.peerVerify / main.verify,
    floorShare: main.floorVerify / main.verify,
    instructions: instructions.verify,
  },
  peer: {
    issueMicroseconds: main.peerIssue,
    verifyMicroseconds: main.peerVerify,
    issueInstructions: instructions.peerIssue,
    verifyInstructions: instructions.peerVerify,
  },
  floor: { issueMicroseconds: main.floorIssue, verifyMicroseconds: main.floorVerify },
  jwt: {
    issueMicroseconds: jwt.issue,
    verifyMicroseconds: jwt.verify,
    issueRatio: jwt.joseIssue / jwt.issue,
    verifyRatio: jwt.joseVerify / jwt.verify,
  },
  record: { nested, microsecondsEach: clr.record / nested, ratio: clr.record / nested / clr.single },
  framework: {
    microseconds: main.framework,
    share: main.framework / main.verify,
    instructions: instructions.framework,
  },
  growth: { points: growth, spread: Math.max(...times) / Math.min(...times) - 1, heap: growth.at(-1).heap },
  workers,
};

const per = (microseconds) => Math.round(1e6 / microseconds).toLocaleString('en');
const times1 = (ratio) => `${ratio.toFixed(1)} ×`;
const percent = (part) => `${(part * 100).toFixed(0)} %`;
const row = (work, measured, other, ratio, bar, met) => ({ work, measured, other, ratio, bar, '': met ? '' : '✗' });
const { issue, verify, record: all, framework } = results;
console.log(
  `\n${results.document.quads} quads, ${results.cpu}, Node ${process.version}; medians of ${rounds} rounds in turns.`,
);
const table = [
  row(
    'issue, eddsa-rdfc-2022',
    `${per(main.issue)}/s`,
    `@digitalbazaar/vc ${per(main.peerIssue)}/s`,
    times1(issue.ratio),
    '≥ 40 ×',
    issue.ratio >= 40,
  ),
  row(
    'verify, all local checks',
    `${per(main.verify)}/s`,
    `@digitalbazaar/vc ${per(main.peerVerify)}/s`,
    times1(verify.ratio),
    '≥ 30 ×',
    verify.ratio >= 30,
  ),
  row(
    'issue, share of the floor',
    `${per(main.issue)}/s`,
    `floor ${per(main.floorIssue)}/s`,
    percent(issue.floorShare),
    '≥ 50 %',
    issue.floorShare >= 0.5,
  ),
  row(
    'verify, share of the floor',
    `${per(main.verify)}/s`,
    `floor ${per(main.floorVerify)}/s`,
    percent(verify.floorShare),
    '≥ 50 %',
    verify.floorShare >= 0.5,
  ),
  row(
    'issue a VC-JWT',
    `${per(jwt.issue)}/s`,
    `jose ${per(jwt.joseIssue)}/s`,
    times1(results.jwt.issueRatio),
    '≥ 4 ×',
    results.jwt.issueRatio >= 4,
  ),
  row(
    'verify a VC-JWT',
    `${per(jwt.verify)}/s`,
    `jose ${per(jwt.joseVerify)}/s`,
    times1(results.jwt.verifyRatio),
    '≥ 2 ×',
    results.jwt.verifyRatio >= 2,
  ),
  row(
    `record of ${nested}, each`,
    `${all.microsecondsEach.toFixed(0)} µs`,
    `alone ${clr.single.toFixed(0)} µs`,
    times1(all.ratio),
    '≤ 1.5 ×',
    all.ratio <= 1.5,
  ),
  row(
    'framework, class, mastery',
    `${main.framework.toFixed(0)} µs`,
    `verify ${main.verify.toFixed(0)} µs`,
    percent(framework.share),
    '≤ 20 %',
    framework.share <= 0.2,
  ),
  row(
    `growth to ${growth.at(-1).count.toLocaleString('en')}, time`,
    `${Math.min(...times).toFixed(0)} µs`,
    `slowest ${Math.max(...times).toFixed(0)} µs`,
    percent(results.growth.spread),
    '≤ 10 %',
    results.growth.spread <= 0.1,
  ),
  row(`growth, heap`, `${results.growth.heap.toFixed(1)} MB`, '', '', '≤ 50 MB', results.growth.heap <= 50),
  row(
    `${workers.workers} worker threads`,
    `${Math.round(workers.all).toLocaleString('en')}/s`,
    `one ${Math.round(workers.one).toLocaleString('en')}/s`,
    percent(workers.efficiency),
    '≥ 85 %',
    workers.efficiency >= 0.85,
  ),
];
const columns = Object.keys(table[0]);
const wide = columns.map((name) => Math.max(...[name, ...table.map((line) => line[name])].map((cell) => cell.length)));
for (const line of [Object.fromEntries(columns.map((name) => [name, name])), ...table])
  console.log(
    columns
      .map((name, index) => line[name].padEnd(wide[index]))
      .join('  ')
      .trimEnd(),
  );
if (instructions.verify === null)
  console.log('\nInstructions are not counted here: `perf stat` is missing or may not.');
else
  console.log(
    `\nInstructions for each: issue ${per2(instructions.issue)}, verify ${per2(instructions.verify)}, framework ${per2(instructions.framework)}; @digitalbazaar/vc ${per2(instructions.peerIssue)} and ${per2(instructions.peerVerify)}.`,
  );

function per2(count) {
  return count === null ? 'not counted' : Math.round(count).toLocaleString('en');
}

if (!quick) {
  writeFileSync(here('results.json'), `${JSON.stringify(results, null, 2)}\n`);
  const title = 'Time for each credential stays the same from ten to a hundred thousand';
  writeFileSync(here('../docs/pictures/growth.svg'), growthChart(growth, title));
}

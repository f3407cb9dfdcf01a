// npm run bench:server: from a CSV to signed, stored and fetchable, on the embedded database and on PostgreSQL; how the API
// answers meanwhile; and what one process serves to the public with revalidation by ETag. Prints a table, writes
// bench/server-results.json. --rows N, default 20,000.
import { spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startPostgres } from './postgres.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const run = (command, argv, options = {}) => {
  if (spawnSync(command, argv, { stdio: 'inherit', ...options }).status !== 0) process.exit(1);
};
if (!existsSync(here('node_modules/autocannon'))) run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: here('.') });
run(process.execPath, [here('../scripts/build.mjs'), '--no-web']);
const { default: autocannon } = await import('autocannon');

const { values } = parseArgs({ options: { rows: { type: 'string', default: '20000' } } });
const rows = Number(values.rows);
const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
chmodSync(folder, 0o755);
const achievement = JSON.parse(readFileSync(here('../fixtures/cli/achievement.json'), 'utf8'));

async function startServer(data, env) {
  const argv = ['serve', '--port', '0', '--data', data, '--public-url', 'https://assay.example'];
  const child = spawn(process.execPath, [here('../dist/cli/main.js'), ...argv], { env: { ...process.env, ...env } });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  for (let tries = 0; tries < 600 && !/http:\S+/.test(output); tries++) await pause(100);
  await pause(100);
  return { child, url: /http:\/\/localhost:\d+/.exec(output)?.[0], token: /once: (\S+)/.exec(output)?.[1] };
}
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function measure(name, databaseUrl, processes) {
  const env = { ASSAY_MASTER_KEY: randomBytes(32).toString('base64url') };
  if (databaseUrl !== undefined) env.DATABASE_URL = databaseUrl;
  const servers = [];
  for (let index = 0; index < processes; index++)
    servers.push(await startServer(join(folder, `${name}-${index}`), env));
  const [{ url, token }] = servers;
  let key = '';
  const call = async (path, body, type = 'application/json') => {
    const answer = await fetch(`${url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  };
  const issuer = { slug: 'northfield', profile: { name: 'Northfield', url: 'https://northfield.example' } };
  key = (await call('/api/setup', { token, issuer })).apiKey;
  const at = '/api/issuers/northfield';
  const { id } = await call(`${at}/achievements`, achievement);
  for (const step of ['submit', 'approve']) await call(`${at}/achievements/${id}/${step}`, {});
  const csv = ['name,email', ...Array.from({ length: rows }, (_, row) => `Learner ${row},l${row}@example.edu`)];
  const reading = performance.now();
  const roster = await call(`${at}/rosters?achievement=${id}`, csv.join('\n'), 'text/csv');
  const readSeconds = (performance.now() - reading) / 1000;
  const started = performance.now();
  await call(`${at}/rosters/${roster.id}/start`, {});
  const waits = [];
  for (;;) {
    const asked = performance.now();
    const { state } = await call(`${at}/rosters/${roster.id}`);
    waits.push(performance.now() - asked);
    if (state === 'done') break;
    await pause(20);
  }
  const issueSeconds = (performance.now() - started) / 1000;
  waits.sort((one, two) => one - two);
  const [credential] = (await call(`${at}/credentials?limit=1`)).items;
  // Only what its learner accepted is served to everybody.
  const claim = new URL((await call(`${at}/credentials/${credential.id}/claim`)).url);
  const opened = await fetch(`${url}${claim.pathname}${claim.search}`, {
    headers: { accept: 'text/html' },
    redirect: 'manual',
  });
  const [cookie] = opened.headers.get('set-cookie').split(';');
  await fetch(`${url}${claim.pathname}/accept`, {
    method: 'POST',
    headers: { cookie, origin: claim.origin },
    redirect: 'manual',
  });
  const { credentialStatus } = await call(`/credentials/${credential.id}`);
  const served = {};
  for (const [what, path] of [
    ['credential', `/credentials/${credential.id}`],
    ['list', new URL(credentialStatus[0].statusListCredential).pathname],
  ]) {
    const { headers } = await fetch(`${url}${path}`);
    const options = { url: `${url}${path}`, connections: 20, duration: 6 };
    const again = await autocannon({ ...options, headers: { 'if-none-match': headers.get('etag') } });
    const whole = await autocannon(options);
    served[what] = {
      revalidated: again.requests.average,
      whole: whole.requests.average,
      failed: again.errors + whole.non2xx,
    };
  }
  for (const { child } of servers) {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
  }
  return {
    processes,
    rows,
    readPerSecond: rows / readSeconds,
    issuedPerSecond: rows / issueSeconds,
    apiP99: waits[Math.floor(waits.length * 0.99)],
    served,
  };
}

/** What this machine gives at the moment, so that runs can be compared: signatures, and bare answers, of one thread each. */
async function calibrate() {
  const { privateKey } = generateKeyPairSync('ed25519');
  const digests = randomBytes(64);
  let signatures = 0;
  const begun = performance.now();
  for (; performance.now() - begun < 2000; signatures++) sign(null, digests, privateKey);
  const bare = "require('http').createServer((_, r) => { r.statusCode = 304; r.end(); })";
  const child = spawn(process.execPath, ['-e', `${bare}.listen(0, function () { console.log(this.address().port); })`]);
  const [port] = await once(child.stdout, 'data');
  const { requests } = await autocannon({ url: `http://localhost:${Number(port)}`, connections: 20, duration: 4 });
  child.kill();
  return { signaturesPerSecond: signatures / 2, bareAnswersPerSecond: requests.average };
}

const postgres = await startPostgres(folder);
const results = {
  made: new Date().toISOString(),
  node: process.version,
  machine: await calibrate(),
  embedded: await measure('embedded', undefined, 1),
  postgres: await measure('postgres', await postgres.createDatabase('one'), 1),
  postgresTwo: await measure('postgres-two', await postgres.createDatabase('two'), 2),
};
await postgres.stop();
rmSync(folder, { recursive: true, force: true });
writeFileSync(here('server-results.json'), `${JSON.stringify(results, null, 2)}\n`);
console.table(
  Object.fromEntries(
    ['embedded', 'postgres', 'postgresTwo'].map((name) => {
      const { readPerSecond, issuedPerSecond, apiP99, served } = results[name];
      return [
        name,
        {
          'CSV rows read/s': Math.round(readPerSecond),
          'issued/s': Math.round(issuedPerSecond),
          'API p99 ms': Math.round(apiP99),
          'credential 304/s': Math.round(served.credential.revalidated),
          'list 304/s': Math.round(served.list.revalidated),
          'list 200/s': Math.round(served.list.whole),
        },
      ];
    }),
  ),
);
const { signaturesPerSecond, bareAnswersPerSecond } = results.machine;
console.log(
  `This machine meanwhile: ${Math.round(signaturesPerSecond)} Ed25519 signatures/s, ${Math.round(bareAnswersPerSecond)} bare 304/s of one thread.`,
);
console.log('Bars: issued 800/s embedded, 1,500/s on PostgreSQL; API p99 250 ms; 5,000/s with revalidation.');

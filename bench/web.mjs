// npm run bench:web: in a real Chromium, whether pages move while they load, when they first show something, and how long the
// studio takes to answer a hand on a list of 10,000 credentials. Prints a table, writes bench/web-results.json.
// --credentials N, default 10,000.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { build, findChromium, installPackages, requireNode, root, stop } from '../scripts/set-up.mjs';

requireNode();
installPackages();
build();
const executablePath = findChromium({ install: false });
if (executablePath === null) stop('No Chromium was found. Install it, or set CHROMIUM to the path of one.');

const { values } = parseArgs({ options: { credentials: { type: 'string', default: '10000' } } });
const count = Number(values.credentials);
const data = mkdtempSync(join(tmpdir(), 'assay-bench-web-'));
const env = { ...process.env, ASSAY_MASTER_KEY: randomBytes(32).toString('base64url') };
const server = spawn(process.execPath, ['dist/cli/main.js', 'serve', '--port', '0', '--data', data], {
  cwd: root,
  env,
});
const ended = new Promise((done) => server.once('exit', done));
let output = '';
for (const stream of [server.stdout, server.stderr])
  stream.on('data', (chunk) => {
    output += chunk;
  });
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

try {
  const link = await until(() => /http:\S+\/setup\?token=\S+/.exec(output)?.[0]);
  const url = new URL(link).origin;
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    await context.addInitScript(observe);
    const page = await context.newPage();
    await setUp(page, link);
    const { achievement, credential } = await issue(context, url);
    const pages = {
      home: '/',
      credential,
      achievement: `/achievements/${achievement}`,
      issuer: '/issuers/northfield',
      framework: '/framework',
      studio: '/studio/northfield',
      'list of credentials': '/studio/northfield/credentials',
    };
    const shifts = {};
    const paints = {};
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(url + path);
      await page.waitForLoadState('networkidle');
      shifts[name] = await page.evaluate(() => window.measured.shift);
      paints[name] = await page.evaluate(() =>
        Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime),
      );
    }
    const waits = await workOnList(page);
    const longest = Math.max(...Object.values(waits));
    const results = {
      made: new Date().toISOString(),
      node: process.version,
      credentials: count,
      shifts,
      paints,
      waits,
      longest,
    };
    writeFileSync(join(root, 'bench/web-results.json'), `${JSON.stringify(results, null, 2)}\n`);
    const seen = Object.keys(pages).map((name) => [
      name,
      { 'layout shift': shifts[name], 'first paint, ms': paints[name] },
    ]);
    console.table(Object.fromEntries(seen));
    console.table(Object.fromEntries(Object.entries(waits).map(([act, wait]) => [act, { milliseconds: wait }])));
    console.log(
      'Bars: no layout shift; first paint within a second; 100 ms from an act to the next frame (Event Timing, in steps of 8 ms).',
    );
  } finally {
    await browser.close();
  }
} finally {
  server.kill('SIGTERM');
  await ended;
  rmSync(data, { recursive: true, force: true });
}

/** Runs in each page before its own scripts. */
function observe() {
  const measured = { shift: 0, wait: 0 };
  window.measured = measured;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) measured.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    for (const { duration, interactionId } of list.getEntries())
      if (interactionId > 0) measured.wait = Math.max(measured.wait, duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
}

async function setUp(page, link) {
  await page.goto(link);
  const fields = {
    'Your name': 'Ada Ek',
    'E-mail address': 'ada@example.edu',
    Password: 'correct horse battery',
    'Name of your organization': 'Northfield Polytechnic',
    'Its short name': 'northfield',
  };
  for (const [label, text] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.waitForURL('**/studio/northfield');
}

/** An achievement and its credentials, of which one is accepted, so that it has a public page. */
async function issue(context, url) {
  const at = '/api/issuers/northfield';
  const ask = async (method, path, data, type = 'application/json') => {
    const answer = await context.request.fetch(url + path, {
      method,
      headers: { origin: url, 'content-type': type },
      ...(data === undefined ? {} : { data: typeof data === 'string' ? data : JSON.stringify(data) }),
    });
    const text = await answer.text();
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${text}`);
    return JSON.parse(text);
  };
  await ask('PUT', `${at}/policy`, { change: { deliver: 'none' }, reason: 'a measurement' });
  const document = JSON.parse(readFileSync(join(root, 'fixtures/cli/achievement.json'), 'utf8'));
  const { id } = await ask('POST', `${at}/achievements`, document);
  for (const step of ['submit', 'approve']) await ask('POST', `${at}/achievements/${id}/${step}`, {});
  const rows = Array.from({ length: count }, (_, row) => `Learner ${row},l${row}@example.edu`);
  const roster = await ask('POST', `${at}/rosters?achievement=${id}`, ['name,email', ...rows].join('\n'), 'text/csv');
  await ask('POST', `${at}/rosters/${roster.id}/start`, {});
  while ((await ask('GET', `${at}/rosters/${roster.id}`)).state !== 'done') await pause(200);
  const [newest] = (await ask('GET', `${at}/credentials?limit=1`)).items;
  const claim = new URL((await ask('GET', `${at}/credentials/${newest.id}/claim`)).url);
  await context.request.get(url + claim.pathname + claim.search, { headers: { accept: 'text/html' } });
  const accepted = await context.request.post(`${url}${claim.pathname}/accept`, { headers: { origin: url } });
  if (!accepted.ok()) throw new Error(`accept: ${accepted.status()}`);
  return { achievement: id, credential: claim.pathname };
}

/** What a registrar does on the list, each with the longest time until the page showed it. */
async function workOnList(page) {
  const waits = {};
  const act = async (name, does) => {
    await page.evaluate(() => {
      window.measured.wait = 0;
    });
    await does();
    await pause(500);
    waits[name] = await page.evaluate(() => window.measured.wait);
  };
  const boxes = page.locator('tbody input[type=checkbox]');
  await boxes.first().waitFor();
  await act('choose one', () => boxes.nth(3).click());
  await act('choose all on the page', () => page.locator('thead input[type=checkbox]').click());
  await act('take all back', () => page.locator('thead input[type=checkbox]').click());
  await act('next page', () => page.getByRole('button', { name: 'Next', exact: false }).last().click());
  await act('filter by state', () => page.getByRole('button', { name: 'Revoked' }).first().click());
  await act('filter taken away', () => page.getByRole('button', { name: /^All/ }).first().click());
  await act('type into the lookup', async () => {
    await page.getByRole('main').getByRole('textbox').first().pressSequentially('learner 77', { delay: 60 });
  });
  return waits;
}

async function until(look) {
  for (let tries = 0; tries < 1200; tries++) {
    const found = look();
    if (found !== undefined) return found;
    await pause(100);
  }
  throw new Error(`the server did not start: ${output}`);
}

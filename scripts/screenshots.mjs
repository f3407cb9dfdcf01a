// Pictures. Without an argument: the five screens in docs/pictures, which the README shows, filled with sample data. With a folder:
// each sample on the receiver's page there, light and dark, wide and on a phone.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build, findChromium, installPackages, requireNode, root, stop } from './set-up.mjs';

requireNode();
installPackages();
build();
const executablePath = findChromium({ install: false });
if (executablePath === null) stop('No Chromium was found. Install it, or set CHROMIUM to the path of one.');

const everything = process.argv[2] !== undefined;
const folder = process.argv[2] ?? join(root, 'docs/pictures');
mkdirSync(folder, { recursive: true });
const data = mkdtempSync(join(tmpdir(), 'assay-screenshots-'));
const server = spawn(process.execPath, ['dist/cli/main.js', 'serve', '--port', '0', '--data', data], { cwd: root });
const ended = new Promise((done) => server.once('exit', done));
let output = '';
server.stdout.on('data', (chunk) => {
  output += chunk;
});

try {
  const url = await address();
  const { samples } = await (await fetch(`${url}/api/instance`)).json();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    if (!everything) {
      await takeVerify(browser, url, samples[0].title);
      await takeStudio(browser, url);
    }
    for (const colorScheme of everything ? ['light', 'dark'] : [])
      for (const [size, width] of [
        ['desktop', 1280],
        ['mobile', 390],
      ]) {
        const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
        const take = (name) =>
          page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`), fullPage: true });
        await page.goto(`${url}/verify`);
        await page.getByRole('button', { name: samples[0].title }).waitFor();
        await take('start');
        for (const { id, title } of samples) {
          await page.goto(`${url}/verify`);
          await page.getByRole('button', { name: title }).click();
          await page.locator('[data-verdict]').waitFor();
          await take(id);
        }
        await page.close();
      }
  } finally {
    await browser.close();
  }
} finally {
  server.kill('SIGTERM');
  await ended;
  rmSync(data, { recursive: true, force: true });
}

/** From the title to the hallmark of the first sample. */
async function takeVerify(browser, url, title) {
  const page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1280, height: 1320 } });
  await page.goto(`${url}/verify`);
  await page.getByRole('button', { name: title }).click();
  await page.locator('[data-verdict]').waitFor();
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.screenshot({ path: join(folder, 'verify.png'), clip: { x: 0, y: 0, width: 1280, height: 1310 } });
  await page.close();
}

/** What an author, a registrar and a learner see, with sample data. */
async function takeStudio(browser, url) {
  const context = await browser.newContext({ colorScheme: 'light', viewport: { width: 1280, height: 1000 } });
  const page = await context.newPage();
  await page.goto(/http:\S+\/setup\?token=\S+/.exec(output)[0]);
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
  const ask = async (method, path, data, type = 'application/json') => {
    const headers = { origin: url, ...(data === undefined ? {} : { 'content-type': type }) };
    const answer = await context.request.fetch(url + path, {
      method,
      headers,
      ...(data === undefined ? {} : { data }),
    });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return await answer.json();
  };
  await ask('POST', '/api/instance/sample-data');
  let state;
  do {
    await new Promise((resolve) => setTimeout(resolve, 500));
    state = await ask('GET', '/api/instance/sample-data');
    if (state.state === 'failed' || state.state === 'stopped') throw new Error('the sample data were not made');
  } while (state.state !== 'ready');
  const slug = 'sample-quillmere';
  const at = `/api/issuers/${slug}`;
  const take = async (name, path) => {
    await page.goto(url + path);
    await page.waitForLoadState('networkidle');
    await page.screenshot({ path: join(folder, `${name}.png`) });
  };
  const { items: accepted } = await ask('GET', `${at}/credentials?state=active&claim=accepted&limit=1`);
  await take('credential', `/credentials/${accepted[0].id}`);
  const { items: issuable } = await ask('GET', `${at}/issuable`);
  const idOf = (wanted) => issuable.find(({ name }) => name === wanted).id;
  await take('author', `/studio/${slug}/achievements/${idOf('Data Stories for Public Decisions')}`);
  const list = [
    'name,email',
    'Rosa Lindqvist,rosa@example.edu',
    'Tomás Rey,tomas@example',
    'Rosa Lindqvist,rosa@example.edu',
    'Ngozi Obi,ngozi@example.edu',
  ];
  const rosters = `${at}/rosters?achievement=${idOf('Open Day Guide')}&name=guides.csv`;
  const roster = await ask('POST', rosters, list.join('\n'), 'text/csv');
  await take('dry-run', `/studio/${slug}/issue/${roster.id}`);
  const { items: replaced } = await ask('GET', `${at}/credentials?state=superseded&limit=1`);
  await take('record', `/studio/${slug}/credentials/${replaced[0].id}`);
  await context.close();
}

async function address() {
  for (let tries = 0; tries < 1200; tries++) {
    const [found] = /http:\/\/\S+/.exec(output) ?? [];
    if (found !== undefined && output.includes('setup?token=')) return found;
    if (server.exitCode !== null) throw new Error(`assay serve ended with ${server.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('assay serve does not answer');
}

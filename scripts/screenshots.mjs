// Pictures of the receiver's page. Without an argument: docs/pictures/verify.png, which the README shows. With a folder: each
// sample there, light and dark, wide and on a phone.
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

try {
  const url = await address();
  const { samples } = await (await fetch(`${url}/api/instance`)).json();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    if (!everything) await takeForReadme(browser, url, samples[0].title);
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
async function takeForReadme(browser, url, title) {
  const page = await browser.newPage({ colorScheme: 'light', viewport: { width: 1280, height: 1320 } });
  await page.goto(`${url}/verify`);
  await page.getByRole('button', { name: title }).click();
  await page.locator('[data-verdict]').waitFor();
  await page.evaluate(() => window.scrollTo(0, 0));
  await page.screenshot({ path: join(folder, 'verify.png'), clip: { x: 0, y: 0, width: 1280, height: 1310 } });
  await page.close();
}

function address() {
  return new Promise((found, refused) => {
    let output = '';
    server.stdout.on('data', (chunk) => {
      output += chunk;
      const [url] = /http:\/\/\S+/.exec(output) ?? [];
      if (url !== undefined) found(url);
    });
    server.once('exit', (code) => refused(new Error(`assay serve ended with ${code}`)));
  });
}

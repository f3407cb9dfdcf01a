import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

export const root = resolve(import.meta.dirname, '../..');

export interface Assay {
  url: string;
  /** Its data folder. */
  data: string;
  /** What it printed at its start: also the link to set it up, and the token. */
  output(): string;
  stop(): Promise<void>;
}

/** Start the built server on a free port with a data folder of its own. */
export async function startAssay(env: Record<string, string> = {}): Promise<Assay> {
  const data = mkdtempSync(join(tmpdir(), 'assay-journey-'));
  const child = spawn(process.execPath, ['dist/cli/main.js', 'serve', '--port', '0', '--data', data], {
    cwd: root,
    env: { ...process.env, ...env },
  });
  let output = '';
  const url = await new Promise<string>((found, refused) => {
    const timer = setTimeout(() => refused(new Error(`assay serve did not start: ${output}`)), 120_000);
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const [address] = /http:\/\/\S+/.exec(output) ?? [];
      // The token for the first issuer is what it prints last.
      if (address === undefined || !/once: \S+\n/.test(output)) return;
      clearTimeout(timer);
      found(address);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => refused(new Error(`assay serve ended with ${code}: ${output}`)));
  });
  return {
    url,
    data,
    output: () => output,
    stop: async () => {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}

export function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const args = ['--no-sandbox', ...more];
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
}

/**
 * Open the page, do a journey, and fail on anything that the browser complains of: an error of the content security
 * policy, of a script, or of a request. A picture of a failure is kept in test-results/.
 */
export async function journey(
  browser: Browser,
  url: string,
  name: string,
  walk: (page: Page) => Promise<void>,
  options: BrowserContextOptions = {},
  /** Answers of the server that the journey asks for. */
  refusals: readonly number[] = [400, 502],
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const expected = new RegExp(`the server responded with a status of (${refusals.join('|')})`);
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text()))
      complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  try {
    await page.goto(url);
    await walk(page);
    if (complaints.length > 0) throw new Error(`The browser complained: ${complaints.join('\n')}`);
  } catch (error) {
    mkdirSync(join(root, 'test-results'), { recursive: true });
    await page.screenshot({ path: join(root, `test-results/${name}.png`), fullPage: true });
    throw error;
  } finally {
    // What still answers for the server when the page goes away is no failure.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await context.close();
  }
}

/** How much of the page moved without anybody's doing since it began to load. */
export function shiftOf(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((found) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
        // What happened before comes with the next turn.
        setTimeout(() => found(sum), 300);
      }),
  );
}

import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { simpleParser } from 'mailparser';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openInput } from '../../src/core/open-input.ts';
import { type Assay, journey, launchBrowser, root, startAssay } from './assay.ts';
import { pressOn, typeInto } from './keyboard.ts';

let assay: Assay;
let browser: Browser;
let key = '';
let achievementId = '';
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const at = '/api/issuers/northfield';

async function call(path: string, body: unknown) {
  const answer = await fetch(`${assay.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === '' ? {} : { authorization: `Bearer ${key}` }) },
    body: JSON.stringify(body),
  });
  expect(answer.ok, `${path} ${answer.status}`).toBe(true);
  return await answer.json();
}

beforeAll(async () => {
  [assay, browser] = await Promise.all([startAssay(), launchBrowser()]);
  const [, token] = /\/api\/setup\), once: (\S+)/.exec(assay.output()) ?? [];
  const issuer = { slug: 'northfield', profile: { name: 'Northfield', url: 'https://northfield.example' } };
  key = (await call('/api/setup', { token, issuer })).apiKey;
  const achievement = JSON.parse(readFileSync(join(root, 'fixtures/cli/achievement.json'), 'utf8'));
  achievementId = (await call(`${at}/achievements`, achievement)).id;
  for (const step of ['submit', 'approve']) await call(`${at}/achievements/${achievementId}/${step}`, {});
});

afterAll(async () => {
  await browser?.close();
  await assay?.stop();
});

/** The link in the letter that came for somebody. */
async function linkFor(email: string): Promise<string> {
  const outbox = join(assay.data, 'outbox');
  for (let tries = 0; tries < 300; tries++) {
    const files = readdirSync(assay.data).includes('outbox') ? readdirSync(outbox) : [];
    for (const file of files.filter((name) => name.endsWith('.eml'))) {
      const mail = await simpleParser(readFileSync(join(outbox, file)));
      if (![mail.to].flat().some((to) => to?.value.some(({ address }) => address === email))) continue;
      return /http\S+claim=\S+/.exec(mail.text ?? '')?.[0] ?? '';
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('no letter came');
}

const issue = (email: string) =>
  call(`${at}/credentials`, { achievement: achievementId, learner: { name: 'Ana Torres', email } });

async function download(page: Page, name: string): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), pressOn(page, name, 'a')]);
  return readFileSync(await file.path());
}

async function verdictOf(bytes: Uint8Array): Promise<string> {
  const answer = await fetch(`${assay.url}/api/verify`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: Buffer.from(bytes),
  });
  return (await answer.json()).verification.verdict;
}

async function faults(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(axePath, 'utf8'));
  return page.evaluate(async () => {
    const axe = Reflect.get(window, 'axe') as {
      run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
    };
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
}

describe('a learner without an account', () => {
  it('follows the letter, accepts, and leaves with files that verify', async () => {
    const { id, credential } = await issue('ana@example.edu');
    const link = await linkFor('ana@example.edu');
    await journey(browser, link, 'claim', async (page) => {
      // The token has left the address bar.
      expect(page.url()).toBe(`${assay.url}/credentials/${id}`);
      expect((await fetch(page.url())).status).toBe(404);
      await pressOn(page, 'Accept this credential');
      await page.getByRole('heading', { name: 'Yours to keep and to share' }).waitFor();
      expect(page.url()).toBe(`${assay.url}/credentials/${id}`);
      const png = await download(page, 'PNG');
      expect(await openInput(new Uint8Array(png))).toMatchObject({
        ok: true,
        input: { form: 'png', json: credential },
      });
      expect(await verdictOf(png)).toBe('verified');
      const pdf = (await download(page, 'PDF')).toString('latin1');
      const attached = [...pdf.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)].flatMap(([, body = '']) => {
        try {
          const text = inflateSync(Buffer.from(body, 'latin1')).toString('utf8');
          return text.startsWith('{"@context"') ? [text] : [];
        } catch {
          return [];
        }
      });
      expect(attached.map((text) => JSON.parse(text))).toEqual([credential]);
      expect(await verdictOf(Buffer.from(attached[0] ?? ''))).toBe('verified');
      expect((await (await fetch(page.url())).json()).id).toBe(credential.id);
      await typeInto(page, 'E-mail address', 'ana@example.edu');
      await pressOn(page, 'Compare');
      await page.getByText('Yes: this credential was made for that address.').waitFor();
    });
  });

  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [1280, 390])
      it(`reads the page, ${colorScheme}, ${width} px`, async () => {
        const email = `${colorScheme}${width}@example.edu`;
        await issue(email);
        await journey(
          browser,
          await linkFor(email),
          `claim-${colorScheme}-${width}`,
          async (page) => {
            expect(await faults(page)).toEqual([]);
            const wide = () =>
              page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
            expect(await wide()).toBeLessThanOrEqual(0);
            if (process.env.SCREENSHOTS !== undefined) {
              mkdirSync(process.env.SCREENSHOTS, { recursive: true });
              const path = join(process.env.SCREENSHOTS, `claim-${colorScheme}-${width}.png`);
              await page.screenshot({ path, fullPage: true });
            }
          },
          { colorScheme, viewport: { width, height: 900 } },
        );
      });
});

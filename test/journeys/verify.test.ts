import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Assay, journey, launchBrowser, root, startAssay } from './assay.ts';

let assay: Assay;
let browser: Browser;
const folder = mkdtempSync(join(tmpdir(), 'assay-files-'));
const samples = ['verified', 'revoked', 'cannot-tell'] as const;
const verdicts = { verified: 'verified', revoked: 'not-verified', 'cannot-tell': 'cannot-tell' };

beforeAll(async () => {
  [assay, browser] = await Promise.all([startAssay(), launchBrowser()]);
  for (const id of samples)
    for (const form of ['json', 'svg']) {
      const response = await fetch(`${assay.url}/samples/${id}.${form}`);
      writeFileSync(join(folder, `${id}.${form}`), Buffer.from(await response.arrayBuffer()));
    }
});

afterAll(async () => {
  await browser?.close();
  await assay?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const result = (page: Page) => page.locator('[data-verdict]').first();
const verdictOf = async (page: Page) => {
  await result(page).waitFor();
  return result(page).getAttribute('data-verdict');
};
const choose = (page: Page, ...names: string[]) =>
  page.locator('input[type=file]').setInputFiles(names.map((name) => join(folder, name)));
const states = (page: Page) =>
  page.locator('.hallmark .stamp').evaluateAll((stamps) => stamps.map((stamp) => stamp.getAttribute('data-state')));

/** As the operating system does it: a file let go over the form. */
async function drop(page: Page, name: string): Promise<void> {
  const text = readFileSync(join(folder, name), 'utf8');
  const transfer = await page.evaluateHandle(
    ([content, fileName]) => {
      const data = new DataTransfer();
      data.items.add(new File([content], fileName));
      return data;
    },
    [text, name] as const,
  );
  await page.dispatchEvent('form.drop', 'drop', { dataTransfer: transfer });
}

describe('the receiver’s page', () => {
  for (const id of samples) {
    it(`answers a dropped ${id} file, and the same in a picture`, () =>
      journey(browser, assay.url, `drop-${id}`, async (page) => {
        await drop(page, `${id}.json`);
        expect(await verdictOf(page)).toBe(verdicts[id]);
        await page.reload();
        await choose(page, `${id}.svg`);
        expect(await verdictOf(page)).toBe(verdicts[id]);
      }));

    it(`answers the bundled sample ${id} on its button`, () =>
      journey(browser, assay.url, `sample-${id}`, async (page) => {
        await page.locator('.samples button').nth(samples.indexOf(id)).click();
        expect(await verdictOf(page)).toBe(verdicts[id]);
      }));
  }

  it('shows all five stamps, and keeps a file in the browser', () =>
    journey(browser, `${assay.url}/verify`, 'in-browser', async (page) => {
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      await choose(page, 'verified.json');
      expect(await verdictOf(page)).toBe('verified');
      expect(await states(page)).toEqual(['passed', 'passed', 'passed', 'passed', 'passed']);
      expect(asked).not.toContain('/api/verify');
      expect(asked).toContain('/api/fetch');
    }));

  it('does not believe an altered text', () =>
    journey(browser, assay.url, 'altered', async (page) => {
      const altered = readFileSync(join(folder, 'verified.json'), 'utf8').replaceAll('Robin', 'Mallory');
      await page.getByRole('textbox').fill(altered);
      await page.getByRole('button', { name: 'Verify' }).click();
      expect(await verdictOf(page)).toBe('not-verified');
      expect(await states(page)).toEqual(['failed', ...Array(4).fill('cannot-tell')]);
    }));

  it('refuses an address inside the network, in words', () =>
    journey(browser, assay.url, 'address', async (page) => {
      await page.getByRole('textbox').fill('https://127.0.0.1/credential.json');
      await page.getByRole('button', { name: 'Verify' }).click();
      expect(await verdictOf(page)).toBe('not-read');
    }));

  it('says what a wrong file is and what to do, also when nothing was pasted', () =>
    journey(browser, assay.url, 'wrong-file', async (page) => {
      await page.getByRole('button', { name: 'Verify' }).click();
      await page.locator('[role=alert] .err').waitFor();
      writeFileSync(join(folder, 'letter.pdf'), '%PDF-1.7 not a credential');
      await choose(page, 'letter.pdf');
      expect(await verdictOf(page)).toBe('not-read');
      expect(await result(page).locator('.todo').count()).toBe(1);
    }));

  it('shows a record as a tree, each credential with its own verdict and row', () =>
    journey(browser, assay.url, 'record', async (page) => {
      await page.locator('input[type=file]').setInputFiles(join(root, 'fixtures/trusted/clr.json'));
      await result(page).waitFor();
      expect(await states(page)).toHaveLength(3);
      expect(await page.locator('.tree article.node').count()).toBe(3);
      expect(await page.locator('.tree .node .hm').count()).toBe(3);
      expect(await page.locator('.tree .node.plan').count()).toBe(1);
      expect(await page.locator('.tree ul .node').count()).toBeGreaterThan(0);
      // The criteria of an achievement that is only named were met by nobody.
      expect(await result(page).textContent()).not.toContain('Lead two monitored site projects');
    }));

  it('keeps hostile text inert', () =>
    journey(browser, assay.url, 'hostile', async (page) => {
      const hostile = '<img src=x onerror="document.title=1"><b>bold</b> [x](javascript:1)';
      const credential = JSON.parse(readFileSync(join(folder, 'verified.json'), 'utf8'));
      credential.description = hostile;
      credential.issuer.name = hostile;
      credential.credentialSubject.achievement.name = hostile;
      credential.credentialSubject.achievement.image = { id: 'https://tracker.example/pixel.png', type: 'Image' };
      const away: string[] = [];
      page.on('request', (request) => {
        if (new URL(request.url()).origin !== new URL(assay.url).origin) away.push(request.url());
      });
      await page.getByRole('textbox').fill(JSON.stringify(credential));
      await page.getByRole('button', { name: 'Verify' }).click();
      await result(page).waitFor();
      expect(await result(page).textContent()).toContain('<b>bold</b>');
      expect(await page.locator('article img, article a, article b:text-is("bold")').count()).toBe(0);
      expect(away).toEqual([]);
    }));

  it('is done with the keyboard alone', () =>
    journey(browser, `${assay.url}/verify`, 'keyboard', async (page) => {
      await page.locator('.samples button').first().waitFor();
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip');
      const seen: string[] = [];
      for (let presses = 0; presses < 12; presses += 1) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate(() => ({
          text: document.activeElement?.textContent ?? '',
          ring: getComputedStyle(document.activeElement ?? document.body).outlineStyle,
        }));
        seen.push(focused.text);
        expect(focused.ring).not.toBe('none');
        if (focused.text === 'Genuine and in force') break;
      }
      expect(seen).toContain('Choose a file');
      expect(seen).toContain('Verify');
      await page.keyboard.press('Enter');
      expect(await verdictOf(page)).toBe('verified');
      await page.waitForFunction(() => document.activeElement?.classList.contains('results'));
      expect(await page.locator('[role=status]').textContent()).toContain('1 credential checked');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      expect(await page.locator('details[open]').count()).toBe(1);
    }));
});
